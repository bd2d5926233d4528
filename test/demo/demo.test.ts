import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { readStories } from '../../scripts/demo/stories.ts';

const script = join(import.meta.dirname, '../../scripts/demo.ts');
const stories = readStories();
const looks = stories.flatMap(({ beats }) => beats.flatMap((beat) => beat.looks)).length;

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
    {
      ...{ lang: 'en_US.UTF-8', language: 'en' as const },
      summary: `✓ ${stories.length} stories, ${looks} looks at GitHub, all as expected. `,
    },
    {
      ...{ lang: 'zh_CN.UTF-8', language: 'zh-CN' as const },
      summary: `✓ 演示了 ${stories.length} 个故事，查看 GitHub ${looks} 次，全部符合预期。`,
    },
  ];
  for (const { lang, language, summary } of languages) {
    test(`plays every story and ends with 0 (${lang})`, async () => {
      const { status, out, err } = await demo(['--once'], lang);
      assert.deepEqual([status, err], [0, '']);
      assert.ok(out.startsWith('github-bot demo\n'));
      for (const [at, { title }] of stories.entries()) assert.ok(out.includes(`\n${at + 1}. ${title[language]}\n`));
      assert.ok(out.includes(`\n${summary}`), out.slice(-300));
    });
  }

  test('an unknown flag is a usage error', async () => {
    assert.deepEqual(await demo(['--onec'], 'C'), { status: 2, out: '', err: 'usage: npm run demo [-- --once]\n' });
  });
});
