import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inPlace } from '../../app/engine/outcome.ts';
import type { Ports } from '../../app/engine/outcome.ts';
import { spreadBase } from '../../app/engine/wake.ts';
import type { Job } from '../../app/queue/queue.ts';
import type { Subject } from '../../app/subject.ts';

const place = { repo: { id: 7, owner: 'acme', name: 'shop' }, installation: 1 };

const pull = (number: number): Subject => ({ ...place, kind: 'thread', number });
const [inLine, others] = [[pull(12)], [pull(3), pull(4)]];

/** The pull requests a push with this body goes on to, at once and in turn, where only who owns what is looked at. */
async function wokenBy(body: Buffer): Promise<readonly (readonly Subject[])[]> {
  const ports = {
    store: {
      openPulls: async () => [...inLine, ...others],
      line: async () => inLine.map((subject) => ({ subject })),
      delivery: async () => ({ body }),
    },
    ...{ setUp: { last: () => null }, sources: new Map([['owners', { changedBy: [] }]]) },
    clock: { now: () => 0, random: () => 0 },
  } as unknown as Ports;
  const hints = [{ delivery: '1', event: 'push', action: null }];
  const job = { subject: { ...place, kind: 'branch', branch: 'main' }, hints, woken: false } as unknown as Job;
  const { wake, inTurn } = await spreadBase(job, 'main', ports);
  return [wake, inTurn?.subjects ?? []];
}

const push = (file: string) =>
  Buffer.from(JSON.stringify({ forced: false, commits: [{ added: [file], modified: [], removed: [] }] }));

test('a push goes on to pull requests where it may have changed who owns what: at once to those that stand in line', async () => {
  assert.deepEqual(await wokenBy(push('src/OWNERS')), [inLine, others]);
  assert.deepEqual(await wokenBy(push('a.ts')), [[], []]);
});

test('what is stored of a repository goes where its job was told that it is, and others stay where they are', () => {
  const elsewhere: Subject = { kind: 'repo', repo: { id: 8, owner: 'acme', name: 'other' }, installation: 1 };
  const moved = { repo: { id: 7, owner: 'umbrella', name: 'store' }, installation: 2 };
  const job = { subject: { ...moved, kind: 'branch', branch: 'main' } } as unknown as Job;
  const woken = {
    memory: null,
    revisitAt: null,
    wake: [pull(1), elsewhere],
    inTurn: { subjects: [pull(2)], gapMs: 500 },
  };
  assert.deepEqual(inPlace(woken, job), {
    ...{ memory: null, revisitAt: null, wake: [{ ...pull(1), ...moved }, elsewhere] },
    inTurn: { subjects: [{ ...pull(2), ...moved }], gapMs: 500 },
  });
});

test('a push that is done again after its body was let go of may have', async () => {
  assert.deepEqual(await wokenBy(Buffer.alloc(0)), [inLine, others]);
});
