import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'scenario-cli-'));
after(() => rmSync(folder, { recursive: true }));
const script = join(import.meta.dirname, '../../scripts/scenario.ts');
const run = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test('an unknown key fails its scenario, says where and what is near, and makes the exit code 1', () => {
  const path = file('unknown.yml', 'title: a typo\nsteps:\n  - clse: {of: pr}\n');
  const { status, stdout } = run(path);
  assert.equal(status, 1);
  const [line, last] = stdout.trimEnd().split('\n');
  assert.ok(line?.startsWith(`FAILED  a typo: ${path}:3:5 unknown step \`clse\``), stdout);
  assert.match(line ?? '', /nearest: `close`/);
  assert.equal(last, '0 passed, 1 failed');
});

test('with --json each scenario is one object, and nothing else is printed', () => {
  const path = file('two.yml', 'title: one\nstep: []\n---\ntitle: two\nstep: []\n');
  const { status, stdout } = run('--json', path);
  assert.equal(status, 1);
  const outcomes = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { title: string; ok: boolean });
  assert.deepEqual(
    outcomes.map(({ title, ok }) => [title, ok]),
    [
      ['one', false],
      ['two', false],
    ],
  );
});

const misuses: readonly (readonly [what: string, args: readonly string[], says: RegExp])[] = [
  ['no file', [], /No scenario file was named/],
  ['an unknown option', ['--jsn', 'a.yml'], /--jsn/],
  ['a file that is not there', [join(folder, 'nowhere.yml')], /There is no file .*nowhere\.yml/],
  ['a file without a scenario', [file('empty.yml', '# nothing\n')], /There is no scenario in/],
];

for (const [what, args, says] of misuses) {
  test(`${what} is a usage error`, () => {
    const { status, stderr, stdout } = run(...args);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, says);
    assert.match(stderr, /^usage: /m);
  });
}
