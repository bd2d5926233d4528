import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Settings } from '../../config/env.ts';
import { configureLogs, type Logs } from '../../config/log4js.ts';

const folder = mkdtempSync(join(tmpdir(), 'github-bot-logs-'));
after(() => rmSync(folder, { recursive: true }));

const letters = (length: number) => randomBytes(length).toString('base64url').slice(0, length);
const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const otherPem = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs1', format: 'pem' })
  .toString();
const secret = `wh/${letters(40)}`;

const settings: Settings = {
  role: 'both',
  production: false,
  host: '127.0.0.1',
  port: 0,
  publicUrl: '',
  appId: '1',
  privateKey: pem,
  webhookSecrets: [secret],
  token: letters(30),
  apiUrl: 'https://api.github.com',
  dataDir: folder,
  rulesFile: join(folder, 'rules.yml'),
  operators: [],
  trustProxy: false,
  logType: 'file',
  logLevel: 'debug',
  logFormat: 'text',
};

async function written(change: Partial<Settings>, write: (logs: Logs) => void): Promise<string> {
  const logs = configureLogs({ ...settings, ...change }, folder);
  write(logs);
  await logs.close();
  const file = join(folder, change.role === 'worker' ? 'github-bot-worker.log' : 'github-bot.log');
  const text = readFileSync(file, 'utf8');
  rmSync(file);
  return text;
}

const canaries: [string, string][] = [
  ['our webhook secret', secret],
  ['our webhook secret in an address', encodeURIComponent(secret)],
  ['our webhook secret in base64', Buffer.from(secret).toString('base64')],
  ['our token', settings.token],
  ['our key', pem],
  ['our key with escaped line ends', pem.replaceAll('\n', '\\n')],
  ['one line of our key', pem.split('\n')[5] ?? ''],
  ['a key of somebody', otherPem],
  ['a key that was cut', otherPem.slice(0, 400)],
  ...['ghp', 'gho', 'ghu', 'ghs', 'ghr'].map((kind): [string, string] => [
    `a ${kind} token`,
    `${kind}_${letters(36).replaceAll('-', 'x')}`,
  ]),
  ['a long ghs token', `ghs_${letters(520)}`],
  ['a fine-grained token', `github_pat_${letters(82).replaceAll('-', 'x')}`],
  ['a chat token', `xoxb-${letters(30)}`],
  ['a bearer token', `Bearer ${letters(30)}`],
  ['a JSON web token', `eyJ${letters(20)}.${letters(60)}.${letters(80)}`],
  ['a password in an address', `https://lin:${letters(20)}@example.com`],
];

/** Pieces of a canary that would still tell it. */
function pieces(canary: string): string[] {
  const long = canary
    .split(/[\s@:/]|\\n/)
    .filter((piece) => piece.length >= 16 && !/^(https|example|PRIVATE|-----)/.test(piece));
  return long.length > 0 ? long : [canary];
}

for (const logFormat of ['text', 'json'] as const) {
  for (const [title, canary] of canaries) {
    test(`${logFormat}: ${title} is not written`, async () => {
      const text = await written({ logFormat }, (logs) => {
        logs.error(`failed: ${canary} and more`, {
          delivery: canary,
          repo: canary,
          lane: canary,
          report: `x${canary}`,
        });
        logs.debug(JSON.stringify({ url: canary }));
      });
      for (const piece of pieces(canary)) assert.ok(!text.includes(piece), `${title} was written`);
      assert.match(text, /failed: .*\[hidden\]/);
    });
  }
}

test('control characters and marks cannot act on a terminal', async () => {
  const text = await written({}, (logs) =>
    logs.info('a\u001b[31mred\r\nfake line\u0000\u009b1m\u202eevil\u2028', { repo: 'x\ny' }),
  );
  assert.equal(text.split('\n').length, 2);

  assert.doesNotMatch(text.trimEnd(), /[\u0000-\u001f\u007f-\u009f\u2028\u202e]/);
  assert.match(text, /a\\u001b\[31mred\\u000d\\u000afake line\\u0000\\u009b1m\\u202eevil\\u2028 repo=x\\u000ay\n$/);
});

test('a field has at most 8 KB', async () => {
  for (const huge of ['x'.repeat(1_000_000), '汉'.repeat(300_000), '\u0000'.repeat(100_000)]) {
    const text = await written({ logFormat: 'json' }, (logs) => logs.info(huge, { repo: huge }));
    const line = JSON.parse(text) as { text: string; repo: string };
    assert.ok(Buffer.byteLength(line.text) <= 8192 && Buffer.byteLength(line.repo) <= 8192);
    assert.ok(!line.text.includes('\ufffd'));
  }
});

test('a secret across the place of the cut is not written', async () => {
  const token = `ghs_${letters(36)}`;
  const text = await written({}, (logs) => logs.info(`${'x'.repeat(8170)} ${token}`));
  assert.ok(!text.includes(token.slice(0, 12)));
});

test('JSON lines carry the fields and nothing else', async () => {
  const fields = { delivery: 'd-1', repo: 'acme/shop', lane: '1#2', report: 'r-1', headers: { authorization: 'x' } };
  const text = await written({ logFormat: 'json' }, (logs) => logs.warn('saved', fields));
  const { time, ...rest } = JSON.parse(text) as Record<string, unknown>;
  assert.match(String(time), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  assert.deepEqual(rest, {
    level: 'warn',
    text: 'saved',
    delivery: 'd-1',
    repo: 'acme/shop',
    lane: '1#2',
    report: 'r-1',
  });
});

test('the level holds and each role has its own file', async () => {
  const text = await written({ role: 'worker', logLevel: 'warn' }, (logs) => {
    logs.info('not this');
    logs.warn('this');
  });
  assert.match(text, /^\S+Z WARN {2}this\n$/);
  assert.deepEqual(readdirSync(folder), []);
});
