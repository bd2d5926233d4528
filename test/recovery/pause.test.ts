import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { systemClock } from '../../app/clock.ts';
import { openSqlite } from '../../app/store/open-sqlite.ts';
import { createSqliteStore } from '../../app/store/sqlite.ts';

const script = join(import.meta.dirname, '../../scripts/pause.ts');
const folder = mkdtempSync(join(tmpdir(), 'github-bot-pause-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  const env = {
    ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C', DATA_DIR: folder },
    GITHUB_WEBHOOK_SECRET: '3f9a1c7e5b2d8046af13ce5790b8d264e1f7a35c',
  };
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    env,
    encoding: 'utf8',
  });
}

async function haltOf(owner: string, name: string) {
  const db = openSqlite(folder);
  const halt = await createSqliteStore({ db, clock: systemClock, enqueue: () => {} }).haltOf({ owner, name });
  db.close();
  return halt && [halt.scope, halt.reason];
}

test('a repository is paused alone, everything is paused, and each goes on by itself', async () => {
  assert.equal(run('pause', '--repo', 'Acme/Shop', 'too', 'loud').status, 0);
  assert.deepEqual(await haltOf('acme', 'SHOP'), ['acme/shop', 'too loud']);
  assert.equal(await haltOf('acme', 'docs'), null);
  assert.equal(run('pause', 'incident').status, 0);
  assert.deepEqual(await haltOf('acme', 'docs'), ['', 'incident']);
  const resumed = run('resume');
  assert.deepEqual([resumed.status, /Still paused: acme\/shop/.test(resumed.stderr)], [0, true]);
  assert.deepEqual(await haltOf('acme', 'shop'), ['acme/shop', 'too loud']);
  assert.equal(run('resume', '--repo', 'acme/shop').status, 0);
  assert.equal(await haltOf('acme', 'shop'), null);
});

test('all repositories of an owner are paused, and nobody else’s', async () => {
  assert.equal(run('pause', '--repo', 'Umbrella', 'they asked').status, 0);
  assert.deepEqual(await haltOf('umbrella', 'docs'), ['umbrella', 'they asked']);
  assert.equal(await haltOf('umbrellas', 'docs'), null);
  assert.equal(await haltOf('acme', 'umbrella'), null);
  assert.equal(run('resume', '--repo', 'umbrella').status, 0);
  assert.equal(await haltOf('umbrella', 'docs'), null);
});

for (const [why, args, status] of [
  ['no reason', ['pause'], 2],
  ['no repository', ['pause', '--repo', 'a/b/c', 'x'], 2],
  ['a reason to go on', ['resume', 'why'], 2],
  ['nothing is paused', ['resume'], 1],
] as const)
  test(`the script says what is wrong: ${why}`, () => assert.equal(run(...args).status, status));
