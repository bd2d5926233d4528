import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { hashOf } from '../../app/receive/access.ts';
import { openSqlite } from '../../app/store/open-sqlite.ts';

const script = join(import.meta.dirname, '../../scripts/operator-link.ts');
const folder = mkdtempSync(join(tmpdir(), 'github-bot-link-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function run(args: readonly string[], more: Record<string, string> = {}) {
  const env = {
    ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: 'C' },
    ...{ GITHUB_WEBHOOK_SECRET: '3f9a1c7e5b2d8046af13ce5790b8d264e1f7a35c', DATA_DIR: folder, OPERATORS: 'lin, Chen' },
    ...{ PUBLIC_URL: 'https://bot.example.com/', ...more },
  };
  const flags = ['--disable-warning=ExperimentalWarning', script, ...args];
  return spawnSync(process.execPath, flags, { env, encoding: 'utf8' });
}

test('an operator gets a link of the public address; only the hash of its token is kept', () => {
  const { status, stdout, stderr } = run(['chen']);
  assert.equal(status, 0, stderr);
  const [, token = ''] = /^https:\/\/bot\.example\.com\/operator\?token=([\w-]{43})\n$/.exec(stdout) ?? [];
  const db = openSqlite(folder);
  const rows = db.prepare('SELECT hash, login, until FROM operator_links').all();
  db.close();
  assert.deepEqual(
    rows.map(({ hash, login }) => [hash, login]),
    [[hashOf(token), 'chen']],
  );
  const minutes = (Number(rows[0]?.['until']) - Date.now()) / 60_000;
  assert.ok(minutes > 5 && minutes <= 10);
});

test('without a public address the link leads to this machine', () => {
  const { stdout } = run(['lin'], { PUBLIC_URL: '', HOST: '0.0.0.0', PORT: '8123' });
  assert.match(stdout, /^http:\/\/127\.0\.0\.1:8123\/operator\?token=/);
});

for (const [what, args, more, status, said] of [
  ['somebody else gets none', ['eve'], {}, 3, /eve is not among the OPERATORS/],
  ['nobody gets one while there are no operators', ['lin'], { OPERATORS: '' }, 3, /not among the OPERATORS/],
  ['a login must be named', [], {}, 2, /^usage: npm run operator-link -- LOGIN/m],
  [
    'settings at fault are told',
    ['lin'],
    { OPERATORS: '@lin' },
    3,
    /OPERATORS holds something that is no GitHub login/,
  ],
] as const) {
  test(what, () => {
    const ran = run(args, more);
    assert.deepEqual([ran.status, ran.stdout], [status, '']);
    assert.match(ran.stderr, said);
  });
}
