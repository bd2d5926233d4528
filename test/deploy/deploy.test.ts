import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { handOn, runsTypeScript } from '../../scripts/pm2.ts';
import { Stage } from './stage.ts';

interface Published {
  readonly name: string;
  readonly examples: readonly unknown[];
}

const published = createRequire(import.meta.url)('@octokit/webhooks-examples') as readonly Published[];
const payload = published.find(({ name }) => name === 'pull_request')?.examples[0];

suite('npm run deploy', () => {
  const stage = new Stage();
  after(() => stage.close());
  const exported = {
    GITHUB_TOKEN: 'canary-token-5Zt1bVq8',
    GITHUB_PRIVATE_KEY: stage.key,
    DATABASE_URL: 'canary-db-77Xw',
    MY_PASSWORD: 'canary-pw-31Kd',
  };
  const canaries = [stage.webhookSecret, stage.key.split('\n')[3] ?? '', 'canary-'];
  const readLog = (name: string) => readFileSync(join(stage.root, 'logs', name), 'utf8');

  test('says everything that is missing and starts nothing', async () => {
    const { status, err } = await stage.deploy({ LANG: 'en_US.UTF-8' });
    assert.equal(status, 3, err);
    assert.match(err, /GITHUB_WEBHOOK_SECRET is missing[\s\S]*GITHUB_APP_ID is missing/);
    const chinese = await stage.deploy({ LANG: 'zh_CN.UTF-8' });
    assert.match(chinese.err, /没有部署[\s\S]*GITHUB_WEBHOOK_SECRET 没有设置/);
    assert.equal(existsSync(stage.pm2Home), false);
  });

  test('refuses rules that are at fault', async () => {
    await stage.writeSettings();
    const file = join(stage.root, 'config', 'rules.yml');
    const rules = readFileSync(file);
    writeFileSync(file, 'pr-titel: true\n');
    const { status, err } = await stage.deploy();
    writeFileSync(file, rules);
    assert.equal(status, 3, err);
    assert.match(err, /config\/rules\.yml:1:1 /);
  });

  test('starts both apps, in a shell that exports secrets', async () => {
    const { status, out, err } = await stage.deploy(exported);
    assert.equal(status, 0, out + err);
    assert.match(out, /^Started\.$/m);
    assert.match(err, /GITHUB_TOKEN is set in your shell/);
    const apps = await stage.list();
    assert.deepEqual(Object.keys(apps).toSorted(), ['github-bot', 'github-bot-worker']);
    assert.deepEqual([apps['github-bot']?.status, apps['github-bot']?.mode], ['online', 'cluster_mode']);
    assert.deepEqual([apps['github-bot-worker']?.status, apps['github-bot-worker']?.mode], ['online', 'fork_mode']);
  });

  test('takes signed deliveries and no others', async () => {
    assert.equal(await stage.deliver('pull_request', payload, false), 401);
    assert.equal(await stage.deliver('pull_request', payload, true), 202);
    await setTimeout(1_000);
    assert.match(readLog('github-bot.log'), /^\S+Z INFO /m);
    assert.match(readLog('github-bot-worker.log'), /^\S+Z INFO /m);
  });

  test('a second deploy reloads, and no request is lost meanwhile', async () => {
    const before = await stage.list();
    let isOver = false;
    const statuses: (number | string)[] = [];
    const knock = async () => {
      while (!isOver) {
        statuses.push(await stage.deliver('pull_request', payload, true).catch((error: Error) => error.message));
        await setTimeout(20);
      }
    };
    const knocking = [knock(), knock()];
    const { status, out, err } = await stage.deploy(exported);
    isOver = true;
    await Promise.all(knocking);
    assert.equal(status, 0, out + err);
    assert.match(out, /^Reloaded\.$/m);
    const now = await stage.list();
    for (const name of ['github-bot', 'github-bot-worker']) {
      assert.equal(now[name]?.status, 'online');
      assert.equal(now[name]?.restarts, (before[name]?.restarts ?? 0) + 1);
      assert.notEqual(now[name]?.pid, before[name]?.pid);
    }
    assert.ok(statuses.length > 20);
    assert.deepEqual(
      statuses.filter((status) => status !== 202),
      [],
    );
  });

  test('pm2 called by hand keeps no secret either', async () => {
    const { status, out } = await stage.pm2(['reload', 'ecosystem.config.js'], exported);
    assert.equal(status, 0, out);
    await stage.pm2(['save', '--force'], exported);
  });

  test('no secret in any file of pm2, in its lists or in the logs', async () => {
    assert.ok(existsSync(join(stage.pm2Home, 'dump.pm2')));
    assert.deepEqual(stage.filesWith('pm2', canaries), []);
    assert.deepEqual(stage.filesWith('logs', canaries), []);
    const { out } = await stage.pm2(['jlist', '--silent']);
    assert.deepEqual(
      canaries.filter((canary) => out.includes(canary)),
      [],
    );
  });
});

test('what pm2 is handed of an environment', () => {
  const env = {
    PATH: '/bin',
    LANG: 'C',
    LC_ALL: 'C',
    https_proxy: 'http://p:1',
    GITHUB_TOKEN: 'x',
    FOO: 'y',
    PM2_HOME: '/p',
  };
  const names = ['LANG', 'LC_ALL', 'PATH', 'PM2_DISABLE_VERSION_CHECK', 'PM2_HOME', 'https_proxy'];
  assert.deepEqual(Object.keys(handOn(env)).toSorted(), names);
});

test('which Node.js runs TypeScript', () => {
  const table = {
    '20.20.2': false,
    '22.17.1': false,
    '22.18.0': true,
    '23.5.0': false,
    '23.6.0': true,
    '24.0.0': true,
  };
  for (const [version, expected] of Object.entries(table)) assert.equal(runsTypeScript(version), expected, version);
});
