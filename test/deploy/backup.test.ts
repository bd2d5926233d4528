import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, suite, test } from 'node:test';
import { openSqlite } from '../../app/store/open-sqlite.ts';
import { until } from '../contracts/manual-clock.ts';
import { Stage } from './stage.ts';

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

function ask(stage: Stage, sql: string): unknown[] {
  const db = new DatabaseSync(stage.database);
  try {
    return db
      .prepare(sql)
      .all()
      .map((row) => Object.values(row)[0]);
  } finally {
    db.close();
  }
}

/** What lies in the folder of the data, and what the small files say. */
function stateOf(stage: Stage): unknown {
  const files = ['.env', 'app.pem', 'config/rules.yml'].map((name) => join(stage.root, name));
  const texts = files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : null));
  return [texts, existsSync(stage.database) ? ask(stage, 'SELECT n FROM counts ORDER BY name') : null];
}

const [from, to] = [new Stage(), new Stage()];
const backup = (...args: string[]) => from.run(['scripts/backup.ts', ...args]);
const restore = (...args: string[]) => to.run(['scripts/restore.ts', ...args]);
const secretsOf = (stage: Stage) => [stage.webhookSecret, stage.key.split('\n')[3] ?? '?'];
let made = '';
let printed = '';

suite('npm run backup, npm run restore', () => {
  after(async () => {
    for (const stage of [from, to]) rmSync(stage.root, { recursive: true, force: true });
  });

  test('saves everything while the bot writes', async () => {
    await from.writeSettings();
    writeFileSync(join(from.root, 'config', 'rules.yml'), 'pr-title: true\n');
    const script = join(import.meta.dirname, '../contracts/save-until-killed.ts');
    const writer = spawn(process.execPath, [script, join(from.root, 'stored')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let saved = '';
    writer.stdout.setEncoding('utf8').on('data', (text: string) => (saved += text));
    const acknowledged = () => saved.split('\n').slice(0, -1);
    await until(() => acknowledged().length > 20);
    const before = acknowledged();
    const { status, out, err } = await backup(join(from.root, 'kept'));
    await until(() => acknowledged().length > before.length);
    writer.kill('SIGKILL');
    await once(writer, 'close');
    assert.deepEqual([status, err], [0, '']);
    printed += out;
    made = out.split('\n')[0] ?? '';
    assert.match(out, /github-bot\.sqlite, env, key\.pem, rules\.yml/);
    assert.deepEqual([modeOf(made), modeOf(join(from.root, 'kept'))], ['600', '700']);
    assert.deepEqual(readdirSync(join(from.root, 'kept')), [made.split('/').at(-1)]);

    const back = await restore(made);
    assert.equal(back.status, 0, back.err);
    printed += back.out;
    const there = new Set(ask(to, 'SELECT guid FROM deliveries'));
    assert.deepEqual(
      before.filter((guid) => !there.has(guid)),
      [],
    );
    assert.deepEqual(ask(to, 'PRAGMA integrity_check'), ['ok']);
    assert.deepEqual(ask(to, 'SELECT count(*) FROM hints'), [there.size]);
  });

  test('restores into a folder without anything, each file for its owner only, and says what', () => {
    for (const name of ['.env', 'app.pem', 'config/rules.yml']) {
      assert.equal(readFileSync(join(to.root, name), 'utf8'), readFileSync(join(from.root, name), 'utf8'), name);
      assert.ok(printed.includes(join(to.root, name)), name);
    }
    for (const path of [to.database, join(to.root, '.env'), join(to.root, 'app.pem')])
      assert.equal(modeOf(path), '600');
    assert.match(printed, /made \d{4}-[\d-]+T[\d:.]+Z \(0\.1\.0/);
    openSqlite(join(to.root, 'stored')).close();
  });

  test(
    'a tar of the machine can read it, and the sums fit',
    { skip: spawnSync('tar', ['--version']).status !== 0 },
    () => {
      const folder = join(from.root, 'by-hand');
      mkdirSync(folder);
      assert.equal(spawnSync('tar', ['-xf', made, '-C', folder]).status, 0);
      const checked = spawnSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder });
      assert.ok(checked.error !== undefined || checked.status === 0, String(checked.stdout));
      const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
      assert.deepEqual(
        [manifest.format, manifest.kind, manifest.bot, manifest.node],
        [1, 'hand', '0.1.0', process.version],
      );
    },
  );

  test('keeps what it replaces', async () => {
    writeFileSync(join(to.root, '.env'), 'DATA_DIR=stored\nPORT=1\n', { mode: 0o600 });
    const { status, out, err } = await restore(made);
    assert.equal(status, 0, err);
    const [, kept = ''] = /\.env {2}\(before: (.*)\)/.exec(out) ?? [];
    assert.equal(readFileSync(kept, 'utf8'), 'DATA_DIR=stored\nPORT=1\n');
    const folder = join(kept, '..');
    assert.deepEqual(readdirSync(folder).toSorted(), ['.env', 'app.pem', 'github-bot.sqlite', 'rules.yml']);
    assert.equal(modeOf(folder), '700');
    printed += out;
  });

  test('refuses while the bot runs, unless told to', async () => {
    const db = openSqlite(join(to.root, 'stored'));
    const before = stateOf(to);
    const { status, out, err } = await restore(made);
    assert.deepEqual([status, out], [3, '']);
    assert.match(err, /running[\s\S]*npx pm2 stop[\s\S]*--force/);
    assert.deepEqual(stateOf(to), before);
    const forced = await restore(made, '--force');
    assert.equal(forced.status, 0, forced.err);
    assert.match(forced.out, /npm run deploy/);
    db.exec(`UPDATE counts SET n = 4711 WHERE name = 'checks'`);
    db.close();
    assert.ok(!ask(to, 'SELECT n FROM counts').includes(4711));
    const [, kept = ''] = /github-bot\.sqlite {2}\(before: (.*)\)/.exec(forced.out) ?? [];
    const old = new DatabaseSync(kept);
    assert.deepEqual(old.prepare(`SELECT n FROM counts WHERE name = 'checks'`).get()?.['n'], 4711);
    old.close();
  });

  test('refuses what was damaged, wherever, and changes nothing', async () => {
    const before = stateOf(to);
    const whole = readFileSync(made);
    const damaged = join(from.root, 'damaged.tar');
    const at = (share: number) => Math.floor(whole.length * share);
    const names = ['github-bot.sqlite', 'BEGIN RSA', 'GITHUB_APP_ID', '"made"', 'SHA256SUMS'];
    const places = [at(0.3), at(0.6), ...names.map((name) => whole.indexOf(name))];
    const flipped = places.map((place) => {
      const bytes = Buffer.from(whole);
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      return bytes;
    });
    const short = [0, 100, at(0.5), whole.length - 1_600].map((length) => whole.subarray(0, length));
    for (const [number, bytes] of [...flipped, ...short, Buffer.from('# no backup\n')].entries()) {
      writeFileSync(damaged, bytes);
      const { status, out, err } = await restore(damaged);
      assert.deepEqual([status, out], [3, ''], `${number}: ${err}`);
      assert.match(err, /was not restored: [\s\S]*Nothing was changed\./);
    }
    assert.deepEqual(stateOf(to), before);
    assert.deepEqual(
      readdirSync(join(to.root, 'stored')).filter((name) => name.startsWith('.')),
      [],
    );
  });

  test('clears what a backup left that was killed, and only that', async () => {
    const [old, fresh] = ['.unfinished-old', '.unfinished-new'].map((name) => join(from.root, 'kept', name));
    for (const folder of [old, fresh]) mkdirSync(folder ?? '?');
    utimesSync(old ?? '?', 0, 0);
    const { status, err } = await backup(join(from.root, 'kept'));
    assert.equal(status, 0, err);
    assert.deepEqual([existsSync(old ?? '?'), existsSync(fresh ?? '?')], [false, true]);
  });

  test('refuses a database this version is too old for', async () => {
    const db = new DatabaseSync(from.database);
    db.exec('PRAGMA user_version = 999');
    db.close();
    const { out } = await backup();
    assert.match(out, /stored\/backups\/backup-\w+\.tar\n/);
    const { status, err } = await restore(out.split('\n')[0] ?? '');
    assert.equal(status, 3);
    assert.match(err, /version 999, made by a newer github-bot/);
  });

  test('a backup that is not there is not restored', async () => {
    assert.equal((await restore('nowhere.tar')).status, 3);
  });

  test('no secret was printed', () => {
    assert.ok(printed.length > 100);
    for (const secret of [...secretsOf(from), ...secretsOf(to), 'PRIVATE KEY']) assert.ok(!printed.includes(secret));
  });
});
