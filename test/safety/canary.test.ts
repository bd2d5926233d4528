import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { systemClock } from '../../app/clock.ts';
import { Stage } from '../deploy/stage.ts';
import type { FakeGitHub } from '../fake-github/fake-github.ts';
import { startFakeGitHub } from '../fake-github/start.ts';
import { filesBelow, formsOf, heldBy } from './canaries.ts';
import { freshBody, headersFor } from './server-process.ts';
import { startTokenSpy } from './token-spy.ts';
import type { TokenSpy } from './token-spy.ts';

const patience = 60_000;
const secrets: Record<string, string> = {
  'previous webhook secret': 'prevCanary-8f2e6d1b9a4c7053e8f1d2b6a9c40753',
  cookie: 'cookieCanary-0a1b2c3d4e5f60718293a4b5c6d7e8f9',
  'operator token': 'linkCanary-ZyXwVuTsRqPoNmLkJiHgFeDcBa0123456789',
  bearer: 'bearerCanary-5e4d3c2b1a09f8e7d6c5b4a392817060',
};

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + patience; !(await holds()); await setTimeout(20)) assert.ok(Date.now() < end, what);
}

suite('secrets of every kind, through what works and what fails', () => {
  const stage = new Stage();
  const children: ChildProcess[] = [];
  let printed = '';
  let fake: FakeGitHub;
  let spy: TokenSpy;
  let url = '';

  async function start(role: 'server' | 'worker'): Promise<void> {
    const env = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', LOG_LEVEL: 'debug', LOG_FORMAT: 'json' };
    const child = spawn(process.execPath, ['app/main.ts', role], {
      cwd: stage.root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (printed += text));
    const logs = () => printed + Object.values(filesBelow(join(stage.root, 'logs'))).join('\n');
    await until(() => logs().includes(`${role} is up`), `the ${role} starts: ${printed.slice(-500)}`);
  }

  before(async () => {
    const world = { people: { bob: 'read' }, files: { '.github/github-bot.yml': 'pr-title: true\n' } } as const;
    fake = await startFakeGitHub({ world, clock: systemClock, webhookSecret: stage.webhookSecret });
    spy = await startTokenSpy(fake.url);
    await stage.writeSettings({ url: spy.url, app: fake.app });
    const previous = `GITHUB_WEBHOOK_SECRET_PREVIOUS=${secrets['previous webhook secret']}`;
    appendFileSync(join(stage.root, '.env'), `\n${previous}\nOPERATORS=lin\n`);
    secrets['webhook secret'] = stage.webhookSecret;
    secrets['private key'] = fake.app.privateKey;
    await Promise.all([start('server'), start('worker')]);
    url = `http://127.0.0.1:${stage.port}`;
    fake.sendTo(`${url}/webhook`);
  });
  after(async () => {
    for (const child of children) {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    }
    await Promise.all([spy.close(), fake.stop()]);
    await stage.close();
  });

  const leaky = () => ({
    'x-github-encoded-secret': Buffer.from(stage.webhookSecret).toString('base64'),
    authorization: `Bearer ${secrets['bearer']}`,
    cookie: `github-bot=${secrets['cookie']}; __Host-github-bot=${secrets['cookie']}`,
  });
  const pages: string[] = [];
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(url + path, {
      ...init,
      headers: { ...leaky(), ...(init.headers as object) },
      redirect: 'manual',
    });
    const page = `${JSON.stringify([...answer.headers])}${await answer.text()}`;
    // Whoever opens a link has its token; the page for it hands it on to its own form.
    pages.push(path.startsWith('/operator?') ? page.replaceAll(secrets['operator token'] ?? '', '') : page);
    return answer.status;
  };

  test('deliveries that are good, old, unsigned and broken', async () => {
    const post = (body: string, headers: object) =>
      ask('/webhook', { method: 'POST', body, headers: headers as never });
    const body = freshBody();
    assert.equal(await post(body, headersFor(body, stage.webhookSecret)), 202);
    const other = freshBody();
    assert.equal(await post(other, headersFor(other, secrets['previous webhook secret'])), 202);
    const all = JSON.stringify(secrets);
    assert.equal(await post(all, headersFor(all, 'somebody else’s secret of 32 characters')), 401);
    assert.equal(await post(all, headersFor(all, stage.webhookSecret)), 400);
    const asSignature = { ...headersFor(body), 'x-hub-signature-256': stage.webhookSecret };
    assert.equal(await post(body, asSignature), 401);
    const asId = { ...headersFor(body, stage.webhookSecret), 'x-github-delivery': `${stage.webhookSecret}_` };
    assert.equal(await post(body, asId), 400);
  });

  test('pages, forms and links of operators', async () => {
    const token = secrets['operator token'] ?? '';
    const form = new URLSearchParams({ token, csrf: secrets['cookie'] ?? '' });
    for (const path of ['/', '/deliveries', '/readyz', '/nowhere', `/operator?token=${token}`, '/r/acme/shop/pull/1'])
      await ask(path, { headers: { accept: 'text/html' } });
    for (const path of ['/operator', '/operator/sign-out', '/deliveries/1/replay'])
      await ask(path, { method: 'POST', body: form });
    assert.ok(pages.length > 8);
  });

  test('work at a GitHub that answers, fails and says tokens aloud', async () => {
    const open = (as: string) =>
      fake.act('open-pull', { by: 'bob', as, title: 'add search', files: { [`${as}.ts`]: '1' } });
    const told = (as: string) => fake.thread(as).comments.some(({ us }) => us);
    await open('first');
    await until(() => told('first'), 'the first one is told');
    spy.betray(401, 2);
    await open('second');
    await until(() => told('second'), `the second one is told: ${printed.slice(-500)}`);
    spy.betray(422, 2);
    await open('third');
    await until(async () => (await fetch(`${url}/readyz`)).ok && spy.tokens.size > 1, 'tokens were made');
    const lengths = [...spy.tokens].map(({ length }) => length);
    assert.ok(lengths.includes(40) && lengths.some((length) => length > 500), lengths.join());
  });

  test('nobody finds one of them: in logs, database, pages, comments, arguments or environments', () => {
    const all = { ...secrets, ...Object.fromEntries([...spy.tokens].map((token, at) => [`token ${at}`, token])) };
    const processes = children.flatMap(({ pid }) =>
      ['environ', 'cmdline'].map(
        (name) => [`${name} of ${pid}`, readFileSync(`/proc/${pid}/${name}`, 'latin1')] as const,
      ),
    );
    const comments = ['first', 'second', 'third'].flatMap((as) => fake.thread(as).comments.map(({ body }) => body));
    const places = {
      ...filesBelow(join(stage.root, 'logs')),
      ...filesBelow(join(stage.root, 'stored')),
      ...(process.platform === 'linux' ? Object.fromEntries(processes) : {}),
      ...{ 'what was printed': printed, comments: comments.join('\n'), pages: pages.join('\n') },
    };
    const found = Object.entries(places).flatMap(([place, text]) =>
      heldBy(text, all).map((name) => `${name} in ${place}`),
    );
    assert.deepEqual(found, []);
    const logs = Object.values(filesBelow(join(stage.root, 'logs'))).join('\n');
    assert.match(logs, /signed with the previous secret/);
    assert.ok(comments.length > 1 && Object.keys(places).length > 6, Object.keys(places).join());
  });
});

test('a secret is found in whatever form it stands', () => {
  for (const form of formsOf('päss "word" of canary'))
    assert.deepEqual(heldBy(`x${form}y`, { one: 'päss "word" of canary' }), ['one']);
  const line = 'MIIEpAIBAAKCAQEA0123456789abcdefghijklmnop';
  const key = `-----BEGIN RSA PRIVATE KEY-----\n${line}\n-----END RSA PRIVATE KEY-----`;
  assert.deepEqual(heldBy(`{"key":"${line}"}`, { key }), ['key']);
  assert.deepEqual(heldBy('nothing', { key }), []);
});
