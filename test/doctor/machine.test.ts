import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { dependencies, judgeSpace, nodeVersion, proxy, timeZone } from '../../scripts/doctor/machine.ts';
import { logs, port, processes } from '../../scripts/doctor/running.ts';
import { fileModes, rules, settings } from '../../scripts/doctor/settings.ts';
import { newFolder, told } from './sick-ground.ts';

test('Node.js', async () => {
  assert.equal(await told(nodeVersion), 'ok: Node.js 24.1.0');
  assert.match(await told(nodeVersion, { nodeVersion: '22.20.0' }), /^warn: .* older than 24 -> Run npm ci/);
  assert.match(await told(nodeVersion, { nodeVersion: '20.1.0' }), /^fail: .* older than 24 -> Run npm ci/);
});

test('dependencies', async () => {
  const root = newFolder();
  assert.match(await told(dependencies, { root }), /^fail: package-lock.json is missing/);
  const locked = {
    '': {},
    'node_modules/koa': { version: '3.3.0' },
    'node_modules/tsc': { version: '6.0.0', dev: true },
  };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: locked }));
  assert.match(
    await told(dependencies, { root }),
    /^fail: 1 packages are not as locked: koa – ≠ 3.3.0 -> Run npm ci\.$/,
  );
  const install = (version: string) => {
    mkdirSync(join(root, 'node_modules/koa'), { recursive: true });
    writeFileSync(join(root, 'node_modules/koa/package.json'), JSON.stringify({ version }));
  };
  install('3.2.9');
  assert.match(await told(dependencies, { root }), /koa 3.2.9 ≠ 3.3.0/);
  install('3.3.0');
  assert.equal(await told(dependencies, { root }), 'ok: 2 packages as locked');
});

test('disk space', () => {
  const mega = 1024 * 1024;
  assert.deepEqual(
    [199, 200, 1023, 1024].map((free) => judgeSpace(free * mega, '/x').state),
    ['fail', 'warn', 'warn', 'ok'],
  );
  assert.match(judgeSpace(mega, '/x').fix[0]?.en ?? '', /DATA_DIR/);
});

test('the time zone', async () => {
  assert.match(await told(timeZone, { shell: { TZ: 'Asia/Shanghai' } }), /^ok: time zone Asia\/Shanghai/);
  assert.match(
    await told(timeZone, { shell: { TZ: 'Mars/Olympus' } }),
    /^warn: TZ names no time zone.* -> Write one like/,
  );
});

test('a proxy', async () => {
  assert.equal(await told(proxy), 'ok: no proxy is set');
  const HTTPS_PROXY = 'http://lin:canary-pw@proxy.example:3128/path';
  const unused = await told(proxy, { env: { HTTPS_PROXY }, shell: { HTTPS_PROXY } });
  assert.match(
    unused,
    /^warn: HTTPS_PROXY is set \(http:\/\/proxy\.example:3128\), .*not used -> .*NODE_USE_ENV_PROXY=1/,
  );
  const shell = { HTTPS_PROXY, NODE_USE_ENV_PROXY: '1' };
  assert.equal(await told(proxy, { env: shell, shell }), 'ok: proxy http://proxy.example:3128');
  assert.match(await told(proxy, { env: { HTTPS_PROXY } }), /^warn: HTTPS_PROXY is only in \.env/);
});

test('settings', async () => {
  const fault = { en: 'PORT is not a port. Write …', zh: 'PORT 不是端口号。' };
  assert.match(
    await told(settings, { settings: null, faults: [fault] }),
    /^fail: one setting keeps .* -> PORT is not a port/,
  );
  assert.match(await told(settings, { strict: [fault] }), /^warn: .*not under pm2.* -> PORT is not a port/);
  assert.equal(await told(settings, { notes: ['a note'] }), 'ok: settings are valid (App 7)\nwarn: a note');
});

test('modes of files with secrets', async () => {
  const root = newFolder();
  assert.match(await told(fileModes, { root }), /^skip/);
  writeFileSync(join(root, '.env'), '', { mode: 0o600 });
  writeFileSync(join(root, 'app.pem'), '', { mode: 0o600 });
  const env = { GITHUB_PRIVATE_KEY_PATH: 'app.pem' };
  assert.match(await told(fileModes, { root, env }), /^ok: 2 files/);
  chmodSync(join(root, '.env'), 0o644);
  chmodSync(join(root, 'app.pem'), 0o640);
  assert.match(await told(fileModes, { root, env }), /^fail: .*\.env app\.pem -> Run chmod 600 \.env app\.pem$/);
});

test('rules', async () => {
  assert.equal(await told(rules, { rules: 'pr-title: true\n' }), 'ok: config/rules.yml is valid: pr-title');
  assert.match(
    await told(rules, { rules: 'pr-titel: true\n' }),
    /^fail: .*1 faults -> config\/rules\.yml:1:1 .*pr-title/,
  );
  assert.match(
    await told(rules, { settings: { rulesFile: '/nowhere/rules.yml' } }),
    /^fail: .* is missing -> Run git checkout/,
  );
});

suite('the port', () => {
  const listening = async (answer: (path: string) => [number, string]) => {
    const server = createServer((request, response) => {
      const [status, body] = answer(request.url ?? '');
      response
        .writeHead(status, { 'content-type': body.startsWith('{') ? 'application/json' : 'text/plain' })
        .end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { server, port: (server.address() as AddressInfo).port };
  };
  const bot =
    (ready: boolean) =>
    (path: string): [number, string] =>
      path === '/healthz' ? [200, 'ok\n'] : [ready ? 200 : 503, JSON.stringify({ ready })];
  const cases: readonly [string, (path: string) => [number, string], RegExp][] = [
    ['the bot', bot(true), /^ok: the bot listens on/],
    ['a bot that cannot write', bot(false), /^fail: .*takes no deliveries.* -> Look at the lines about disk/],
    [
      'somebody who says ok to everything',
      () => [200, 'ok'],
      /^fail: another program .* -> Find it with ss .* another PORT/,
    ],
    ['another program', () => [404, 'no'], /^fail: another program/],
  ];
  for (const [title, answer, wanted] of cases) {
    test(title, async () => {
      const { server, port: at } = await listening(answer);
      const said = await told(port, { settings: { port: at }, fetch: globalThis.fetch });
      server.closeAllConnections();
      server.close();
      assert.match(said, wanted);
    });
  }
  test('free, and not to be had', async () => {
    assert.match(await told(port), /^ok: 127\.0\.0\.1:0 is free/);
    assert.match(
      await told(port, { settings: { host: '203.0.113.1', port: 8000 } }),
      /^fail: nobody may listen .*EADDRNOTAVAIL -> Write a PORT/,
    );
  });
});

test('pm2', async () => {
  const app = (name: string, status = 'online', restarts = 1) => ({ name, status, restarts });
  const pm2 = (apps: ReturnType<typeof app>[], node = '24.1.0') => {
    return { pm2: { isAlive: () => true, apps: async () => apps, node: async () => node } };
  };
  const both = [app('github-bot'), app('github-bot-worker')];
  assert.match(
    await told(processes, pm2(both)),
    /^ok: pm2 \(Node\.js 24\.1\.0\): github-bot, github-bot-worker online$/,
  );
  assert.match(
    await told(processes, pm2(both, '20.1.0')),
    /^fail: the pm2 daemon runs Node\.js 20\.1\.0.* -> Run npx pm2 update/,
  );
  assert.match(
    await told(processes, pm2([app('github-bot')])),
    /^fail: pm2 does not run github-bot-worker -> Run npm run deploy\.$/,
  );
  assert.match(
    await told(processes, pm2([app('github-bot'), app('github-bot-worker', 'errored')])),
    /^fail: github-bot-worker is errored -> See why/,
  );
  assert.match(
    await told(processes, pm2([app('github-bot', 'online', 99), app('github-bot-worker')])),
    /^warn: github-bot was restarted 99 times/,
  );
  assert.match(await told(processes), /^warn: the bot is not running.* -> Run npm run deploy\.$/);
});

test('logs', async () => {
  const root = newFolder();
  assert.equal(await told(logs, { root }), 'ok: logs can be written: 0 files, 0 MB');
  assert.match(await told(logs, { settings: { logType: 'console' } }), /^ok: the log goes to the console/);
  const pm2 = { isAlive: () => true, apps: async () => [], node: async () => '' };
  assert.match(
    await told(logs, { settings: { logType: 'console' }, pm2 }),
    /^warn: pm2 keeps the log.* -> Set LOG_TYPE=file/,
  );
  mkdirSync(join(root, 'logs/github-bot.log'), { recursive: true });
  assert.match(await told(logs, { root }), /^fail: github-bot\.log cannot be written -> Give it to/);
  writeFileSync(join(root, 'no-folder'), '');
  const logsFolder = join(root, 'no-folder', 'logs');
  assert.match(await told(logs, { logsFolder }), /^fail: .*no-folder cannot be written -> Give it to/);
});
