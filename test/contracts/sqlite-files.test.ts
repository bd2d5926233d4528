import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as realPause } from 'node:timers/promises';
import { systemClock } from '../../app/clock.ts';
import type { Job } from '../../app/queue/queue.ts';
import { createSqliteQueue } from '../../app/queue/sqlite.ts';
import { databaseFile, openSqlite } from '../../app/store/open-sqlite.ts';
import { nextRowId } from '../../app/store/row-id.ts';
import { laneOf } from '../../app/subject.ts';
import { delivery, lanesOf, pull, work } from './ground.ts';
import { ManualClock, until } from './manual-clock.ts';
import { sqliteGround, startSqlite } from './sqlite-ground.ts';

/** Plays in a folder that is gone afterwards. */
function inFolder(play: (folder: string) => void | Promise<void>): () => Promise<void> {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'github-bot-files-'));
    try {
      await play(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

/** As `node:sqlite` reports it. */
const ioError = () => Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 10 });

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

function startSaving(folder: string) {
  const script = join(import.meta.dirname, 'save-until-killed.ts');
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  return { child, guids: () => printed.split('\n').slice(0, -1) };
}

test(
  'what was acknowledged is there after kill -9, twenty times',
  inFolder(async (folder) => {
    const acknowledged: string[] = [];
    for (let kill = 0; kill < 20; kill++) {
      const { child, guids } = startSaving(folder);
      await until(() => guids().length > 0, 'the child saves');
      await realPause(Math.random() * 40);
      child.kill('SIGKILL');
      await once(child, 'close');
      acknowledged.push(...guids());
    }
    const { db, store, queue, kill } = startSqlite(folder, systemClock);
    const rows = await store.deliveries({ limit: 1_000_000 });
    const waiting = new Set(rows.filter(({ state }) => state === 'waiting').map(({ guid }) => guid));
    assert.deepEqual(
      acknowledged.filter((guid) => !waiting.has(guid)),
      [],
    );
    const hints = db.prepare('SELECT count(*) AS n FROM hints').get()?.['n'];
    assert.equal(hints, rows.length, 'a delivery and its place in the lane are there together');
    assert.deepEqual(
      [(await queue.depth()).ready, db.prepare('PRAGMA integrity_check').get()],
      [1, Object.assign(Object.create(null) as object, { integrity_check: 'ok' })],
    );
    kill();
  }),
);

test(
  'a lane whose failure cannot be written is tried again, and not held until the next start',
  inFolder(async (folder) => {
    const clock = new ManualClock();
    const life = startSqlite(folder, clock);
    await life.store.saveDelivery(delivery(clock), [pull(1)]);
    const desk = work(life);
    const refuse = `CREATE TEMP TRIGGER no BEFORE UPDATE OF failures ON lanes BEGIN SELECT RAISE(ABORT, 'not like that'); END`;
    life.db.exec(refuse);
    await (await desk.job()).fail(new TypeError('x is not a function'));
    assert.match(life.problems.join(), /not like that/);
    await clock.advance(299_000);
    assert.deepEqual(lanesOf(desk), []);
    life.db.exec('DROP TRIGGER no');
    await clock.advance(1_000);
    const job = await desk.job();
    assert.deepEqual([lanesOf(desk), job.hints.length], [['#1'], 1]);
    life.kill();
  }),
);

test(
  'a worker that could not see once whether another process wrote goes on looking',
  inFolder(async (folder) => {
    const clock = new ManualClock();
    const db = openSqlite(folder);
    const other = openSqlite(folder);
    const prepare = db.prepare.bind(db);
    let [looks, broken] = [0, false];
    const version = { get: () => (looks++, broken ? assert.fail(ioError()) : prepare('PRAGMA data_version').get()) };
    db.prepare = (sql) => (sql === 'PRAGMA data_version' ? (version as unknown as StatementSync) : prepare(sql));
    const parts = { clock, remember: () => () => undefined, onProblem: assert.fail };
    const worker = createSqliteQueue<null>({ ...parts, db, watch: true });
    const taken: string[] = [];
    const handler = async ({ lane }: Job) => {
      taken.push(lane);
      return { memory: null, revisitAt: null, wake: [] };
    };
    const running = worker.run(handler, { concurrency: 1 });
    await clock.advance(200);
    broken = true;
    await clock.advance(300);
    assert.ok(looks > 2);
    broken = false;
    await createSqliteQueue<null>({ ...parts, db: other }).add(pull(1));
    await clock.advance(300);
    assert.deepEqual(taken, [laneOf(pull(1))]);
    await running.stop(0);
    other.close();
  }),
);

test(
  'the folder and the files are this user’s only',
  inFolder((folder) => {
    const dataDir = join(folder, 'new', 'data');
    const db = openSqlite(dataDir);
    const file = join(dataDir, databaseFile);
    assert.deepEqual([modeOf(dataDir), modeOf(file), modeOf(`${file}-wal`)], ['700', '600', '600']);
    const pragma = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    assert.deepEqual(['journal_mode', 'synchronous', 'foreign_keys'].map(pragma), ['wal', 2, 1]);
    assert.ok(Number(pragma('busy_timeout')) <= 250);
    db.close();
  }),
);

test('a lock held by another process delays deliveries, up to about eight seconds', async () => {
  const ground = sqliteGround();
  const clock = ground.clock;
  const { store, queue, kill, db } = startSqlite(ground.folder, clock);
  const other = new DatabaseSync(join(ground.folder, databaseFile));
  try {
    db.exec('PRAGMA busy_timeout = 1');
    other.exec('BEGIN IMMEDIATE');
    const late = assert.rejects(store.saveDelivery(delivery(clock), [pull(1)]), /locked/);
    await until(() => clock.sleeping > 0, 'it pauses');
    const begun = clock.now();
    while (clock.sleeping > 0) await clock.advance(100);
    await late;
    assert.ok(clock.now() - begun > 7_000 && clock.now() - begun < 9_000);
    const saved = store.saveDelivery(delivery(clock), [pull(1)]);
    const added = queue.add(pull(2));
    await until(() => clock.sleeping > 1, 'both pause');
    other.exec('COMMIT');
    await clock.advance(1_000);
    assert.equal(await saved, 'new');
    await added;
    assert.equal((await queue.depth()).ready, 2);
  } finally {
    other.close();
    kill();
    ground.remove();
  }
});

test('a job that ends while the files are locked is finished when they are free', async () => {
  const ground = sqliteGround();
  const clock = ground.clock;
  const life = startSqlite(ground.folder, clock);
  const other = new DatabaseSync(join(ground.folder, databaseFile));
  try {
    life.db.exec('PRAGMA busy_timeout = 1');
    await life.store.saveDelivery(delivery(clock), [pull(1)]);
    const job = await work(life).job();
    other.exec('BEGIN IMMEDIATE');
    await job.end();
    await clock.advance(60_000);
    assert.match(life.problems[0] ?? '', /cannot write, and tries on/);
    other.exec('COMMIT');
    await clock.advance(60_000);
    assert.equal((await life.store.deliveries({ limit: 1 }))[0]?.state, 'done');
  } finally {
    other.close();
    life.kill();
    ground.remove();
  }
});

test('the lanes of a process that is gone are taken at a start, those of one that lives are not', async () => {
  const ground = sqliteGround();
  const { clock, folder } = ground;
  const first = startSqlite(folder, clock);
  await first.queue.add(pull(1));
  await first.queue.add(pull(2));
  const held = work(first);
  await until(() => held.open.length === 2);
  const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
  const set = first.db.prepare('UPDATE lanes SET lease_process = ? WHERE lane = ?');
  set.run(`${hostname()}:${gone}`, '7#1');
  set.run(`${hostname()}:${process.ppid}`, '7#2');
  first.kill();
  const next = startSqlite(folder, clock);
  assert.deepEqual(lanesOf({ open: [await work(next).job()] }), ['#1']);
  next.kill();
  ground.remove();
});

test('a lane during which processes were killed again and again is not taken at a start', async () => {
  const ground = sqliteGround();
  const { clock, folder } = ground;
  const first = startSqlite(folder, clock);
  for (const number of [1, 2]) await first.queue.add(pull(number));
  const held = work(first);
  await until(() => held.open.length === 2);
  const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
  first.db.prepare('UPDATE lanes SET lease_process = ?').run(`${hostname()}:${gone}`);
  first.db.exec(`UPDATE lanes SET deaths = 4 WHERE lane = '7#1'`);
  first.kill();
  const next = startSqlite(folder, clock);
  assert.deepEqual(lanesOf({ open: [await work(next).job()] }), ['#2']);
  assert.match(next.problems.join(), /^lane 7#1: rests until .* died 5 times in a row/);
  assert.equal((await next.queue.depth()).later, 1);
  next.kill();
  ground.remove();
});

test('the check fails when the file is gone', async () => {
  const ground = sqliteGround();
  const { store, kill } = startSqlite(ground.folder, ground.clock);
  await store.check();
  rmSync(join(ground.folder, databaseFile));
  await assert.rejects(store.check(), /ENOENT/);
  kill();
  ground.remove();
});

test('ids sort in the order they were made, whatever the clock does', () => {
  const clock = new ManualClock();
  const ids: string[] = [];
  for (let made = 0; made < 100_000; made++) ids.push(nextRowId(clock.now() - made, ids.at(-1) ?? null));
  ids.push(nextRowId(clock.now() + 86_400_000, ids.at(-1) ?? null));
  assert.deepEqual(ids, ids.toSorted());
  assert.equal(new Set(ids).size, ids.length);
});
