import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HeadFact } from '../../app/facts/command-facts.ts';
import type { Learning } from '../../app/facts/fact.ts';
import head from '../../app/facts/head.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';

const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
const tree = '1'.repeat(40);
const long = '2026-01-05T08:00:00Z';
const createdAt = '2026-01-05T09:00:00Z';
const justNow = '2026-01-05T09:49:50.000Z';

interface Remembered {
  readonly head?: HeadFact | null;
  readonly pushedAt?: string | null;
  readonly openedWith?: string | null;
}

/** What is learnt of the head `sha`, where GitHub's record of pushes knows nothing. */
const learn = (sha: string, { head: before = null, pushedAt = null, openedWith = null }: Remembered) => {
  const thread = { headRefOid: sha, tip: { nodes: [{ commit: { oid: sha, tree: { oid: tree } } }] } };
  const learning = {
    ...{
      known: plainFacts({ thread: { createdAt } }),
      answer: { thread, isPull: true },
      read: { get: async () => null },
    },
    ...{ subject: { repo: { owner: 'acme', name: 'shop' } } },
    ask: { recalled: { head: before, pushedAt, openedWith } },
  } as unknown as Learning;
  return head.learn(learning);
};

test('a head that was pushed, replaced and put back is as young as the last push', async () => {
  const before = { sha: a, tree, since: long, first: false };
  assert.deepEqual(await learn(a, { head: before, pushedAt: justNow }), { ...before, since: justNow });
  assert.deepEqual(await learn(a, { head: { ...before, first: true }, pushedAt: justNow }), {
    ...before,
    since: justNow,
  });
});

test('a push that is told of again makes no head older, and none known', async () => {
  const before = { sha: a, tree, since: justNow, first: false };
  assert.deepEqual(await learn(a, { head: before, pushedAt: long }), before);
  const unknown = { ...before, since: null };
  assert.deepEqual(await learn(a, { head: unknown, pushedAt: long }), unknown);
  assert.deepEqual(await learn(a, { head: before }), before);
});

test('only what a pull request was opened with is its first head', async () => {
  assert.deepEqual(await learn(a, { openedWith: a }), { sha: a, tree, since: createdAt, first: true });
  assert.deepEqual(await learn(b, { openedWith: a, pushedAt: justNow }), {
    sha: b,
    tree,
    since: justNow,
    first: false,
  });
  // The delivery that tells of the push is still under way.
  assert.deepEqual(await learn(b, { openedWith: a }), { sha: b, tree, since: null, first: false });
  // It was put back within the same burst.
  assert.deepEqual(await learn(a, { openedWith: a, pushedAt: justNow }), {
    sha: a,
    tree,
    since: justNow,
    first: false,
  });
});
