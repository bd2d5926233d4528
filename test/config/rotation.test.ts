import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Settings } from '../../config/env.ts';
import { isLogFile, keptFiles, logFile } from '../../config/log-files.ts';
import { readLine } from '../../config/log-line.ts';
import { configureLogs } from '../../config/log4js.ts';

const folder = mkdtempSync(join(tmpdir(), 'github-bot-rotation-'));
after(() => rmSync(folder, { recursive: true }));

const settings: Settings = {
  ...{ role: 'server', production: false, host: '127.0.0.1', port: 0, publicUrl: '', appId: '1', privateKey: '' },
  ...{ webhookSecrets: [], token: '', apiUrl: 'https://api.github.com', dataDir: folder, rulesFile: '' },
  ...{ logType: 'file', logLevel: 'info', logFormat: 'text', operators: [], trustProxy: false },
};

const filesIn = (of: string) => readdirSync(of).toSorted();
const textsIn = (of: string) =>
  filesIn(of).flatMap((name) => {
    const lines = readFileSync(join(of, name), 'utf8').trimEnd().split('\n');
    return lines.map((line) => readLine(line)?.text ?? `torn: ${line}`);
  });

test('a flood fills no disk: files of the size, so many of them, and the newest lines are there', async () => {
  const here = mkdtempSync(join(folder, 'flood-'));
  const size = 4096;
  const logs = configureLogs(settings, here, size);
  const line = 'x'.repeat(200);
  for (let at = 0; at < 1_000; at++) logs.info(`${at} ${line}`);
  await logs.close();
  const files = filesIn(here);
  assert.equal(files.length, keptFiles + 1, files.join());
  assert.ok(files.every(isLogFile));
  for (const file of files) assert.ok(statSync(join(here, file)).size <= size + 300, file);
  assert.ok(textsIn(here).includes(`999 ${line}`));
  assert.ok(!textsIn(here).includes(`0 ${line}`));
});

test('a file of an earlier day is put away under its day and the oldest one goes', async () => {
  const here = mkdtempSync(join(folder, 'days-'));
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000);
  const dated = (ago: number) => {
    const at = day(ago);
    const two = (part: number) => String(part).padStart(2, '0');
    return `github-bot.${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}.1.log`;
  };
  for (let ago = 2; ago <= keptFiles + 1; ago++) writeFileSync(join(here, dated(ago)), '');
  writeFileSync(logFile('server', here), '2026-01-05T09:00:00.000Z INFO  of yesterday\n');
  utimesSync(logFile('server', here), day(1), day(1));
  writeFileSync(logFile('worker', here), '');
  const logs = configureLogs(settings, here);
  logs.info('of today');
  await logs.close();
  assert.match(readFileSync(join(here, dated(1)), 'utf8'), /of yesterday/);
  assert.match(readFileSync(logFile('server', here), 'utf8'), /of today\n$/);
  const files = filesIn(here);
  assert.ok(files.includes(dated(keptFiles)) && !files.includes(dated(keptFiles + 1)), files.join());
  assert.ok(files.includes('github-bot-worker.log'));
});

test('a log file that cannot be begun ends nothing: lines go to the console', async () => {
  const here = mkdtempSync(join(folder, 'gone-'));
  const at = join(here, 'logs');
  const source = fileURLToPath(new URL('../../config/log4js.ts', import.meta.url));
  const program = `
    import { renameSync, statSync, writeFileSync } from 'node:fs';
    const { configureLogs } = await import(${JSON.stringify(source)});
    const logs = configureLogs(${JSON.stringify(settings)}, ${JSON.stringify(at)}, 500);
    const rescued = new Promise((resolve) => process.on('unhandledRejection', (error) => resolve(logs.rescue(error))));
    logs.info('x'.repeat(600));
    while (statSync(${JSON.stringify(join(at, 'github-bot.log'))}).size < 600) await new Promise(setImmediate);
    renameSync(${JSON.stringify(at)}, ${JSON.stringify(`${at}-old`)});
    writeFileSync(${JSON.stringify(at)}, '');
    for (let line = 0; line < 3; line++) logs.info('lost');
    if (!(await rescued) || logs.rescue(new Error('of the bot'))) process.exit(1);
    logs.info('after');
    await logs.close();`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  assert.equal(await new Promise((resolve) => child.on('close', resolve)), 0);
  assert.match(out, /ERROR the log file cannot be begun.*\n.*INFO {2}after\n$/);
});

// As while pm2 reloads the server: the old process and the new one write to one file.
test('two processes that write to one file tear no line', async () => {
  const here = mkdtempSync(join(folder, 'two-'));
  const source = fileURLToPath(new URL('../../config/log4js.ts', import.meta.url));
  const program = `
    const { configureLogs } = await import(${JSON.stringify(source)});
    const logs = configureLogs(${JSON.stringify(settings)}, ${JSON.stringify(here)});
    for (let at = 0; at < 2000; at++) logs.info(process.argv[1] + at + 'x'.repeat(at % 3000));
    await logs.close();`;
  const run = (name: string) =>
    new Promise<number | null>((resolve) => {
      const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program, name];
      spawn(process.execPath, args, { stdio: 'inherit' }).on('close', resolve);
    });
  assert.deepEqual(await Promise.all([run('a'), run('b')]), [0, 0]);
  const texts = textsIn(here).map((text) => text.replace(/x+$/, ''));
  const wanted = ['a', 'b'].flatMap((name) => Array.from({ length: 2000 }, (_, at) => `${name}${at}`));
  assert.deepEqual(texts.toSorted(), wanted.toSorted());
});
