import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { databaseFile } from '../../app/store/open-sqlite.ts';

const main = join(import.meta.dirname, '../../app/main.ts');
const strong = '3f9a1c7e5b2d8046af13ce5790b8d264e1f7a35c';

function started(env: Readonly<Record<string, string>>) {
  const given = {
    PATH: process.env['PATH'] ?? '',
    NODE_ENV: 'production',
    GITHUB_TOKEN: 'ghp_0123456789abcdefghij',
    ...env,
  };
  return spawnSync(process.execPath, [main, 'both'], { env: given, encoding: 'utf8', timeout: 20_000 });
}

for (const secret of ['', 'short-but-not-shown', 'changeme', 'z'.repeat(40)]) {
  test(`the bot does not start with the webhook secret «${secret}»`, () => {
    const { status, stderr, stdout } = started({ GITHUB_WEBHOOK_SECRET: secret });
    assert.equal(status, 3, stderr);
    assert.match(stderr, /GITHUB_WEBHOOK_SECRET (is|looks)/);
    assert.doesNotMatch(stderr, /\n\s+at /);
    if (secret) assert.ok(!(stdout + stderr).includes(secret));
  });
}

test('nor as nobody', () => {
  const { status, stderr } = started({ GITHUB_WEBHOOK_SECRET: strong, GITHUB_TOKEN: '', GITHUB_APP_ID: '' });
  assert.equal(status, 3, stderr);
  assert.match(stderr, /GITHUB_APP_ID is missing/);
});

test('nor where another program listens', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const folder = mkdtempSync(join(tmpdir(), 'refusal-'));
  const { port } = other.address() as AddressInfo;
  const { status, stderr } = started({ GITHUB_WEBHOOK_SECRET: strong, PORT: String(port), DATA_DIR: folder });
  other.close();
  rmSync(folder, { recursive: true });
  assert.equal(status, 3, stderr);
  assert.match(stderr, /- PORT names a port on which another program listens/);
  assert.doesNotMatch(stderr, /\n\s+at /);
});

test('nor on a database that a newer version made', () => {
  const folder = mkdtempSync(join(tmpdir(), 'refusal-'));
  const db = new DatabaseSync(join(folder, databaseFile));
  db.exec('PRAGMA user_version = 999');
  db.close();
  const { status, stderr } = started({ GITHUB_WEBHOOK_SECRET: strong, PORT: '0', DATA_DIR: folder });
  rmSync(folder, { recursive: true });
  assert.equal(status, 3, stderr);
  assert.match(stderr, /version 999, made by a newer github-bot/);
  assert.doesNotMatch(stderr, /\n\s+at /);
});
