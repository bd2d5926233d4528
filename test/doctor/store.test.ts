import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { systemClock } from '../../app/clock.ts';
import { createSqliteQueue } from '../../app/queue/sqlite.ts';
import { openSqlite } from '../../app/store/open-sqlite.ts';
import { createSqliteStore } from '../../app/store/sqlite.ts';
import { database, dataFolder, judgeWork, work } from '../../scripts/doctor/store.ts';
import { newFolder, noon, told } from './sick-ground.ts';

const file = (root: string) => join(root, 'data', 'github-bot.sqlite');

function withStore(root: string) {
  const db = openSqlite(join(root, 'data'));
  const clock = { ...systemClock, now: () => noon };
  const queue = createSqliteQueue({ db, clock, remember: () => () => {}, onProblem: () => {} });
  return { db, store: createSqliteStore({ db, clock, enqueue: queue.enqueueNow }) };
}

const delivery = {
  ...{
    guid: 'D1',
    hook: '',
    event: 'issues',
    action: 'opened',
    receivedAt: noon,
    digest: 'x',
    body: Buffer.from('{}'),
  },
  ...{ repo: 'acme/shop', unhandled: null },
};
const subject = { kind: 'thread', repo: { id: 7, owner: 'acme', name: 'shop' }, installation: 1, number: 1 } as const;

test('the data folder', async () => {
  const root = newFolder();
  assert.match(await told(dataFolder, { root }), /^ok: .*will be made at the first start$/);
  mkdirSync(join(root, 'data'), { mode: 0o755 });
  assert.match(await told(dataFolder, { root }), /^warn: others can look into .* -> Run chmod 700/);
  chmodSync(join(root, 'data'), 0o700);
  assert.match(await told(dataFolder, { root }), /^ok: .*can be written$/);
  writeFileSync(join(root, 'file'), '');
  const dataDir = join(root, 'file', 'data');
  assert.match(
    await told(dataFolder, { settings: { dataDir } }),
    /^fail: .*file cannot be written -> .*chown.*DATA_DIR/,
  );
});

test('the database', async () => {
  const root = newFolder();
  assert.match(await told(database, { root }), /^ok: no database yet/);
  openSqlite(join(root, 'data')).close();
  assert.match(await told(database, { root }), /^ok: the database is whole, version \d+$/);
  const setVersion = (version: number) => {
    const db = new DatabaseSync(file(root));
    db.exec(`PRAGMA user_version = ${version}`);
    db.close();
  };
  setVersion(99);
  assert.match(
    await told(database, { root }),
    /^fail: .*version 99.*newer.* -> Start the newer version again, or restore/,
  );
  setVersion(0);
  assert.match(await told(database, { root }), /^warn: .*the next start brings it up to date -> Run npm run deploy/);
});

test('a damaged database', async () => {
  const root = newFolder();
  const { db, store } = withStore(root);
  for (let at = 0; at < 200; at++)
    await store.saveDelivery({ ...delivery, guid: `D${at}`, digest: `${at}` }, [subject]);
  db.close();
  const bytes = readFileSync(file(root));
  bytes.fill(0xff, 8192, bytes.length - 4096);
  writeFileSync(file(root), bytes);
  assert.match(await told(database, { root }), /^fail: .* -> Stop the bot and bring back a backup/);
  writeFileSync(file(root), 'not a database at all, but long enough to be looked at as one');
  assert.match(await told(database, { root }), /^fail: .*cannot be opened: .* -> Stop the bot/);
});

test('work, read while the bot has the files open, and nothing is changed', async () => {
  const root = newFolder();
  assert.match(await told(work, { root }), /^skip/);
  const { db, store } = withStore(root);
  await store.saveDelivery(delivery, [subject]);
  const now = noon + 60_000;
  const held = readdirSync(join(root, 'data'));
  assert.equal(
    await told(work, { root, now: () => now }),
    'ok: no delivery waits for long\nok: the last delivery came 1 min ago',
  );
  assert.match(
    await told(work, { root, now: () => noon + 3_600_000 }),
    /^fail: the oldest delivery has waited for 60 min, with 1 lanes to do -> .*npx pm2 ls/,
  );
  assert.deepEqual(readdirSync(join(root, 'data')), held);
  db.close();
  const closed = readdirSync(join(root, 'data'));
  assert.match(await told(work, { root, now: () => now }), /^ok/);
  assert.deepEqual(readdirSync(join(root, 'data')), closed);
});

test('what the queue says', () => {
  const fine = { now: noon, oldest: null, waiting: 0, aside: 0, last: noon - 1_000 };
  const states = (change: object) => judgeWork({ ...fine, ...change }).map(({ state }) => state);
  assert.deepEqual(states({}), ['ok', 'ok']);
  assert.deepEqual(states({ oldest: noon - 300_001 }), ['fail', 'ok']);
  assert.deepEqual(states({ aside: 1 }), ['ok', 'warn', 'ok']);
  assert.deepEqual(states({ last: null }), ['ok', 'warn']);
  assert.deepEqual(states({ last: noon - 4 * 86_400_000 }), ['ok', 'warn']);
});
