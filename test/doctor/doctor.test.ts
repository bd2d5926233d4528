import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setTimeout as pass } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../app/clock.ts';
import type { Finding } from '../../scripts/doctor/check.ts';
import { checks, examine, inTime } from '../../scripts/doctor/examine.ts';
import { freePort, Stage } from '../deploy/stage.ts';
import { startFakeGitHub, type FakeGitHub } from '../fake-github/fake-github.ts';
import { groundWith } from './sick-ground.ts';

const lock = fileURLToPath(new URL('../../package-lock.json', import.meta.url));

async function until(holds: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (let left = 400; !(await holds()); left--) {
    assert.ok(left > 0, what);
    await pass(25);
  }
}

suite('npm run doctor', () => {
  const stage = new Stage();
  const token = `ghp_${randomBytes(18).toString('hex')}`;
  let github: FakeGitHub;
  let bot: ChildProcess;
  let address = '';
  const settings: Record<string, string> = {};
  const write = (change: Record<string, string> = {}) => {
    const lines = Object.entries({ ...settings, ...change }).map(([name, value]) => `${name}=${value}`);
    writeFileSync(join(stage.root, '.env'), lines.join('\n'), { mode: 0o600 });
  };
  const doctor = (args: string[] = [], extra = {}) =>
    stage.run(['scripts/doctor.ts', ...args], { LANG: 'en_US.UTF-8', ...extra });
  const found = (out: string) => (JSON.parse(out) as { findings: Finding[] }).findings;

  before(async () => {
    const world = { people: { bob: 'read' } };
    github = await startFakeGitHub({ world, clock: systemClock, webhookSecret: stage.webhookSecret });
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    writeFileSync(join(stage.root, 'app.pem'), github.app.privateKey, { mode: 0o600 });
    cpSync(lock, join(stage.root, 'package-lock.json'));
    Object.assign(settings, {
      ...{ GITHUB_APP_ID: github.app.id, GITHUB_PRIVATE_KEY_PATH: 'app.pem', GITHUB_API_URL: github.url },
      ...{ GITHUB_WEBHOOK_SECRET: stage.webhookSecret, PORT: `${port}`, PUBLIC_URL: address, LOG_TYPE: 'file' },
    });
    write();
    const path = [join(stage.root, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
    const env = { PATH: path, HOME: stage.root, NODE_ENV: 'production' };
    bot = spawn(process.execPath, ['app/main.ts', 'both'], { cwd: stage.root, env, stdio: 'inherit' });
    await until(
      () =>
        fetch(`${address}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      'the bot is up',
    );
    github.sendTo(`${address}/webhook`);
    await github.act('open-issue', { by: 'bob', as: 'bug', title: 'A bug', body: 'It breaks.' });
    await until(() => github.busy() === 0 && github.deliveries.length > 0, 'delivered');
  });
  after(async () => {
    bot.kill();
    await github.stop();
    await stage.close();
  });

  const files = () =>
    readdirSync(stage.root, { recursive: true })
      .map(String)
      .filter((name) => !name.startsWith('node_modules'))
      .toSorted();

  test('all in order, and nothing is changed by looking', async () => {
    const before = files();
    const env = readFileSync(join(stage.root, '.env'), 'utf8');
    const { status, out, err } = await doctor();
    assert.equal(status, 0, out + err);
    const lines = out.split('\n\n')[0]?.split('\n') ?? [];
    assert.deepEqual(
      lines.filter((line) => !line.startsWith('✓')),
      ['– pm2: the bot runs without pm2'],
      out,
    );
    assert.match(out, /^23 in order, 0 to look at, 0 at fault\.$/m);
    assert.deepEqual(files(), before);
    assert.equal(readFileSync(join(stage.root, '.env'), 'utf8'), env);
  });

  test('in Chinese, and as JSON alone', async () => {
    assert.match((await doctor([], { LANG: 'zh_CN.UTF-8' })).out, /✓ 时钟与 GitHub 一致[\s\S]*0 项有问题。/);
    const { status, out, err } = await doctor(['--json']);
    assert.deepEqual([status, err], [0, '']);
    assert.deepEqual(
      [...new Set(found(out).map(({ id }) => id))],
      checks.map(({ id }) => id),
    );
  });

  test('everything that is at fault at once, each with its fix, and no secret', async () => {
    github.sendTo('http://127.0.0.1:9/webhook');
    await github.act('open-issue', { by: 'bob', as: 'lost', title: 'Lost', body: 'x' });
    await until(() => github.busy() === 0, 'tried');
    writeFileSync(join(stage.root, 'config/rules.yml'), 'pr-titel: true\n');
    writeFileSync(join(stage.root, 'app.pem'), stage.key);
    const extra = { GITHUB_TOKEN: token, HTTPS_PROXY: `http://lin:${token}@127.0.0.1:9`, NODE_USE_ENV_PROXY: '0' };
    const { status, out } = await doctor(['--json'], extra);
    assert.equal(status, 1, out);
    const bad = found(out).filter(({ state }) => state === 'fail');
    assert.deepEqual(
      bad.map(({ id }) => id),
      ['rules', 'app'],
    );
    assert.ok(bad.every(({ fix }) => fix.length > 0));
    writeFileSync(join(stage.root, 'app.pem'), github.app.privateKey);
    const text = await doctor([], extra);
    assert.match(
      text.out,
      /✗ \d of the last \d deliveries failed, the newest with 502[^\n]*\n {4}→ The address cannot be reached/,
    );
    assert.match(text.out, /! HTTPS_PROXY is set \(http:\/\/127\.0\.0\.1:9\)/);
    const secrets = [
      stage.webhookSecret,
      token,
      stage.key.split('\n')[3] ?? '',
      github.app.privateKey.split('\n')[3] ?? '',
    ];
    for (const secret of secrets) assert.ok(!`${out}${text.out}${text.err}`.includes(secret));
  });

  test('settings that are at fault are 3, a wrong option is 2', async () => {
    write({ GITHUB_WEBHOOK_SECRET: '', PORT: 'x' });
    const { status, out } = await doctor();
    assert.equal(status, 3, out);
    assert.match(
      out,
      /✗ 2 settings keep[^\n]*\n {4}→ PORT is not a port[^\n]*\n {4}→ GITHUB_WEBHOOK_SECRET is missing/,
    );
    assert.match(out, /^– .*webhook.*: not looked at: the settings are at fault$/m);
    write();
    assert.equal((await doctor(['--what'])).status, 2);
  });
});

test('a check that hangs is given up', async () => {
  const found = await inTime(new Promise(() => {}), 1);
  assert.match(JSON.stringify(found), /this check did not end.*Run this again/);
});

test('a check that breaks is a finding, and what others say acts on no terminal', async () => {
  const secret = 's'.repeat(40);
  const slug = `\u001b[31mred\n${secret}`;
  const answers = { '/app': { id: 7, slug, html_url: 'x', permissions: null, events: null } };
  const findings = await examine(groundWith({ answers }));
  assert.deepEqual(
    findings.filter(({ says }) => says.en.startsWith('this check broke')).map(({ id }) => id),
    ['permissions', 'events'],
  );
  const said = JSON.stringify(findings);
  assert.ok(!said.includes(secret) && !said.includes('\\u001b'));
  assert.match(said, /\[31mred \[hidden\]/);
});
