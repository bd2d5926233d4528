import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import examples from '@octokit/webhooks-examples' with { type: 'json' };
import { systemClock } from '../../app/clock.ts';
import type { Log } from '../../app/log.ts';
import { listen } from '../../app/receive/listen.ts';
import type { Listening } from '../../app/receive/listen.ts';
import { createServer } from '../../app/receive/server.ts';
import type { Delivery, Store } from '../../app/store/store.ts';

const secrets = ['a-secret-of-more-than-32-characters-x', 'the-previous-secret-of-32-characters-y'];
const sign = (body: string | Buffer, secret = secrets[0]!) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

let door: Listening;
let saved: Delivery[] = [];
let failing = false;
const lines: string[] = [];
const log: Log = Object.fromEntries(
  ['debug', 'info', 'warn', 'error'].map((level) => [level, (text: string) => lines.push(text)]),
) as never;

const depth = { ready: 0, running: 0, later: 0, aside: 0, oldest: null };
const store = {
  saveDelivery: async (delivery: Delivery) => {
    if (failing) throw new Error('disk full');
    saved.push(delivery);
    return 'new';
  },
  check: async () => {
    if (failing) throw new Error('disk full');
  },
  counts: async () => ({ deliveries: saved.length, reports: 0, aside: 0 }),
  reports: async () => [],
  halts: async () => [],
} as unknown as Store;

before(async () => {
  const ports = {
    secrets,
    appId: '42',
    store,
    depth: async () => depth,
    checkRules: () => [],
    commands: [],
    about: { needs: () => [], changedBy: () => [] },
    ...{ operators: [], publicUrl: '', trustProxy: false },
    clock: systemClock,
    log,
  };
  const handler = createServer(ports).callback();
  door = await listen((req, res) => void handler(req, res), '127.0.0.1', 0, systemClock);
});
after(() => door.stop(0));
beforeEach(() => {
  saved = [];
  failing = false;
});

const body = JSON.stringify({
  action: 'opened',
  issue: { number: 3 },
  repository: { id: 7, name: 'shop', owner: { login: 'acme' } },
  installation: { id: 5 },
});

function headers(more: Record<string, string | undefined> = {}): Record<string, string> {
  const all = {
    'content-type': 'application/json',
    'x-github-event': 'issues',
    'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    'x-hub-signature-256': sign(body),
    ...more,
  };
  return Object.fromEntries(Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

const post = (sent: string | Buffer, more: Record<string, string | undefined> = {}, path = '/webhook') =>
  fetch(door.url + path, { method: 'POST', headers: headers(more), body: sent as string });

for (const path of ['/webhook', '/']) {
  test(`a signed delivery to ${path} is kept and answered 202 with nothing`, async () => {
    const answer = await post(body, {}, path);
    assert.equal(answer.status, 202);
    assert.equal(await answer.text(), '');
    assert.equal(saved[0]!.event, 'issues');
    assert.equal(saved[0]!.action, 'opened');
    assert.equal(saved[0]!.body.toString(), body);
  });
}

test('the previous secret is good during a rotation', async () => {
  assert.equal((await post(body, { 'x-hub-signature-256': sign(body, secrets[1]) })).status, 202);
});

const signature = sign(body);
for (const [why, sent, more, status] of [
  ['no signature', body, { 'x-hub-signature-256': undefined }, 401],
  ['SHA-1 only', body, { 'x-hub-signature-256': undefined, 'x-hub-signature': `sha1=${'a'.repeat(40)}` }, 401],
  ['another secret', body, { 'x-hub-signature-256': sign(body, 'x'.repeat(40)) }, 401],
  ['the signature of another body', `${body} `, {}, 401],
  ['upper-case hex', body, { 'x-hub-signature-256': signature.toUpperCase() }, 401],
  ['a padded signature', body, { 'x-hub-signature-256': `${signature}00` }, 401],
  ['form encoding', body, { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ['an encoded body', body, { 'content-encoding': 'gzip' }, 415],
  ['no event name', body, { 'x-github-event': undefined }, 400],
  ['no delivery id', body, { 'x-github-delivery': undefined }, 400],
  ['the name of another event', body, { 'x-github-event': 'pull_request' }, 400],
  ['no JSON', 'hello', { 'x-hub-signature-256': sign('hello') }, 400],
  ['an array', '[]', { 'x-hub-signature-256': sign('[]') }, 400],
  ['a byte order mark', `\ufeff${body}`, { 'x-hub-signature-256': sign(`\ufeff${body}`) }, 400],
] as [string, string, Record<string, string | undefined>, number][]) {
  test(`${why} is answered ${status} and nothing is kept`, async () => {
    const answer = await post(sent, more);
    assert.equal(answer.status, status);
    assert.equal(await answer.text(), 'refused\n');
    assert.equal(saved.length, 0);
  });
}

test('invalid UTF-8 is refused although it is signed', async () => {
  const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
  assert.equal((await post(bytes, { 'x-hub-signature-256': sign(bytes) })).status, 400);
});

test('a signature in the address counts for nothing', async () => {
  const answer = await post(body, { 'x-hub-signature-256': undefined }, `/webhook?x-hub-signature-256=${signature}`);
  assert.equal(answer.status, 401);
});

test('two signature headers are refused', async () => {
  const { port } = new URL(door.url);
  const socket = connect(Number(port), '127.0.0.1');
  const head = Object.entries(headers()).map(([name, value]) => `${name}: ${value}`);
  socket.end(
    ['POST /webhook HTTP/1.1', 'host: x', ...head, `x-hub-signature-256: ${signature}`]
      .concat([`content-length: ${Buffer.byteLength(body)}`, 'connection: close', '', body])
      .join('\r\n'),
  );
  const answer = await new Response(socket as never).text();
  assert.match(answer, /^HTTP\/1\.1 400 /);
  assert.equal(saved.length, 0);
});

test('a body said to be too large is refused before it is read', async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const declared = { ...headers(), 'content-length': String(26 * 1024 * 1024) };
    const call = request(`${door.url}/webhook`, { method: 'POST', headers: declared }, (answer) => {
      resolve(answer.statusCode);
      call.destroy();
    });
    call.on('error', reject);
    call.flushHeaders();
  });
  assert.equal(status, 413);
});

test('a body that turns out too large is refused', async () => {
  const huge = Buffer.alloc(26 * 1024 * 1024, 32);
  const sent = new ReadableStream<Uint8Array>({
    start: (stream) => {
      stream.enqueue(huge);
      stream.close();
    },
  });
  const status = await fetch(`${door.url}/webhook`, {
    ...{ method: 'POST', headers: headers(), body: sent, duplex: 'half' },
  }).then(
    (answer) => answer.status,
    // The connection may be closed before the client has read the answer.
    () => 413,
  );
  assert.equal(status, 413);
  assert.equal(saved.length, 0);
});

test('while nothing can be saved the answer is 503, and ready says so', async () => {
  failing = true;
  assert.equal((await post(body)).status, 503);
  assert.equal((await fetch(`${door.url}/readyz`)).status, 503);
  assert.equal((await fetch(`${door.url}/healthz`)).status, 200);
  failing = false;
  assert.equal((await post(body)).status, 202);
  assert.equal((await fetch(`${door.url}/readyz`)).status, 200);
});

test('a delivery for another App is kept, answered and not handled', async () => {
  const target = { 'x-github-hook-installation-target-type': 'integration' };
  const answer = await post(body, { ...target, 'x-github-hook-installation-target-id': '43' });
  assert.equal(answer.status, 202);
  assert.match(saved[0]!.unhandled!, /foreign/);
});

for (const [method, path, status] of [
  ['GET', '/webhook', 405],
  ['PUT', '/webhook', 405],
  ['POST', '/webhook/', 404],
  ['POST', '//webhook', 404],
  ['POST', '/web%68ook', 404],
  ['GET', '/assets/../../package.json', 404],
  ['GET', '/assets/%2e%2e/page.ts', 404],
] as const) {
  test(`${method} ${path} is ${status}`, async () => {
    const seen = await new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(door.url);
      const call = request({ hostname, port, method, path, headers: headers() }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      call.on('error', reject);
      call.end(method === 'GET' ? undefined : body);
    });
    assert.equal(seen, status);
    assert.equal(saved.length, 0);
  });
}

test('the front page says honestly how the bot is, in both languages', async () => {
  const page = await (await fetch(door.url)).text();
  assert.match(page, /has not received any event yet/);
  const chinese = await (await fetch(door.url, { headers: { 'accept-language': 'zh-CN,zh;q=0.9' } })).text();
  assert.match(chinese, /还没有收到任何事件/);
});

test('pages carry a strict policy and show what was asked as text', async () => {
  const form = new URLSearchParams({ text: '</textarea><script>alert(1)</script>' });
  const answer = await fetch(`${door.url}/check-rules`, { method: 'POST', body: form });
  assert.match(answer.headers.get('content-security-policy')!, /default-src 'none'/);
  assert.doesNotMatch(await answer.text(), /<script>/);
});

test('a form larger than its limit is refused', async () => {
  const form = new URLSearchParams({ text: 'x'.repeat(200_000) });
  assert.equal((await fetch(`${door.url}/check-rules`, { method: 'POST', body: form })).status, 413);
});

test('records of threads are shown to this machine only, never through a proxy', async () => {
  const path = `${door.url}/r/acme/shop/pull/3`;
  assert.equal((await fetch(path)).status, 404);
  assert.equal((await fetch(path, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status, 403);
});

test('all example payloads of GitHub, signed, are taken', async () => {
  const all = (examples as unknown as { name: string; examples: unknown[] }[]).flatMap(({ name, examples }) =>
    examples.map((example) => ({ name, text: JSON.stringify(example) })),
  );
  for (const [i, { name, text }] of all.entries()) {
    const more = { 'x-github-event': name, 'x-github-delivery': `example-${i}`, 'x-hub-signature-256': sign(text) };
    assert.equal((await post(text, more)).status, 202, `${name} ${i}`);
  }
  assert.equal(saved.length, 329);
  const waiting = saved.filter(({ unhandled }) => unhandled === null);
  const noted = saved.filter(({ unhandled }) => unhandled !== null);
  assert.ok(waiting.length > 50 && noted.every(({ unhandled }) => unhandled !== ''));
});
