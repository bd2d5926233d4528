import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { suite, test } from 'node:test';
import { openHouse } from '../web/house.ts';
import { freshBody, headersFor, webhookSecret } from './server-process.ts';

const former = 'the-secret-of-before-the-rotation-0123456789';
const hour = 3_600_000;
type House = Awaited<ReturnType<typeof openHouse>>;

async function post(house: House, body: string | Buffer, headers: Record<string, string | string[]>): Promise<number> {
  const call = request(`${house.url}/webhook`, { method: 'POST', headers, agent: false });
  call.end(body);
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode ?? 0;
}

const stored = async ({ store }: House) => (await store.deliveries({ limit: 100 })).length;

suite('what a delivery says of itself', () => {
  for (const name of ['x-hub-signature-256', 'x-github-delivery', 'x-github-event', 'x-github-hook-id']) {
    test(`${name} twice is refused, whatever it says`, async (t) => {
      const house = await openHouse(t, { secrets: [webhookSecret] });
      const body = freshBody();
      const headers: Record<string, string> = { ...headersFor(body), 'x-github-hook-id': '9' };
      assert.equal(await post(house, body, { ...headers, [name]: [headers[name] ?? '', headers[name] ?? ''] }), 400);
      assert.equal(await stored(house), 0);
      assert.equal(await post(house, body, headers), 202);
    });
  }

  test('deep, huge and doubled values are refused or harmless, and the next request is served', async (t) => {
    const house = await openHouse(t, { secrets: [webhookSecret] });
    const bodies = [
      `${'['.repeat(200_000)}${']'.repeat(200_000)}`,
      `{"a":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
      freshBody().replace('"id":7', '"id":9007199254740993'),
      freshBody().replace('"id":7', '"id":1e400'),
      freshBody().replace('"issue":', '"__proto__":{"polluted":true},"issue":[],"issue":'),
      'null',
      '"text"',
    ];
    for (const body of bodies) {
      const status = await post(house, body, headersFor(body));
      assert.ok([202, 400].includes(status), `${status} for ${body.slice(0, 40)}`);
    }
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    const good = freshBody();
    assert.equal(await post(house, good, headersFor(good)), 202);
  });
});

suite('while the secret is exchanged', () => {
  test('both are good, and each use of the former one is told', async (t) => {
    const house = await openHouse(t, { secrets: [webhookSecret, former] });
    const [one, other] = [freshBody(), freshBody()];
    assert.equal(await post(house, one, headersFor(one)), 202);
    assert.equal(house.lines.filter((line) => line.includes('previous secret')).length, 0);
    assert.equal(await post(house, other, headersFor(other, former)), 202);
    assert.equal(house.lines.filter((line) => line.includes('signed with the previous secret')).length, 1);
    assert.ok(!house.lines.join().includes(former));
  });
  test('afterwards the former one is refused', async (t) => {
    const house = await openHouse(t, { secrets: [webhookSecret] });
    const body = freshBody();
    assert.equal(await post(house, body, headersFor(body, former)), 401);
    assert.equal(await stored(house), 0);
  });
});

test('a captured delivery sent again at once is folded, and sent again later is no more than a hint', async (t) => {
  const house = await openHouse(t, { secrets: [webhookSecret] });
  const body = freshBody();
  const headers = headersFor(body);
  assert.equal(await post(house, body, headers), 202);
  assert.equal(await post(house, body, { ...headers, 'x-github-delivery': randomUUID() }), 202);
  const lanes = async () => (await house.queue.depth()).ready;
  assert.equal(await lanes(), 1);
  for (const later of [hour, 8 * 24 * hour]) {
    await house.clock.advance(later);
    assert.equal(await post(house, body, { ...headers, 'x-github-delivery': randomUUID() }), 202);
    assert.equal(await lanes(), 1, 'one thread waits, once');
  }
  for (const event of ['pull_request', 'issues', 'check_run', 'push']) {
    assert.equal(await post(house, body, { ...headers, 'x-github-event': event }), 400, event);
  }
});

suite('the address that was called', () => {
  const raw = async (house: House, text: string) => {
    const socket = connect(Number(new URL(house.url).port), '127.0.0.1');
    socket.end(text);
    return new Response(socket as never).text();
  };
  test('a foreign host leads nowhere else and is not repeated', async (t) => {
    const house = await openHouse(t);
    for (const path of ['/', '/deliveries', '/check-rules', '/r/acme/shop', '/nowhere']) {
      const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
      const answer = await house.ask(path, { headers: { ...headers, accept: 'text/html' } });
      assert.doesNotMatch(`${JSON.stringify(answer.headers)}${answer.text}`, /evil\.example/, path);
    }
  });
  test('the absolute form of a request line is the same door', async (t) => {
    const house = await openHouse(t, { secrets: [webhookSecret] });
    const body = freshBody();
    const answer = await raw(
      house,
      `POST http://evil.example/webhook HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    assert.match(answer, /^HTTP\/1\.1 401 /);
    assert.doesNotMatch(answer, /evil\.example/);
  });
  test('two lengths, or a length and chunks, are no request', async (t) => {
    const house = await openHouse(t);
    for (const lines of ['content-length: 3\r\ncontent-length: 4', 'content-length: 3\r\ntransfer-encoding: chunked'])
      assert.match(await raw(house, `POST /webhook HTTP/1.1\r\nhost: a\r\n${lines}\r\n\r\nabc`), /^HTTP\/1\.1 400 /);
  });
});

const mebibyte = 1024 * 1024;

/** Sends `size` bytes of a body that has no end, and tells the status of an answer, should one come before the end. */
function sendEndless(house: House, size: number): { readonly call: ClientRequest; readonly answer: Promise<number> } {
  const headers = { ...headersFor('x'), 'transfer-encoding': 'chunked' };
  const call = request(`${house.url}/webhook`, { method: 'POST', headers, agent: false });
  const answer = new Promise<number>((resolve) => {
    call.on('response', ({ statusCode = 0 }) => resolve(statusCode));
    call.on('error', () => resolve(0));
  });
  call.write(Buffer.alloc(size));
  return { call, answer };
}

test('bodies that nobody signed fill the memory to a bound, and ordinary deliveries still come in', async (t) => {
  const house = await openHouse(t, { secrets: [webhookSecret] });
  // Three of them would leave a quarter of a mebibyte.
  const open = Array.from({ length: 3 }, () => sendEndless(house, 21.25 * mebibyte));
  const answered: number[] = [];
  for (const { answer } of open) void answer.then((status) => answered.push(status));
  assert.equal(await Promise.race(open.map(({ answer }) => answer)), 503);
  for (let sent = 0; sent < 20; sent++) {
    const body = freshBody(500_000);
    assert.equal(await post(house, body, headersFor(body)), 202);
  }
  assert.deepEqual(answered, [503], 'the other two are held');
  for (const { call } of open) call.destroy();
  assert.equal(await stored(house), 20);
});
