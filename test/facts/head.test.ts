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
  /** Whose repository the branch is in. */
  readonly owner?: object | null;
  /** GitHub's record of the branch; null: it is a fork's. */
  readonly moves?: readonly object[] | null;
}

/** What is learnt of the head `sha`. */
const learn = (sha: string, given: Remembered) => {
  const { head: before = null, pushedAt = null, openedWith = null, owner = null, moves = null } = given;
  const content = { nodes: [{ commit: { oid: sha } }] };
  const thread = {
    ...{ headRefOid: sha, tip: { nodes: [{ commit: { oid: sha, tree: { oid: tree } } }] }, content },
    headRepositoryOwner: owner,
  };
  const learning = {
    ...{
      known: plainFacts({ thread: { createdAt }, pull: { fork: moves === null } }),
      answer: { thread, isPull: true },
      read: { get: async () => moves },
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

const zoe = { __typename: 'User', login: 'zoe', databaseId: 2006 };
const known = { id: 2006, login: 'zoe' };
const move = (
  after: string,
  activity_type: string,
  [id, login, type = 'User']: readonly [number, string, string?],
) => ({
  ...{ after, timestamp: long, activity_type, actor: { id, login, type } },
});

test('whoever pushed what it has before it was opened is known', async () => {
  const pushersOf = async (moves: readonly object[]) => (await learn(a, { moves, openedWith: a }))?.pushers;
  assert.deepEqual(await pushersOf([move(a, 'push', [2006, 'zoe'])]), [known]);
  assert.deepEqual(await pushersOf([move(a, 'branch_creation', [2006, 'zoe']), move(a, 'push', [2006, 'zoe'])]), [
    known,
  ]);
  const others = [move(b, 'push', [2006, 'zoe']), move(a, 'pr_merge', [2006, 'zoe']), move(a, 'push', [9, 'x', 'Bot'])];
  assert.equal(await pushersOf([...others, { ...move(a, 'push', [1, 'y']), actor: null }]), undefined);
});

test('whose fork it is may have pushed, an organisation has not', async () => {
  assert.deepEqual((await learn(a, { owner: zoe, openedWith: a }))?.pushers, [known]);
  assert.equal((await learn(a, { owner: { ...zoe, __typename: 'Organization' } }))?.pushers, undefined);
  assert.equal((await learn(a, { owner: zoe, moves: [] }))?.pushers, undefined);
});

test('who pushed stays known, and is asked for anew only where no delivery told of the push', async () => {
  const before = { sha: b, tree, since: long, first: false, pushers: [{ id: 1, login: 'y' }] };
  const moves = [move(a, 'push', [2006, 'zoe'])];
  const pushersAfter = async (more: Remembered, sha = a) =>
    (await learn(sha, { head: before, moves, ...more }))?.pushers;
  assert.deepEqual(await pushersAfter({}), [...before.pushers, known]);
  assert.deepEqual(await pushersAfter({ pushedAt: justNow }), before.pushers);
  assert.deepEqual(await pushersAfter({}, b), before.pushers);
});
