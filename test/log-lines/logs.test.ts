import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { writeLine, type LogFormat, type LogLine } from '../../config/log-line.ts';

const script = fileURLToPath(new URL('../../scripts/logs.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'github-bot-read-logs-'));
after(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    env: { PATH: process.env['PATH'], LANG: 'en_US.UTF-8', LOG_TYPE: 'file', ...env },
  });
  const seen = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (seen.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (seen.err += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, seen, ended };
}

async function logs(...args: string[]): Promise<{ status: number | null; out: string; err: string; texts: string[] }> {
  const { seen, ended } = run(['--dir', folder, ...args]);
  const status = await ended;
  const lines = seen.out.split('\n').filter(Boolean);
  return {
    status,
    ...seen,
    texts: lines.map((line) => /^\S+ \S+ +(.*?)(?: (?:delivery|repo|lane|report)=.*)?$/.exec(line)?.[1] ?? ''),
  };
}

const repo = 'acme/shop';
const at = (second: number) => new Date(Date.UTC(2026, 0, 5, 9, 0, second)).toISOString();
const line = (second: number, text: string, fields: Partial<LogLine> = {}, level = 'info'): LogLine => {
  return { time: at(second), level, text, ...fields };
};

function write(name: string, format: LogFormat, lines: readonly LogLine[]): void {
  const text = lines.map((one) => `${writeLine(format, one)}\n`).join('');
  writeFileSync(join(folder, name), name.endsWith('.gz') ? gzipSync(text) : text);
}

// Server and worker, text and JSON, put away and compressed.
write('github-bot.2026-01-04.2.log.gz', 'text', [
  line(1, 'oldest'),
  line(2, 'got D1', { delivery: 'D1', repo, lane: '7#1' }),
]);
write('github-bot.2026-01-04.1.log', 'json', [line(4, 'got D2', { delivery: 'D2', repo, lane: '7#2' })]);
write('github-bot.log', 'text', [line(20, 'got D3', { delivery: 'D3', repo, lane: '7@abc' }), line(22, 'newest')]);
write('github-bot-worker.log', 'text', [
  line(3, 'D1 judged', { delivery: 'D1', repo, lane: '7#1', report: 'r-1' }),
  line(5, 'D1 and D2 judged', { delivery: 'D2,D1', repo, lane: '7#2', report: 'r-2' }, 'warn'),
  line(6, 'only the report r-2', { report: 'r-2' }),
  line(7, 'only the lane of 2', { lane: '7#2' }, 'error'),
  line(8, 'somebody else on 2', { delivery: 'D9', repo, lane: '7#2', report: 'r-9' }),
  line(9, 'only the lane of 2, later', { lane: '7#2' }),
  line(21, 'D3 passed on', { delivery: 'D3', repo, lane: '7@abc', report: 'r-3' }),
  line(21, 'D3 wakes 5', { delivery: 'D3', repo, lane: '7#5', report: 'r-3' }),
  line(23, 'what was woken', { repo, lane: '7#5', report: 'r-4' }),
  line(24, 'more of it', { report: 'r-4' }),
  line(25, 'the next on 5', { repo, lane: '7#5', report: 'r-5' }),
  line(26, 'other repository', { repo: 'acme/other', lane: '8#1', report: 'r-6' }),
]);
appendFileSync(join(folder, 'github-bot-worker.log'), 'PM2 | a line of somebody else\n');
writeFileSync(join(folder, 'notes.txt'), writeLine('text', line(0, 'not a log')));

suite('npm run logs', () => {
  const told: readonly [string, readonly string[], readonly string[]][] = [
    [
      'a delivery, over processes, files and formats',
      ['--delivery', 'D1'],
      ['got D1', 'D1 judged', 'D1 and D2 judged', 'only the report r-2', 'only the lane of 2'],
    ],
    [
      'a delivery that came first with another',
      ['--delivery', 'D2'],
      ['got D2', 'D1 and D2 judged', 'only the report r-2', 'only the lane of 2'],
    ],
    [
      'a delivery on to the lanes it woke',
      ['--delivery', 'D3'],
      ['got D3', 'D3 passed on', 'D3 wakes 5', 'what was woken', 'more of it'],
    ],
    [
      'a report with the receipts of its deliveries',
      ['--report', 'r-2'],
      ['got D1', 'got D2', 'D1 and D2 judged', 'only the report r-2', 'only the lane of 2'],
    ],
    ['a level', ['--level', 'WARN'], ['D1 and D2 judged', 'only the lane of 2']],
    ['a repository, in any case', ['--repo', 'ACME/Other'], ['other repository']],
    ['a lane by its key', ['--lane', '7#5'], ['D3 wakes 5', 'what was woken', 'the next on 5']],
    ['a lane as people call it', ['--lane', 'acme/shop#1'], ['got D1', 'D1 judged']],
    ['a delivery and a level', ['--delivery', 'D1', '--level', 'error'], ['only the lane of 2']],
  ];
  for (const [title, args, wanted] of told) {
    test(title, async () => {
      const { status, texts } = await logs(...args);
      assert.deepEqual(texts, wanted);
      assert.equal(status, 0);
    });
  }

  test('everything in order of time, and what could not be read', async () => {
    const { out, err, status } = await logs();
    const times = out
      .trimEnd()
      .split('\n')
      .map((one) => one.split(' ')[0]);
    assert.equal(times.length, 17);
    assert.deepEqual(times, times.toSorted());
    assert.match(err, /1 line is not of the bot's own form/);
    assert.equal(status, 0);
  });

  test('JSON lines and nothing else', async () => {
    const { out, err } = await logs('--delivery', 'D1', '--json');
    const read = out
      .trimEnd()
      .split('\n')
      .map((one) => JSON.parse(one) as LogLine);
    assert.deepEqual(read[0], line(2, 'got D1', { delivery: 'D1', repo, lane: '7#1' }));
    assert.equal(read.length, 5);
    assert.match(err, /^\(1 line/);
  });

  test('since', async () => {
    const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
    const recent = mkdtempSync(join(folder, 'recent-'));
    const lines = [ago(7_300_000), ago(7_000_000)].map((time) =>
      writeLine('text', { time, level: 'info', text: time }),
    );
    writeFileSync(join(recent, 'github-bot.log'), `${lines.join('\n')}\n`);
    const { out } = await logs('--dir', recent, '--since', '2h');
    assert.equal(out, `${lines[1] ?? ''}\n`);
  });

  test('nothing found is 1, in both languages', async () => {
    assert.deepEqual(await logs('--delivery', 'D0').then(({ status, out }) => [status, out]), [1, '']);
    const { seen, ended } = run(['--dir', folder, '--report', 'r-0'], { LANG: 'zh_CN.UTF-8' });
    assert.equal(await ended, 1);
    assert.match(seen.err, /没有符合的日志/);
  });

  for (const args of [
    ['--level', 'loud'],
    ['--since', 'yesterday'],
    ['--repo', 'shop'],
    ['--what'],
    ['D1'],
    ['--delivery'],
  ]) {
    test(`${args.join(' ')} is 2`, async () => {
      const { status, out, err } = await logs(...args);
      assert.deepEqual([status, out], [2, '']);
      assert.match(err, /^Not understood: [\s\S]*usage: npm run logs/);
    });
  }

  test('no folder and no files are 3', async () => {
    const { status, err } = await logs('--dir', join(folder, 'gone'));
    assert.equal(status, 3);
    assert.match(err, /gone cannot be read: ENOENT\. .*--dir/);
    const empty = mkdtempSync(join(folder, 'empty-'));
    assert.equal((await logs('--dir', empty)).status, 3);
  });

  test('where the lines go with LOG_TYPE=console', async () => {
    const secret = 'x9'.repeat(8) + 'abcdefghijklmnopqrst';
    const env = { LOG_TYPE: 'console', GITHUB_WEBHOOK_SECRET: secret, PM2_HOME: '/srv/pm2' };
    const { seen, ended } = run([], env);
    await ended;
    assert.match(seen.err, /LOG_TYPE is console[\s\S]*npm run logs -- --dir \/srv\/pm2\/logs/);
  });

  test('follows what is written, over the putting away of a file', async () => {
    const live = mkdtempSync(join(folder, 'live-'));
    const file = join(live, 'github-bot.log');
    const put = (second: number, text: string, fields: Partial<LogLine>) =>
      appendFileSync(file, `${writeLine('text', line(second, text, fields))}\n`);
    put(1, 'before', { delivery: 'D1', lane: '7#1' });
    const { child, seen, ended } = run(['--dir', live, '--follow', '--delivery', 'D1']);
    const until = async (text: string) => {
      while (!seen.out.includes(text)) await new Promise((resolve) => child.stdout.once('data', resolve));
    };
    await until('before');
    put(2, 'other', { delivery: 'D2', lane: '7#2' });
    put(3, 'judged', { delivery: 'D1', lane: '7#1', report: 'r-1' });
    await until('judged');
    put(4, 'last of the file', { report: 'r-1' });
    renameSync(file, join(live, 'github-bot.2026-01-05.1.log'));
    put(5, 'first of the next', { report: 'r-1' });
    writeFileSync(
      join(live, 'github-bot-worker.log'),
      `${writeLine('json', line(6, 'of a new process', { report: 'r-1' }))}\n`,
    );
    await until('first of the next');
    await until('of a new process');
    child.kill('SIGINT');
    await ended;
    const texts = seen.out
      .trimEnd()
      .split('\n')
      .map((one) => one.slice(31).replace(/ (delivery|lane|report)=.*/, ''));
    assert.deepEqual(texts.toSorted(), [
      'before',
      'first of the next',
      'judged',
      'last of the file',
      'of a new process',
    ]);
  });
});
