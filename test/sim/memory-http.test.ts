import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { listening, memoryFetch } from './memory-http.ts';

async function serve(says: string) {
  const server = listening((_request: unknown, response: { end(text: string): void }) => response.end(says));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

test('a process may open servers without end, and one that is open keeps its address', async () => {
  const first = await serve('the first');
  for (let opened = 0; opened < 30_000; opened++) {
    const server = listening();
    assert.notEqual(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, first.url);
    server.emit('close');
  }
  const last = await serve('the last');
  for (const { url } of [first, last]) assert.ok(Number(new URL(url).port) > 0);
  const said = await Promise.all([first, last].map(async ({ url }) => (await memoryFetch(url)).text()));
  assert.deepEqual(said, ['the first', 'the last']);
});
