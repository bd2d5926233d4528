import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import { systemClock } from '../../app/clock.ts';
import { start } from '../../app/main.ts';
import type { Settings } from '../../config/env.ts';
import { readLine, type LogLine } from '../../config/log-line.ts';
import { configureLogs } from '../../config/log4js.ts';
import { Story } from '../../scripts/log-lines/story.ts';
import { startFakeGitHub } from '../fake-github/fake-github.ts';

const secret = 'canary-of-more-than-32-characters-0123456789';
const folder = mkdtempSync(join(tmpdir(), 'github-bot-told-'));
after(() => rmSync(folder, { recursive: true }));

async function until(holds: () => boolean, what: string): Promise<void> {
  for (let left = 400; !holds(); left--) {
    assert.ok(left > 0, what);
    await pass(25);
  }
}

const esc = '\u001b[31m';
const title = `feat: ${esc}red\u2028delivery=D9 report=r-9 \u202e ${secret}`;

async function live(t: TestContext, logFormat: 'text' | 'json'): Promise<{ lines: readonly LogLine[]; raw: string }> {
  const here = mkdtempSync(join(folder, 'bot-'));
  const rulesFile = join(here, 'rules.yml');
  writeFileSync(rulesFile, 'pr-title: {types: [fix]}\n');
  const world = { people: { bob: 'write' } };
  const fake = await startFakeGitHub({ world, clock: systemClock, webhookSecret: secret });
  const settings: Settings = {
    ...{ role: 'both', production: false, host: '127.0.0.1', port: 0, publicUrl: '' },
    ...{ appId: fake.app.id, privateKey: fake.app.privateKey, token: '', apiUrl: fake.url },
    ...{ webhookSecrets: [secret], dataDir: join(here, 'data'), rulesFile },
    ...{ logType: 'file' as const, logLevel: 'debug', logFormat, operators: [], trustProxy: false },
  };
  const { close, ...log } = configureLogs(settings, join(here, 'logs'));
  const bot = await start(settings, { log });
  t.after(() => fake.stop());
  t.after(() => bot.stop());
  fake.sendTo(`${bot.url}/webhook`);
  await fake.act('open-pull', { by: 'bob', as: 'pr', title, branch: 'x=y,delivery=D9', files: { 'a.ts': '1' } });
  await until(() => fake.commit('pr').checks['github-bot (main)'] === 'failure', 'judged');
  await fake.act('comment', { by: 'bob', of: 'pr', body: `${title}\r\n/what` });
  const idle = async () => fake.busy() + Object.values(await bot.pending()).reduce((a, b) => a + b) === 0;
  while (!(await idle())) await pass(25);
  await fetch(`${bot.url}/webhook`, { method: 'POST', headers: { 'x-github-delivery': 'D-forged' }, body: '{}' });
  await close();
  const raw = readdirSync(join(here, 'logs'))
    .map((name) => readFileSync(join(here, 'logs', name), 'utf8'))
    .join('');
  const texts = raw.trimEnd().split('\n');
  return { raw, lines: texts.map((text) => readLine(text) ?? assert.fail(`not one of ours: ${text}`)) };
}

for (const format of ['text', 'json'] as const) {
  test(`${format}: every line about work says which, and its story is whole`, async (t) => {
    const { lines, raw } = await live(t, format);
    assert.ok(!raw.includes(secret), 'a secret in the log');
    assert.doesNotMatch(raw.replaceAll('\n', ''), /[\u0000-\u001f\u007f-\u009f\u2028-\u202e]/);
    const nameless = lines.filter(({ text, delivery, repo, lane }) => {
      return !delivery || !repo || (!lane && !text.includes('nothing to do'));
    });
    assert.deepEqual(
      nameless.map(({ text, delivery }) => [text.slice(0, 23), delivery]),
      [['a delivery was refused ', 'D-forged']],
    );
    const receipt = lines.find(({ text }) => text === 'pull_request.opened new');
    assert.match(receipt?.delivery ?? '', /^[\da-f-]{36}$/);
    const story = new Story({ delivery: receipt?.delivery ?? '' });
    for (const line of lines) story.learn(line);
    story.rewind();
    const told = lines.filter((line) => story.tells(line));
    assert.equal(told[0], receipt);
    const outcome = told.find(({ text }) => /considered: pr-title fail; \d of \d changes made$/.test(text));
    assert.ok(outcome?.report, told.map(({ text }) => text).join('\n'));
    assert.ok(told.some(({ text, report }) => report === outcome.report && /check.*: done$/.test(text)));
    assert.ok(told.every(({ repo }) => repo === 'acme/shop'));
    assert.ok(!told.some(({ delivery }) => delivery === 'D9'));
  });
}
