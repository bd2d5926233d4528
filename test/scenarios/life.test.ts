import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { lifeFetch } from './life.ts';

async function serve(): Promise<{ url: string; held: ServerResponse[]; seen: () => number; stop: () => void }> {
  const held: ServerResponse[] = [];
  let seen = 0;
  const server = createServer((request, response) => {
    seen += 1;
    if (request.url === '/hold') held.push(response);
    else response.end('done');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, held, seen: () => seen, stop };
}

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
};

test('requests in flight are counted, and their answers arrive', async () => {
  const { url, held, stop } = await serve();
  const { fetch, asking } = lifeFetch(globalThis.fetch);
  const answer = fetch(`${url}/hold`);
  await until(() => held.length === 1);
  assert.equal(asking(), 1);
  held[0]?.end('late');
  assert.equal(await (await answer).text(), 'late');
  assert.equal(asking(), 0);
  stop();
});

test('once cut, what is in flight never answers and nothing starts any more', async () => {
  const { url, held, seen, stop } = await serve();
  const { fetch, asking, cut } = lifeFetch(globalThis.fetch);
  let settled = 0;
  const note = () => void (settled += 1);
  void fetch(`${url}/hold`).then(note, note);
  await until(() => held.length === 1);
  cut();
  await until(() => held[0]?.destroyed === true);
  void fetch(url).then(note, note);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual([settled, seen(), asking()], [0, 1, 0]);
  stop();
});

test('a caller may still give up, and a failure is told', async () => {
  const { url, held, stop } = await serve();
  const { fetch, asking } = lifeFetch(globalThis.fetch);
  const giveUp = new AbortController();
  const answer = fetch(`${url}/hold`, { signal: giveUp.signal });
  await until(() => held.length === 1);
  giveUp.abort(new Error('enough'));
  await assert.rejects(answer, /enough/);
  await assert.rejects(fetch('http://127.0.0.1:1'));
  assert.equal(asking(), 0);
  stop();
});
