import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Trouble } from '../../app/github/troubles.ts';
import type { RecoveryPorts } from '../../app/recovery/recovery.ts';
import { sweepRound } from '../../app/recovery/sweep.ts';
import type { InTurn } from '../../app/queue/queue.ts';
import type { Subject } from '../../app/subject.ts';

const place = { repo: { id: 7, owner: 'acme', name: 'shop' }, installation: 1 };
const pulls: readonly Subject[] = [1, 2, 3].map((number) => ({ ...place, kind: 'thread', number }));
const nothing = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

/** How many lanes one round wakes where three pull requests wait for their checks and GitHub says this of the repository. */
async function wokenWhere(answer: () => object, who: 'bot' | null = null): Promise<number> {
  let count = 0;
  const graphql = async () => ({ repository: { databaseId: 7, pullRequests: nothing, issues: nothing, ...answer() } });
  const report = { at: '2026-01-05T09:30:00Z', rulings: [{ verdict: 'wait', who }] };
  const store = {
    ...{ repos: async () => [{ ...place, kind: 'repo' }], openPulls: async () => pulls, turnOf: async () => null },
    ...{ lastConsidered: async () => report, mark: async () => 0, setMark: async () => {} },
  };
  const quiet = () => {};
  const ports = {
    ...{ store, github: { repo: () => ({ read: { graphql } }) }, log: { debug: quiet, info: quiet } },
    ...{
      clock: { now: () => Date.parse('2026-01-05T10:00:00Z'), sleep: async () => {} },
      queue: { addInTurn: async ({ subjects }: InTurn) => void (count += subjects.length) },
    },
  } as unknown as RecoveryPorts;
  await sweepRound(ports).run(new AbortController().signal);
  return count;
}

test('what waits is looked at again', async () => {
  assert.equal(await wokenWhere(() => ({})), 3);
});

test('what the bot itself tries again at a time it set is not looked at in between', async () => {
  assert.equal(await wokenWhere(() => ({}), 'bot'), 0);
});

test('nothing is looked at, for ever, in a repository that was taken away or is archived', async () => {
  const taken = () => {
    throw new Trouble('gone', 'not installed there');
  };
  assert.equal(await wokenWhere(taken), 0);
  assert.equal(await wokenWhere(() => ({ isArchived: true })), 0);
});
