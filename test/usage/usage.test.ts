import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'github-bot-usage-'));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Called {
  readonly code?: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is wrong with its settings keeps a script that overlooks its arguments from doing its work here. */
function call(script: string, args: readonly string[], language: string): Promise<Called> {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, LANG: language, DATA_DIR: folder, PM2_HOME: folder, GITHUB_WEBHOOK_SECRET: 'weak' };
  const words = ['--disable-warning=ExperimentalWarning', join(root, 'scripts', script), ...args];
  return promisify(execFile)(process.execPath, words, { env, timeout: 60_000 }).catch(
    (error: unknown) => error as Called,
  );
}

/** The verb with which package.json runs it stands in front. */
const misuses: Readonly<Record<string, readonly (readonly [args: string, says: RegExp])[]>> = {
  'backup.ts': [
    ['--fast', /--fast/],
    ['a b', /one folder/],
  ],
  'busy-day.ts': [
    ['--days 3', /--days/],
    ['--hours 1.5', /--hours .*not 1\.5/],
    ['--deeds 0', /--deeds .*not 0/],
    ['--burst', /--burst/],
  ],
  'check-rules.ts': [
    ['', /rules file/],
    ['--json a.yml', /--json/],
  ],
  'crash-test.ts': [
    ['--kills 0', /--kills .*not 0/],
    ['--seed -1', /--seed/],
    ['now', /--scenarios: now/],
    ['--scenarios', /No scenario file/],
    ['--scenarios nowhere.yml', /no file nowhere\.yml/],
  ],
  'demo.ts': [
    ['--onec', /--onec/],
    ['once', /once/],
  ],
  'deploy.ts': [['--dry-run', /--dry-run/]],
  'doctor.ts': [['--jsn', /--jsn/]],
  'flood.ts': [['--help', /--help/]],
  'fuzz.ts': [
    ['--runs many', /--runs .*not many/],
    ['--only nothing', /no reader nothing/],
  ],
  'generate.ts': [['--chekc', /--chekc/]],
  'logs.ts': [
    ['--level loud', /--level loud/],
    ['D1', /D1/],
  ],
  'new-module.ts': [
    ['', /one module/],
    ['PrTitle', /small letters/],
  ],
  'operator-link.ts': [
    ['', /one operator/],
    ['lin --long', /--long/],
  ],
  'pause.ts': [
    ['pause', /reason/],
    ['pause --repo a/b/c why', /--repo .*not a\/b\/c/],
    ['resume why', /why/],
    ['stop now', /stop/],
  ],
  'reload-bench.ts': [
    ['--by hand', /--by .*not hand/],
    ['--rate -5', /--rate/],
    ['--reloads 0', /--reloads .*not 0/],
  ],
  'restore.ts': [
    ['', /one backup/],
    ['a.tar --now', /--now/],
  ],
  'rollback.ts': [['--dry-run', /--dry-run/]],
  'scenario.ts': [
    ['', /No scenario file/],
    ['--jsn a.yml', /--jsn/],
    ['nowhere.yml', /no file nowhere\.yml/],
  ],
  'sim.ts': [
    ['--lives 0', /--lives .*not 0/],
    ['labels', /labels/],
    ['--told', /--told/],
  ],
};

suite('a script that is called wrongly', { concurrency: 2 }, () => {
  for (const [script, calls] of Object.entries(misuses)) {
    for (const [args, says] of calls)
      test(`${script} ${args}`.trim(), async () => {
        const { code, stdout, stderr } = await call(script, args.split(' ').filter(Boolean), 'C');
        const [what, usage] = stderr.split(/\n(?=usage: (?:npm run|node scripts\/)[^\n]*)/);
        assert.deepEqual([code, stdout], [2, '']);
        assert.match(what ?? '', says);
        assert.ok(usage !== undefined, stderr);
      });
  }
});

for (const script of ['deploy.ts', 'restore.ts', 'logs.ts', 'check-rules.ts', 'pause.ts'])
  test(`${script} says it in Chinese, too`, async () => {
    const { code, stderr } = await call(script, ['--nothing'], 'zh_CN.UTF-8');
    assert.equal(code, 2);
    assert.match(stderr, /^看不懂：.*--nothing[^\n]*\n用法：npm run /);
  });

test('no script that people run is left out', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  const run = [...JSON.stringify(scripts).matchAll(/scripts\/([\w-]+\.ts)/g)].map(([, file]) => file);
  const read = readdirSync(join(root, 'scripts')).filter(
    (file) =>
      file.endsWith('.ts') &&
      /readArguments\(|takeNoArguments\(/.test(readFileSync(join(root, 'scripts', file), 'utf8')),
  );
  const all = new Set([...run, ...read.filter((file) => file !== 'usage.ts')]);
  assert.deepEqual([...all].sort(), Object.keys(misuses).sort());
});
