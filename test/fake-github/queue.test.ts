import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFixture, type Fixture } from './fake-github-fixture.ts';

let one: Fixture;
const act = (step: string, keys: Record<string, unknown>) => one.github.act(step, keys);
const events = () =>
  one.heard.filter(({ event }) => event === 'merge_group').map(({ payload }) => [payload.action, payload.reason]);

before(async () => {
  one = await startFixture({ people: { lin: 'admin' }, protection: { main: { checks: ['build'], queue: true } } });
  for (const [as, file] of [
    ['one', 'a.ts'],
    ['two', 'b.ts'],
  ] as const) {
    await act('open-pull', { by: 'lin', as, title: as, files: { [file]: '1' } });
    await act('check', { of: as, name: 'build', conclusion: 'success' });
  }
});
after(() => one.stop());

const enqueue = async (number: number, head?: string) => {
  const id = (await one.call(`GET /repos/acme/shop/pulls/${number}`)).body.node_id as string;
  const document = `mutation($id: ID!, $head: GitObjectID) { enqueuePullRequest(input: {pullRequestId: $id, expectedHeadOid: $head}) {
    mergeQueueEntry { position state headCommit { oid } } } }`;
  return one.graphql(document, { id, ...(head === undefined ? {} : { head }) });
};

test('nobody merges past the queue', async () => {
  const { status, body } = await one.call('PUT /repos/acme/shop/pulls/1/merge', {});
  assert.equal(status, 405);
  assert.match(body.message, /through the merge queue/);
});

test('an entry names its place; another head and a second time are refused', async () => {
  assert.equal((await enqueue(1, '0'.repeat(40))).errors[0].type, 'UNPROCESSABLE');
  const { mergeQueueEntry: first } = (await enqueue(1)).data.enqueuePullRequest;
  assert.equal(first.position, 1);
  assert.equal((await enqueue(1)).errors[0].type, 'UNPROCESSABLE');
  assert.equal((await enqueue(2)).data.enqueuePullRequest.mergeQueueEntry.position, 2);
  const query = `query { repository(owner: "acme", name: "shop") { mergeQueue(branch: "main") { entries(first: 5) { totalCount } }
    pullRequest(number: 1) { isInMergeQueue isMergeQueueEnabled mergeQueueEntry { state } } } }`;
  const { mergeQueue, pullRequest } = (await one.graphql(query)).data.repository;
  assert.equal(mergeQueue.entries.totalCount, 2);
  const entry = { state: 'AWAITING_CHECKS' };
  assert.deepEqual(pullRequest, { isInMergeQueue: true, isMergeQueueEnabled: true, mergeQueueEntry: entry });
});

test('what fails falls out, what stood behind it is built anew and lands when it is green', async () => {
  const query = `query { repository(owner: "acme", name: "shop") { pullRequest(number: 1) { mergeQueueEntry { headCommit { oid } } } } }`;
  const { oid } = (await one.graphql(query)).data.repository.pullRequest.mergeQueueEntry.headCommit;
  await one.call('POST /repos/acme/shop/statuses/' + oid, { state: 'failure', context: 'build' });
  assert.equal(one.github.thread('one').queued, false);
  assert.equal(one.github.thread('two').queued, true);
  await act('check', { on: 'group', name: 'build', conclusion: 'success' });
  assert.equal(one.github.thread('two').state, 'merged');
  assert.equal(one.github.thread('one').state, 'open');
  await one.quiet();
  assert.deepEqual(events(), [
    ['checks_requested', undefined],
    ['checks_requested', undefined],
    ['destroyed', 'dequeued'],
    ['destroyed', 'invalidated'],
    ['checks_requested', undefined],
    ['destroyed', 'merged'],
  ]);
  const out = one.heard.filter(({ payload }) => payload.action === 'dequeued').map(({ payload }) => payload.reason);
  assert.deepEqual(out, ['CI_FAILURE', 'MERGE']);
});
