import assert from 'node:assert/strict';
import { test } from 'node:test';
import comments from '../../app/facts/comments.ts';
import type { Learning } from '../../app/facts/fact.ts';
import happened from '../../app/facts/happened.ts';
import repo from '../../app/facts/repo.ts';
import thread from '../../app/facts/thread.ts';
import { Trouble } from '../../app/github/troubles.ts';

const viewer = { login: 'github-bot[bot]', id: 9 };
const at = '2026-01-05T09:00:00Z';

function learning(seen: object, repository: object = {}): Learning {
  const place = { id: 7, owner: 'acme', name: 'shop' };
  return {
    answer: { viewer, repository, thread: seen, isPull: false },
    subject: { kind: 'thread', repo: place, installation: 1, number: 12 },
    ...{ read: {}, ask: { who: [], appId: 1 }, known: {} },
  } as unknown as Learning;
}

const whole = {
  ...{ number: 12, title: 'A thread', body: '', issueState: 'OPEN', stateReason: null, author: null, locked: false },
  ...{ createdAt: at, labels: null, comments: { nodes: [] }, timelineItems: { nodes: [] } },
  ...{ assignees: { nodes: [] }, url: 'https://github.com/acme/shop/issues/12' },
};
const event = (more: object) => ({ __typename: 'LabeledEvent', id: 'E1', createdAt: at, actor: null, ...more });
const kindsIn = (nodes: readonly unknown[]) => {
  const seen = happened.learn(learning({ ...whole, timelineItems: { nodes } }));
  return seen.map(({ kind, object, actor }) => [kind, object, actor.login]);
};
const opened = ['opened', 'A thread', 'ghost'];

test('what happened may hold gaps, kinds nobody knows yet, and people who are gone', () => {
  const nodes = [null, { __typename: 'PurredEvent' }, event({ label: { name: 'bug' } }), { __typename: 'constructor' }];
  assert.deepEqual(kindsIn(nodes), [opened, ['labeled', 'bug', 'ghost']]);
  assert.deepEqual(kindsIn([event({ label: null })]), [opened, ['labeled', '', 'ghost']]);
});

test('a kind that is known in another shape is not believed', () => {
  assert.throws(
    () => kindsIn([event({ id: 5 })]),
    (error) => error instanceof Trouble && error.kind === 'broken',
  );
});

test('a thread of somebody who is gone is nobody’s, and none of ours', () => {
  const seen = thread.learn(learning(whole));
  assert.deepEqual([seen.author.login, seen.author.us, seen.author.id, seen.labels], ['ghost', false, null, []]);
});

test('somebody without a number is not taken for us', () => {
  const author = { __typename: 'Mannequin', login: 'github-bot' };
  assert.equal(thread.learn(learning({ ...whole, author })).author.us, false);
});

test('an empty repository has no default branch and no labels', async () => {
  const empty = {
    ...{ description: null, isInOrganization: true, isPrivate: true, isArchived: false, defaultBranchRef: null },
    ...{
      nameWithOwner: 'acme/shop',
      labels: null,
      mergeCommitAllowed: true,
      squashMergeAllowed: true,
      rebaseMergeAllowed: true,
    },
  };
  const seen = await repo.learn(learning(whole, empty));
  assert.deepEqual([seen.defaultBranch, seen.labels], ['', { names: [], complete: true }]);
});

test('a marker counts only in a comment of ours, on its first line', async () => {
  const comment = (body: string, viewerDidAuthor: boolean) => ({
    ...{ id: 'C', fullDatabaseId: '1', body, viewerDidAuthor, isMinimized: false, createdAt: at, author: null },
  });
  const marker = '<!-- github-bot:card -->';
  const nodes = [comment(`${marker}\nx`, false), comment(`hello\n${marker}`, true), comment(`${marker}\nours`, true)];
  const pageInfo = { hasPreviousPage: false, startCursor: null };
  const seen = await comments.learn(learning({ ...whole, comments: { nodes, pageInfo } }));
  assert.deepEqual(
    seen.map(({ body }) => body),
    [`${marker}\nours`],
  );
});

test('on a thread with more comments than are read the card is found by its id, unless it is gone', async () => {
  const card = { ...{ id: 'IC_1', fullDatabaseId: '1', viewerDidAuthor: true, isMinimized: false, createdAt: at } };
  const full = { nodes: [], pageInfo: { hasPreviousPage: true, startCursor: 'c' } };
  const asked: string[] = [];
  const seen = (node: unknown, remembered = 'IC_1') => {
    const graphql = async (document: string, { id }: { id?: string }) => {
      if (!document.includes('node(id')) return { repository: { issueOrPullRequest: { comments: full } } };
      asked.push(id ?? '');
      if (node instanceof Error) throw node;
      return { node };
    };
    const learn = { ...learning({ ...whole, comments: full }), read: { graphql }, card: remembered };
    return comments.learn(learn as unknown as Parameters<typeof comments.learn>[0]);
  };
  const body = '<!-- github-bot:card -->\nPlease.';
  assert.deepEqual(
    (await seen({ ...card, body })).map(({ nodeId, key }) => [nodeId, key]),
    [['IC_1', 'card']],
  );
  assert.deepEqual(await seen({ ...card, body: 'of somebody else', viewerDidAuthor: false }), []);
  assert.deepEqual(await seen(null), []);
  assert.deepEqual(await seen(new Trouble('gone', 'no such node')), []);
  assert.deepEqual([await seen({ ...card, body }, ''), asked.length], [[], 4]);
  await assert.rejects(() => seen(new Trouble('later', 'busy')));
});
