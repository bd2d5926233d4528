import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFixture, type Fixture } from './fake-github-fixture.ts';

let one: Fixture;
before(async () => {
  one = await startFixture({ people: { lin: 'admin' } }, { remembers: true });
  await one.github.act('open-issue', { by: 'lin', as: 'issue', title: 'first' });
});
after(() => one.stop());

const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}';
const title = async () => (await one.call('GET /repos/acme/shop/issues/1')).body.title;
const edit = (text: string) => one.github.act('edit', { of: 'issue', by: 'lin', title: text });

test('a stale read sees the state so many seconds ago, whatever was before the fault', async () => {
  one.pass(60_000);
  await edit('second');
  one.pass(60_000);
  await edit('third');
  one.pass(10_000);
  const ago = async (seconds: number) => {
    one.github.fault({ kind: 'stale-read', route, seconds });
    return title();
  };
  assert.deepEqual(await Promise.all([ago(5), title()]), ['third', 'third']);
  assert.equal(await ago(30), 'second');
  assert.equal(await ago(100), 'first');
  assert.equal(await title(), 'third');
});

test('a write of the bot is seen late, too', async () => {
  const comments = async () => (await one.call('GET /repos/acme/shop/issues/1/comments')).body.length;
  await one.call('POST /repos/acme/shop/issues/1/comments', { body: 'hello' });
  one.pass(10_000);
  one.github.fault({ kind: 'stale-read', only: 'reads', caller: 'installation', seconds: 30 });
  assert.equal(await comments(), 0);
  assert.equal(await comments(), 1);
});

test('a stale state is only shown: writes act on what is true', async () => {
  one.github.fault({ kind: 'stale-read', seconds: 1000, times: 3 });
  const { status } = await one.call('PATCH /repos/acme/shop/issues/1', { title: 'fourth' });
  assert.deepEqual([status, one.github.thread('issue').title], [200, 'fourth']);
});

test('what is new is not found for a while, by reads, queries and writes; what is old is', async () => {
  one.pass(3_600_000);
  await one.github.act('open-issue', { by: 'lin', as: 'fresh', title: 'new' });
  one.github.fault({ kind: 'not-found-yet', seconds: 20, until: one.now() + 3_600_000 });
  const status = async (number: number) => (await one.call(`GET /repos/acme/shop/issues/${number}`)).status;
  const query = 'query($n: Int!) {repository(owner: "acme", name: "shop") {issue(number: $n) {title}}}';
  const { body: token } = await one.asApp(`POST /app/installations/${one.github.app.installationId}/access_tokens`, {});
  const ask = async () =>
    (await one.call('POST /graphql', { query, variables: { n: 2 } }, { token: token.token })).body;
  const say = async () => (await one.call('POST /repos/acme/shop/issues/2/comments', { body: 'hello' })).status;
  assert.deepEqual([await status(1), await status(2)], [200, 404]);
  assert.equal((await ask()).errors[0].type, 'NOT_FOUND');
  assert.equal(await say(), 404);
  assert.deepEqual(one.github.thread('fresh').comments, []);
  one.pass(21_000);
  assert.equal(await status(2), 200);
  assert.equal((await ask()).data.repository.issue.title, 'new');
  assert.equal(await say(), 201);
  assert.equal(one.github.thread('fresh').comments.length, 1);
});
