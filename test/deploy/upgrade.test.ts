import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, suite, test } from 'node:test';
import { Stage } from './stage.ts';

interface Published {
  readonly name: string;
  readonly examples: readonly any[];
}

const published = createRequire(import.meta.url)('@octokit/webhooks-examples') as readonly Published[];
const payload = published.find(({ name }) => name === 'pull_request')?.examples[0];
const commit = 'c0ffee'.padEnd(40, '0');

suite('a deployment with a new database', () => {
  const stage = new Stage();
  after(() => stage.close());
  const migrations = join(stage.root, 'app', 'store', 'migrations');
  const known = readdirSync(migrations).length;
  const next = join(migrations, `${String(known + 1).padStart(4, '0')}-next.sql`);
  const backups = join(stage.root, 'stored', 'backups');
  const noteCommit = () => {
    const file = join(stage.root, 'stored', 'deployed.json');
    writeFileSync(file, JSON.stringify({ commit, at: '2026-01-01T00:00:00.000Z' }));
  };
  let title = 0;
  const deliver = () => stage.deliver('pull_request', { ...payload, number: ++title }, true);
  const look = () => {
    const db = new DatabaseSync(stage.database, { readOnly: true });
    const numbers = (sql: string) =>
      db
        .prepare(sql)
        .all()
        .map((row) => Object.values(row)[0]);
    try {
      const [version] = numbers('PRAGMA user_version');
      const states = numbers('SELECT state FROM deliveries ORDER BY id');
      return { version, states, hints: numbers('SELECT count(*) FROM hints')[0] };
    } finally {
      db.close();
    }
  };

  test('the first one has nothing to save, and says that GitHub is out of reach', async () => {
    await stage.writeSettings();
    const { status, out, err } = await stage.deploy();
    assert.equal(status, 0, out + err);
    assert.doesNotMatch(out, /Saved/);
    assert.match(err, /GitHub did not answer at http:\/\/127\.0\.0\.1:\d+\/app: ECONNREFUSED[\s\S]*No proxy is set/);
    assert.equal(await deliver(), 202);
    noteCommit();
  });

  test('a migration that fails leaves the database and the running bot as they are, and says what to do', async () => {
    writeFileSync(next, 'CREATE TABLE later (x); INSERT INTO nowhere VALUES (1);');
    const [apps, before] = [await stage.list(), look()];
    const { status, out, err } = await stage.deploy();
    assert.equal(status, 3, out + err);
    assert.match(err, /Not deployed: migration \d+-next\.sql failed: no such table.*\nThe database is as it was/);
    assert.ok(err.includes(join(backups, readdirSync(backups)[0] ?? '?')), err);
    assert.ok(err.includes(`git checkout ${commit} && npm ci && npm run deploy`), err);
    assert.deepEqual([await stage.list(), look()], [apps, before]);
    assert.equal(await deliver(), 202);
  });

  test('one that works is applied, and old backups go', async () => {
    writeFileSync(next, 'ALTER TABLE deliveries ADD COLUMN later TEXT;');
    for (let day = 10; day < 24; day++) writeFileSync(join(backups, `deploy-202501${day}T000000000Z.tar`), '');
    mkdirSync(join(backups, 'mine'));
    const { status, out, err } = await stage.deploy();
    assert.equal(status, 0, out + err);
    assert.match(out, /^Saved: .*\.tar\nDatabase updated: \d+-next\.sql\nReloaded\.$/m);
    assert.equal(look().version, known + 1);
    const left = readdirSync(backups).toSorted();
    assert.deepEqual([left.length, left[0], left.at(-1)], [11, 'deploy-20250116T000000000Z.tar', 'mine']);
    assert.equal(await deliver(), 202);
  });

  test('the code from before refuses the new database, and the bot goes on', async () => {
    rmSync(next);
    noteCommit();
    const { status, err } = await stage.deploy();
    assert.equal(status, 3);
    assert.match(err, /made by a newer github-bot[\s\S]*npm run rollback/);
    assert.equal(await deliver(), 202);
  });

  test('npm run rollback brings the database back and loses no delivery', async () => {
    const { status, out, err } = await stage.run(['scripts/rollback.ts']);
    assert.equal(status, 0, out + err);
    assert.match(
      out,
      /The bot is stopped\.\nDatabase restored from .*deploy-\w+\.tar\.\nReceived since then and queued again: 2\./,
    );
    assert.ok(out.includes(`  git checkout ${commit} && npm ci && npm run deploy\n`), out);
    const { version, states, hints } = look();
    assert.deepEqual([version, states, hints], [known, Array.from({ length: 4 }, () => 'waiting'), 4]);
    const again = await stage.deploy();
    assert.equal(again.status, 0, again.out + again.err);
    assert.equal(await deliver(), 202);
    const twice = await stage.run(['scripts/rollback.ts']);
    assert.match(twice.out, /The database fits that version and stays\./);
  });
});

test('without a deployment there is nothing to go back to', async () => {
  const stage = new Stage();
  const { status, err } = await stage.run(['scripts/rollback.ts']);
  rmSync(stage.root, { recursive: true });
  assert.equal(status, 3);
  assert.match(err, /There is no backup of a deployment in /);
});
