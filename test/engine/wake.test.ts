import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ports } from '../../app/engine/outcome.ts';
import { spreadBase } from '../../app/engine/wake.ts';
import type { Job } from '../../app/queue/queue.ts';

const place = { repo: { id: 7, owner: 'acme', name: 'shop' }, installation: 1 };

/** How many pull requests a push with this body goes on to, where only who owns what is looked at. */
async function wokenBy(body: Buffer): Promise<number> {
  const ports = {
    store: {
      openPulls: async () => [{ ...place, kind: 'thread', number: 12 }],
      delivery: async () => ({ body }),
    },
    ...{ setUp: { last: () => null }, sources: new Map([['owners', { changedBy: [] }]]) },
    clock: { now: () => 0, random: () => 0 },
  } as unknown as Ports;
  const hints = [{ delivery: '1', event: 'push', action: null }];
  const job = { subject: { ...place, kind: 'branch', branch: 'main' }, hints, woken: false } as unknown as Job;
  return (await spreadBase(job, 'main', ports)).wake.length;
}

const push = (file: string) =>
  Buffer.from(JSON.stringify({ forced: false, commits: [{ added: [file], modified: [], removed: [] }] }));

test('a push goes on to pull requests where it may have changed who owns what', async () => {
  assert.deepEqual([await wokenBy(push('src/OWNERS')), await wokenBy(push('a.ts'))], [1, 0]);
});

test('a push that is done again after its body was let go of may have', async () => {
  assert.equal(await wokenBy(Buffer.alloc(0)), 1);
});
