import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { suite, test } from 'node:test';

const script = join(import.meta.dirname, '../../scripts/demo.ts');

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

async function demo(flags: readonly string[], lang: string): Promise<Ran> {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], LANG: lang };
  const args = ['--disable-warning=ExperimentalWarning', script, ...flags];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (part) => (said.out += String(part)));
  child.stderr.on('data', (part) => (said.err += String(part)));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, ...said };
}

suite('npm run demo -- --once', () => {
  const languages = [
    { lang: 'en_US.UTF-8', summary: /^✓ 5 stories, 9 looks at GitHub, all as expected\. \d+ events came in, /m },
    { lang: 'zh_CN.UTF-8', summary: /^✓ 演示了 5 个故事，查看 GitHub 9 次，全部符合预期。收到 \d+ 个事件/m },
  ];
  for (const { lang, summary } of languages) {
    test(`plays every story and ends with 0 (${lang})`, async () => {
      const { status, out, err } = await demo(['--once'], lang);
      assert.deepEqual([status, err], [0, '']);
      const opening =
        /^github-bot demo\n {2}Bot {7}http:\/\/127\.0\.0\.1:\d+\n {2}Fake GitHub http:\/\/127\.0\.0\.1:\d+\n/;
      assert.match(out, opening);
      assert.match(out, summary);
      for (const number of [1, 2, 3, 4, 5]) assert.ok(out.includes(`\n${number}. `), `story ${number}`);
    });
  }

  test('each story names both pages', async () => {
    const { out } = await demo(['--once'], 'en_US.UTF-8');
    const [, bot = '', fake = ''] = /Bot +(\S+)\n +Fake GitHub (\S+)/.exec(out) ?? [];
    for (const path of ['pull/1', 'pull/2', 'issues/3', 'pull/4']) {
      assert.ok(out.includes(`GitHub shows      ${fake}/web/acme/shop/${path}\n`), path);
      assert.ok(out.includes(`the bot says why  ${bot}/r/acme/shop/${path}\n`), path);
    }
  });

  test('an unknown flag is a usage error', async () => {
    assert.deepEqual(await demo(['--onec'], 'C'), { status: 2, out: '', err: 'usage: npm run demo [-- --once]\n' });
  });
});
