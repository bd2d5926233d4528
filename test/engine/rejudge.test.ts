import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ports } from '../../app/engine/outcome.ts';
import { rejudge } from '../../app/engine/rejudge.ts';
import type { Hint, Job } from '../../app/queue/queue.ts';
import { everything } from '../commands/every-command.ts';

const subject = { kind: 'repo', repo: { id: 7, owner: 'acme', name: 'shop' }, installation: 1 } as const;

/** What is remembered of a repository without open threads after this happened in it; the bot has just been started. */
async function remembered(hint: Omit<Hint, 'delivery'>) {
  const repository = { databaseId: 7, isArchived: false, defaultBranchRef: null, object: null };
  const setup = { ...everything(), subject, key: '', good: null, goodAbove: [], seen: [] };
  const ports = {
    github: { repo: () => ({ read: { graphql: async () => ({ repository }) } }) },
    setUp: { last: () => null, of: async () => setup, forget: () => {}, takeMoved: () => false, known: () => [] },
    store: { inForce: async () => null, setInForce: async () => {}, repos: async () => [], buildersOn: async () => [] },
    clock: { now: () => 0, random: () => 0 },
  };
  const job = { subject, lane: '7', hints: [{ ...hint, delivery: 'd' }], attempt: 1, woken: false };
  return (await rejudge(job as unknown as Job, ports as unknown as Ports)).memory;
}

test('a repository that was made private is hidden at once, even by a bot that knows nothing of it yet', async () => {
  const hidden = await remembered({ event: 'repository', action: 'privatized' });
  assert.deepEqual([hidden?.isPublic, hidden?.builtOn], [false, undefined]);
  const pushed = await remembered({ event: 'push', action: null });
  assert.equal(pushed?.isPublic, undefined);
});
