import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { readStories } from '../../scripts/demo/stories.ts';
import { Teller } from '../../scripts/demo/teller.ts';

const script = join(import.meta.dirname, '../../scripts/demo.ts');
const stories = readStories();
const looks = stories.flatMap(({ beats }) => beats.flatMap((beat) => beat.looks)).length;

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function begin(flags: readonly string[], settings: Readonly<Record<string, string>>) {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings };
  const args = ['--disable-warning=ExperimentalWarning', script, ...flags];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (part) => (said.out += String(part)));
  child.stderr.on('data', (part) => (said.err += String(part)));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, said, ended };
}

async function demo(flags: readonly string[], LANG: string): Promise<Ran> {
  const { said, ended } = begin(flags, { LANG });
  return { status: await ended, ...said };
}

suite('npm run demo', () => {
  const words = {
    'en_US.UTF-8': 'Open the first link. Ctrl+C stops both.',
    'zh_CN.UTF-8': '打开第一个链接。按 Ctrl+C 停止两者。',
  };
  for (const [LANG, how] of Object.entries(words)) {
    test(`names both links, serves the first one, and ends by Ctrl+C (${LANG})`, async () => {
      const { child, said, ended } = begin([], { LANG, PORT: '0' });
      while (!said.out.includes(how)) await once(child.stdout, 'data');
      const [, bot = '', fake = '', last] =
        /^github-bot demo\n {2}Bot {7}(\S+)\n {2}Fake GitHub (\S+)\n(.*)\n$/.exec(said.out) ?? [];
      assert.equal(last, how, said.out);
      for (const url of [bot, fake]) {
        const answer = await fetch(url, { headers: { accept: 'text/html' } });
        assert.equal(answer.status, 200);
        assert.match(await answer.text(), /acme\/shop/);
      }
      child.kill('SIGINT');
      assert.deepEqual([await ended, said.err], [0, '']);
      await assert.rejects(fetch(bot));
    });
  }

  test('says that its port is taken, and what to do', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { said, ended } = begin([], { LANG: 'C', PORT: String(port) });
    assert.equal(await ended, 3);
    assert.match(said.err, new RegExp(`port ${port}.*cannot start\\.\n.*PORT=9000 npm run demo`));
    server.close();
  });
});

test('a story that does not go as told is told as it is', async () => {
  const [story] = stories;
  assert.ok(story);
  const [open] = story.scenario.steps;
  assert.ok(open);
  const look = { number: 2, name: 'expect', keys: { of: 'search', comments: 7 }, line: 9 };
  const lines: string[] = [];
  const teller = new Teller(
    ({ en }) => en,
    (line) => lines.push(line),
  );
  const { ok } = await teller.tell({ ...story, scenario: { ...story.scenario, steps: [open, look] } });
  assert.equal(ok, false);
  assert.match(lines.at(-1) ?? '', /✗ comments: expected 7, seen 1: /);
});

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
});
