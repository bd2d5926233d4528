import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { after, suite, test } from 'node:test';
import { listen } from '../../app/receive/listen.ts';
import { ManualClock, until } from '../contracts/manual-clock.ts';

const ask = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const pending: ServerResponse[] = [];
const sockets: Socket[] = [];

/** A server that answers when the test says so. */
async function open() {
  const clock = new ManualClock();
  const listening = await listen((_request, response) => pending.push(response), '127.0.0.1', 0, clock);
  return { clock, listening, port: Number(new URL(listening.url).port) };
}

async function join(port: number) {
  const socket = connect(port, '127.0.0.1');
  const seen = { text: '', closed: false };
  socket.setEncoding('utf8').on('data', (text: string) => (seen.text += text));
  socket.on('error', () => {}).on('close', () => (seen.closed = true));
  sockets.push(socket);
  await once(socket, 'connect');
  const request = async () => {
    const before = pending.length;
    socket.write(ask);
    await until(() => pending.length > before);
    return pending.at(-1) as ServerResponse;
  };
  return { socket, seen, request };
}

suite('a server that stops', () => {
  after(() => {
    for (const socket of sockets) socket.destroy();
  });

  test('answers what was on its way on a connection it had left open, and says that it was the last', async () => {
    const { clock, listening, port } = await open();
    const { seen, request } = await join(port);
    (await request()).end('one');
    await until(() => seen.text.includes('one'));
    assert.match(seen.text, /^connection: keep-alive/im);
    seen.text = '';
    const stopped = listening.stop(1_500);
    const late = await request();
    assert.equal(seen.closed, false);
    late.end('two');
    await stopped;
    await until(() => seen.closed);
    assert.match(seen.text, /^HTTP\/1\.1 200 OK[\s\S]*^connection: close[\s\S]*two/im);
    assert.equal(clock.sleeping, 0, 'no timer is left');
  });

  test('takes no new connection, and closes one that asks nothing after a while', async () => {
    const { clock, listening, port } = await open();
    const { seen, request } = await join(port);
    (await request()).end();
    await until(() => seen.text !== '');
    const stopped = listening.stop(1_500);
    await assert.rejects(join(port), /ECONNREFUSED/);
    assert.equal(seen.closed, false);
    await clock.advance(1_500);
    await stopped;
    await until(() => seen.closed);
  });

  test('waits for an answer that takes long, but not for ever', async () => {
    const { clock, listening, port } = await open();
    const [slow, stuck] = [await join(port), await join(port)];
    const answer = await slow.request();
    await stuck.request();
    let isOver = false;
    const stopped = listening.stop(1_500).then(() => (isOver = true));
    await clock.advance(6_000);
    answer.end('late');
    await until(() => slow.seen.closed);
    assert.match(slow.seen.text, /late/);
    assert.deepEqual([isOver, stuck.seen.closed], [false, false]);
    await clock.advance(4_000);
    await stopped;
    await until(() => stuck.seen.closed);
  });
});
