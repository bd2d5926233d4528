import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { BadSettings, loadSettings, readSettings, settingNames, type Role } from '../../config/env.ts';
import { secretNames } from '../../config/secrets.ts';

const root = mkdtempSync(join(tmpdir(), 'github-bot-env-'));
after(() => rmSync(root, { recursive: true }));

const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs1', format: 'pem' })
  .toString();
function put(name: string, text: string, mode = 0o600): string {
  const file = join(root, name);
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}
const keyFile = put('app.pem', pem);
const openKeyFile = put('open.pem', pem, 0o644);
const wrongKeyFile = put('wrong.pem', 'not a key at all');

const strong = '3f9a1c7e5b2d8046af13ce5790b8d264e1f7a35c';
const strongToo = 'b81d3e6f90a2c47558e1f06b9d3c7a2410f5e8d7';
const token = { GITHUB_TOKEN: 'ghp_0123456789abcdefghijklmnopqrstuvwxyz', GITHUB_WEBHOOK_SECRET: strong };
const app = { GITHUB_APP_ID: '7', GITHUB_PRIVATE_KEY_PATH: keyFile, GITHUB_WEBHOOK_SECRET: strong };
const live = { NODE_ENV: 'production' };

type Env = Record<string, string | undefined>;

function faultsOf(env: Env, role: Role = 'both', file?: string): string[] {
  try {
    readSettings(role, env, { root, ...(file ? { file } : {}) });
  } catch (error) {
    assert.ok(error instanceof BadSettings);
    for (const { en, zh } of error.faults) assert.match(zh, /\p{Script=Han}/u, en);
    return error.faults.map(({ en }) => en.split(' ').slice(0, 1).join(''));
  }
  return [];
}

function notesOf(env: Env, role: Role = 'both'): string[] {
  const notes: string[] = [];
  readSettings(role, env, { root, tell: (note) => notes.push(note) });
  return notes.map((note) => note.split(' ')[0] ?? '');
}

suite('settings that keep the bot from starting', () => {
  const rows: [string, Env, string[], Role?][] = [
    ['nothing at all', {}, ['GITHUB_WEBHOOK_SECRET', 'GITHUB_APP_ID']],
    ['nothing at all, in production', live, ['GITHUB_WEBHOOK_SECRET', 'GITHUB_APP_ID']],
    ['no secret', { ...token, GITHUB_WEBHOOK_SECRET: undefined }, ['GITHUB_WEBHOOK_SECRET']],
    ['an empty secret', { ...token, GITHUB_WEBHOOK_SECRET: '' }, ['GITHUB_WEBHOOK_SECRET']],
    ['a blank secret', { ...token, GITHUB_WEBHOOK_SECRET: '   ' }, ['GITHUB_WEBHOOK_SECRET']],
    ['a short secret', { ...live, ...token, GITHUB_WEBHOOK_SECRET: strong.slice(0, 31) }, ['GITHUB_WEBHOOK_SECRET']],
    ['changeme', { ...live, ...token, GITHUB_WEBHOOK_SECRET: 'changeme' }, ['GITHUB_WEBHOOK_SECRET']],
    ['secret', { ...live, ...token, GITHUB_WEBHOOK_SECRET: 'secret' }, ['GITHUB_WEBHOOK_SECRET']],
    ['one letter', { ...live, ...token, GITHUB_WEBHOOK_SECRET: 'a'.repeat(40) }, ['GITHUB_WEBHOOK_SECRET']],
    ['one word', { ...live, ...token, GITHUB_WEBHOOK_SECRET: 'secret'.repeat(7) }, ['GITHUB_WEBHOOK_SECRET']],
    [
      'one word, cut',
      { ...live, ...token, GITHUB_WEBHOOK_SECRET: '0123456789'.repeat(4).slice(0, 35) },
      ['GITHUB_WEBHOOK_SECRET'],
    ],
    [
      'a placeholder',
      { ...live, ...token, GITHUB_WEBHOOK_SECRET: `change-me-${'please-now-'.repeat(3)}x` },
      ['GITHUB_WEBHOOK_SECRET'],
    ],
    [
      'a weak previous secret',
      { ...live, ...token, GITHUB_WEBHOOK_SECRET_PREVIOUS: 'old' },
      ['GITHUB_WEBHOOK_SECRET_PREVIOUS'],
    ],
    ['an App without a key', { ...app, GITHUB_PRIVATE_KEY_PATH: '' }, ['GITHUB_PRIVATE_KEY_PATH']],
    ['a key without an App', { ...app, GITHUB_APP_ID: '' }, ['GITHUB_APP_ID']],
    ['a key file that is not there', { ...app, GITHUB_PRIVATE_KEY_PATH: 'nowhere.pem' }, ['GITHUB_PRIVATE_KEY_PATH']],
    ['a key file without a key', { ...app, GITHUB_PRIVATE_KEY_PATH: wrongKeyFile }, ['GITHUB_PRIVATE_KEY_PATH']],
    [
      'an open key file in production',
      { ...live, ...app, GITHUB_PRIVATE_KEY_PATH: openKeyFile },
      ['GITHUB_PRIVATE_KEY_PATH'],
    ],
    [
      'an inline key that is none',
      { ...app, GITHUB_PRIVATE_KEY_PATH: '', GITHUB_PRIVATE_KEY: 'x' },
      ['GITHUB_PRIVATE_KEY'],
    ],
    ['a name for a number', { ...app, GITHUB_APP_ID: 'my-app' }, ['GITHUB_APP_ID']],
    ['a port that is none', { ...token, PORT: '80a' }, ['PORT']],
    ['a port too high', { ...token, PORT: '65536' }, ['PORT']],
    ['an address that is none', { ...token, PUBLIC_URL: 'bot.example.com' }, ['PUBLIC_URL']],
    ['an address with a password', { ...token, GITHUB_API_URL: 'https://a:b@ghe.example.com' }, ['GITHUB_API_URL']],
    ['tokens in clear text', { ...live, ...token, GITHUB_API_URL: 'http://ghe.example.com' }, ['GITHUB_API_URL']],
    ['an unknown log type', { ...token, LOG_TYPE: 'syslog' }, ['LOG_TYPE']],
    ['an unknown level', { ...token, LOG_LEVEL: 'loud' }, ['LOG_LEVEL']],
    ['an unknown format', { ...token, LOG_FORMAT: 'xml' }, ['LOG_FORMAT']],
    ['another database', { ...token, DATABASE_URL: 'postgres://u:p@h/d' }, ['DATABASE_URL']],
    ['a way to receive that is none', { ...token, RECEIVE: 'smee' }, ['RECEIVE']],
    ['pull mode without an App', { ...token, RECEIVE: 'pull' }, ['RECEIVE']],
    ['a server without a secret', { ...token, GITHUB_WEBHOOK_SECRET: '' }, ['GITHUB_WEBHOOK_SECRET'], 'server'],
    ['a worker without an identity', { GITHUB_WEBHOOK_SECRET: strong }, ['GITHUB_APP_ID'], 'worker'],
    [
      'everything at once',
      { ...live, PORT: 'x', LOG_TYPE: 'y', GITHUB_APP_ID: '7', GITHUB_WEBHOOK_SECRET: 'hunter2' },
      ['PORT', 'LOG_TYPE', 'GITHUB_WEBHOOK_SECRET', 'GITHUB_PRIVATE_KEY_PATH'],
    ],
  ];
  for (const [title, env, faults, role] of rows) test(title, () => assert.deepEqual(faultsOf(env, role), faults));

  test('no fault and no note shows a value', () => {
    const values = { PORT: 'v-one', LOG_TYPE: 'v-two', GITHUB_WEBHOOK_SECRET: 'v-three', GITHUB_APP_ID: 'v-four' };
    for (const language of ['en_US.UTF-8', 'zh_CN.UTF-8']) {
      const told: string[] = [];
      const env = { ...live, ...values, GITHUB_PRIVATE_KEY: 'v-five', METRICS_TOKEN: 'v-six', LANG: language };
      assert.throws(
        () => readSettings('both', env, { root, tell: (note) => told.push(note) }),
        ({ message }: Error) => !/v-(one|two|three|four|five|six)/.test(message + told.join()),
      );
    }
  });

  test('the language is the reader’s', () => {
    assert.throws(
      () => readSettings('both', { LANG: 'zh_CN.UTF-8' }, { root }),
      /下列设置有误[\s\S]*GITHUB_WEBHOOK_SECRET 没有设置/,
    );
    assert.throws(
      () => readSettings('both', { LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, { root }),
      /GITHUB_WEBHOOK_SECRET is missing/,
    );
  });
});

suite('settings the bot can start with', () => {
  test('an App', () => {
    const settings = readSettings('both', app, { root });
    assert.equal(settings.privateKey, pem);
    assert.deepEqual([settings.appId, settings.token, settings.production], ['7', '', false]);
    assert.ok(Object.isFrozen(settings) && Object.isFrozen(settings.webhookSecrets));
  });

  test('defaults', () => {
    const { host, port, publicUrl, apiUrl, dataDir, rulesFile, logType, logLevel, logFormat } = readSettings(
      'both',
      token,
      { root },
    );
    assert.deepEqual([host, port, publicUrl, apiUrl], ['127.0.0.1', 8000, '', 'https://api.github.com']);
    assert.deepEqual([dataDir, rulesFile], [join(root, 'data'), join(root, 'config/rules.yml')]);
    assert.deepEqual([logType, logLevel, logFormat], ['console', 'info', 'text']);
  });

  test('operators and the proxy in front', () => {
    const settings = readSettings(
      'server',
      { ...token, OPERATORS: ' lin,Chen  wu_corp ', TRUST_PROXY: 'True' },
      { root },
    );
    assert.deepEqual([settings.operators, settings.trustProxy], [['lin', 'Chen', 'wu_corp'], true]);
    const still = readSettings('server', { ...token, OPERATORS: '', TRUST_PROXY: '' }, { root });
    assert.deepEqual([still.operators, still.trustProxy], [[], false]);
    assert.deepEqual(faultsOf({ ...token, OPERATORS: 'lin,@chen', TRUST_PROXY: '1' }), ['OPERATORS', 'TRUST_PROXY']);
    assert.deepEqual(notesOf({ ...token, OPERATORS: 'lin', PUBLIC_URL: 'http://bot.example.com' }), ['PUBLIC_URL']);
  });

  test('an inline key with escaped line ends', () => {
    const env = { ...app, GITHUB_PRIVATE_KEY_PATH: '', GITHUB_PRIVATE_KEY: pem.replaceAll('\n', '\\n') };
    assert.equal(readSettings('worker', env, { root }).privateKey, pem);
    assert.deepEqual(notesOf({ ...env, ...live }), ['GITHUB_PRIVATE_KEY']);
  });

  test('the App wins over a token', () => {
    const env = { ...token, ...app };
    assert.deepEqual(notesOf(env), ['GITHUB_TOKEN']);
    assert.equal(readSettings('both', env, { root }).token, '');
  });

  test('the server reads no key, the worker no webhook secret', () => {
    const server = readSettings(
      'server',
      { ...app, GITHUB_PRIVATE_KEY_PATH: wrongKeyFile, GITHUB_PRIVATE_KEY: pem },
      { root },
    );
    assert.deepEqual([server.privateKey, server.token, server.appId], ['', '', '7']);
    assert.deepEqual(readSettings('worker', app, { root }).webhookSecrets, []);
    assert.deepEqual(faultsOf({ ...app, GITHUB_WEBHOOK_SECRET: undefined }, 'worker'), []);
    assert.deepEqual(faultsOf({ GITHUB_WEBHOOK_SECRET: strong }, 'server'), []);
  });

  test('two webhook secrets, today’s first', () => {
    const env = { ...token, GITHUB_WEBHOOK_SECRET_PREVIOUS: strongToo };
    assert.deepEqual(readSettings('server', env, { root }).webhookSecrets, [strong, strongToo]);
  });

  test('what is a fault in production is a note elsewhere', () => {
    assert.deepEqual(notesOf({ ...token, GITHUB_WEBHOOK_SECRET: 'dev' }), ['GITHUB_WEBHOOK_SECRET']);
    assert.deepEqual(notesOf({ ...app, GITHUB_PRIVATE_KEY_PATH: openKeyFile }), ['GITHUB_PRIVATE_KEY_PATH']);
    assert.deepEqual(notesOf({ ...token, GITHUB_API_URL: 'http://ghe.example.com' }), ['GITHUB_API_URL']);
    assert.deepEqual(notesOf({ ...live, ...token, GITHUB_API_URL: 'http://127.0.0.1:8001/' }), []);
  });

  test('random secrets are never called weak', () => {
    for (let i = 0; i < 2000; i++) {
      const bytes = crypto.getRandomValues(Buffer.alloc(32));
      for (const form of ['hex', 'base64', 'base64url'] as const) {
        assert.deepEqual(faultsOf({ ...live, GITHUB_WEBHOOK_SECRET: bytes.toString(form) }, 'server'), []);
      }
    }
  });
});

suite('where settings come from', () => {
  const written = `GITHUB_WEBHOOK_SECRET=${strong}\nGITHUB_TOKEN=${token.GITHUB_TOKEN}\nPORT=8123\nLOG_LEVEL=debug\n`;

  test('.env, overruled by the environment, which loses its secrets', () => {
    put('.env', written);
    const env: NodeJS.ProcessEnv = {
      PORT: '8124',
      GITHUB_WEBHOOK_SECRET: strongToo,
      GITHUB_PRIVATE_KEY: 'x',
      PATH: '/bin',
    };
    const settings = loadSettings('both', { env, root });
    assert.deepEqual([settings.port, settings.logLevel, settings.webhookSecrets], [8124, 'debug', [strongToo]]);
    assert.deepEqual(env, { PORT: '8124', PATH: '/bin' });
  });

  test('a missing .env is named, unless the environment has what it would hold', () => {
    const told = (env: NodeJS.ProcessEnv) => {
      const notes: string[] = [];
      const nowhere = join(root, 'nowhere');
      try {
        loadSettings('both', { env, root: nowhere, tell: (note) => notes.push(note) });
      } catch (error) {
        assert.ok(error instanceof BadSettings);
      }
      return notes.filter((note) => note.startsWith('.env is not there yet'));
    };
    assert.equal(told({}).length, 1);
    assert.deepEqual(told({ ...token }), []);
  });

  test('an .env others can read', () => {
    const file = put('.env', written, 0o640);
    assert.deepEqual(faultsOf({ ...live, ...token }, 'both', file), ['.env']);
    assert.deepEqual(faultsOf(token, 'both', file), []);
    assert.deepEqual(faultsOf({ ...live, ...token }, 'both', put('.env', written)), []);
  });

  test('.env.example names every setting and nothing else', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const named = [...example.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map((match) => match[1] ?? '');
    const unread = ['DATABASE_URL', 'GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET', 'METRICS_TOKEN'];
    assert.deepEqual(named.toSorted(), settingNames.filter((name) => !unread.includes(name)).toSorted());
  });

  test('secrets are settings', () =>
    assert.deepEqual(
      secretNames.filter((name) => !settingNames.includes(name)),
      [],
    ));
});
