import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { deliver, startServer } from './server-process.ts';

const traced = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
const calls = 'read,write,writev,sendto,pwrite64,fsync,fdatasync';
const folder = mkdtempSync(join(tmpdir(), 'github-bot-durable-'));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Order {
  readonly answered: number;
  /** Answers before which their delivery was not written and synced. */
  readonly early: readonly string[];
  readonly syncs: number;
}

/** What a trace of the server says: after the request was read, its log was written, then synced, and only then it was answered. */
function orderIn(trace: string): Order {
  const readAt = new Map<string, number>();
  const early: string[] = [];
  let [written, synced, syncs, answered] = [-1, -1, 0, 0];
  for (const [at, line] of trace.split('\n').entries()) {
    const [, name = '', file = ''] = /^(\w+)\((\d+<[^>]*>)/.exec(line) ?? [];
    if (name === 'read' && !line.endsWith('= 0')) readAt.set(file, at);
    if (name === 'pwrite64' && file.endsWith('-wal>')) written = at;
    const isSync = /^f(data)?sync$/.test(name) && file.endsWith('-wal>') && line.endsWith('= 0');
    // A sync makes durable what was written before it.
    if (isSync) [synced, syncs] = [written, syncs + 1];
    if (!/^(write|writev|sendto)$/.test(name) || !line.includes('HTTP/1.1 202')) continue;
    answered += 1;
    if (synced < (readAt.get(file) ?? Infinity)) early.push(line);
  }
  return { answered, early, syncs };
}

async function trace(name: string, send: (url: string) => Promise<unknown>): Promise<Order> {
  const file = join(folder, `${name}.strace`);
  // With -D the tracer is no parent of the server, and ends its file a moment after it.
  const wrap = ['strace', '-D', '-y', '-s', '64', '-e', `trace=${calls}`, '-o', file];
  const server = await startServer(join(folder, name), wrap);
  try {
    await send(server.url);
  } finally {
    await server.end();
  }
  for (let tries = 0; tries < 500 && !readFileSync(file, 'utf8').includes('+++ '); tries++) await setTimeout(10);
  return orderIn(readFileSync(file, 'utf8'));
}

suite('a 202 is given only for what is on the disk', { skip: traced ? false : 'strace cannot trace here' }, () => {
  test('200 deliveries one after the other', async () => {
    const { answered, early, syncs } = await trace('one-by-one', async (url) => {
      for (let sent = 0; sent < 200; sent++) assert.equal(await deliver(url), 202);
    });
    assert.deepEqual([answered, early], [200, []]);
    assert.ok(syncs >= 200, `${syncs}`);
  });
  test('200 deliveries at once, which may share their commits', async () => {
    const { answered, early } = await trace('at-once', async (url) => {
      const statuses = await Promise.all(Array.from({ length: 200 }, () => deliver(url)));
      assert.deepEqual([...new Set(statuses)], [202]);
    });
    assert.deepEqual([answered, early], [200, []]);
  });
});

test('an answer before its sync would be seen', () => {
  const lines = (...names: string[]) => names.map((name) => whole[name as keyof typeof whole]).join('\n');
  const whole = {
    read: 'read(9<socket:[1]>, "POST /webhook", 65536) = 700',
    write: 'pwrite64(5</d/github-bot.sqlite-wal>, "x", 4096, 0) = 4096',
    sync: 'fdatasync(5</d/github-bot.sqlite-wal>) = 0',
    answer: 'write(9<socket:[1]>, "HTTP/1.1 202 Accepted", 99) = 99',
  };
  const early = (...names: string[]) => orderIn(lines(...names)).early.length;
  assert.equal(early('read', 'write', 'sync', 'answer'), 0);
  assert.equal(early('read', 'write', 'answer', 'sync'), 1);
  assert.equal(early('write', 'sync', 'read', 'answer'), 1);
  assert.equal(early('write', 'read', 'sync', 'answer'), 1);
});
