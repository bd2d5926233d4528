import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { systemClock } from '../../app/clock.ts';
import type { FakeGitHub } from '../fake-github/fake-github.ts';
import { startFakeGitHub } from '../fake-github/start.ts';

const main = join(import.meta.dirname, '../../app/main.ts');
const webhookSecret = '3f9a1c7e5b2d8046af13ce5790b8d264e1f7a35c';
const patience = 30_000;

const folder = mkdtempSync(join(tmpdir(), 'roles-'));
const children = new Set<ChildProcess>();
let printed = '';
let fake: FakeGitHub;

async function until(holds: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + patience; !holds(); await setTimeout(10)) {
    assert.ok(Date.now() < end, `${what}\n${printed.slice(-2_000)}`);
  }
}

/** Starts one role as a process of its own; resolves with it and the address it says it is up at. */
async function startRole(role: 'server' | 'worker'): Promise<{ child: ChildProcess; url: string }> {
  const env = {
    ...{ PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', LOG_LEVEL: 'debug', PORT: '0' },
    ...{ GITHUB_WEBHOOK_SECRET: webhookSecret, GITHUB_APP_ID: fake.app.id, GITHUB_API_URL: fake.url },
    ...{ GITHUB_PRIVATE_KEY_PATH: join(folder, 'app.pem'), DATA_DIR: join(folder, 'data') },
  };
  const child = spawn(process.execPath, [main, role], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  let own = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      own += chunk.toString();
      printed += chunk.toString();
    });
  }
  await until(() => own.includes(`${role} is up`), `the ${role} starts`);
  return { child, url: /http:\/\/[\d.]+:\d+/.exec(own)?.[0] ?? '' };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
  children.delete(child);
}

async function startServer(): Promise<ChildProcess> {
  const { child, url } = await startRole('server');
  fake.sendTo(`${url}/webhook`);
  return child;
}

before(async () => {
  const files = { '.github/github-bot.yml': 'pr-title: true\n' };
  fake = await startFakeGitHub({ world: { people: { bob: 'read' }, files }, clock: systemClock, webhookSecret });
  writeFileSync(join(folder, 'app.pem'), fake.app.privateKey, { mode: 0o600 });
});
after(async () => {
  for (const child of children) child.kill('SIGKILL');
  await fake.stop();
  rmSync(folder, { recursive: true });
});

const ours = (as: string) => fake.thread(as).comments.filter(({ us, minimized }) => us && !minimized).length;
const verdict = (as: string) => fake.commit(as).checks['github-bot (main)'];
const taken = () => fake.busy() === 0 && fake.deliveries.at(-1)?.status === 202;
const open = (as: string) =>
  fake.act('open-pull', { by: 'bob', as, title: 'add search', files: { [`${as}.ts`]: '1' } });

test('two processes on one folder: what one takes the other works off, and a kill of either loses nothing', async () => {
  let server = await startServer();
  let worker = (await startRole('worker')).child;

  await open('first');
  await until(() => fake.journal.some(({ as }) => as === 'installation'), 'the worker looks');
  const [sent, asked] = [fake.deliveries[0], fake.journal.find(({ as }) => as === 'installation')];
  const wait = (asked?.at ?? 0) - (sent?.at ?? 0);
  assert.ok(wait < 2_000, `the worker looked after ${wait} ms`);
  await until(() => ours('first') === 1 && verdict('first') === 'failure', 'the first one is told');

  const writes = fake.journal.filter(({ write }) => write).length;
  await open('second');
  await until(() => fake.journal.filter(({ write }) => write).length > writes, 'the worker writes');
  await kill(worker);
  await fake.act('edit', { of: 'first', by: 'bob', title: 'feat: add search' });
  await until(taken, 'the server takes what comes while the worker is dead');
  await kill(server);
  worker = (await startRole('worker')).child;
  await until(() => ours('first') === 0 && verdict('first') === 'success', 'the first one is forgiven');
  await until(() => ours('second') === 1 && verdict('second') === 'failure', 'the second one is told');

  server = await startServer();
  await open('third');
  await until(taken, 'the new server takes the third one');
  await kill(server);
  await until(() => ours('third') === 1 && verdict('third') === 'failure', 'the third one is told');
  for (const as of ['first', 'second', 'third']) {
    const all = fake.thread(as).comments.filter(({ us }) => us).length;
    assert.equal(all, 1, `one card on the ${as}`);
  }
  await kill(worker);
});

test('no secret is printed or stored', () => {
  const stored = readdirSync(join(folder, 'data')).map((file) => readFileSync(join(folder, 'data', file), 'latin1'));
  const key = fake.app.privateKey.split('\n')[3] ?? '';
  for (const secret of [webhookSecret, key, 'PRIVATE KEY', 'ghs_']) {
    for (const text of [printed, ...stored]) assert.ok(!text.includes(secret), secret);
  }
});
