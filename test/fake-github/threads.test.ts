import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFixture, type Fixture } from './fake-github-fixture.ts';

let one: Fixture;
const repo = '/repos/acme/shop';
before(async () => {
  one = await startFixture({
    people: { lin: 'admin', chen: 'write', zoe: 'triage', bob: 'read' },
    members: ['lin'],
    teams: { reviewers: ['chen'] },
    labels: ['bug'],
    milestones: ['v1.0'],
  });
});
after(() => one.stop());

const events = () => one.heard.map(({ event, payload }) => `${event}.${payload.action ?? ''}`);
const settle = async () => {
  await one.quiet();
  const seen = events();
  one.heard.length = 0;
  return seen;
};

test('an issue opened by a person is read, labelled and commented by the bot', async () => {
  await one.github.act('open-issue', { by: 'bob', as: 'issue', title: 'It breaks', body: 'badly', labels: ['bug'] });
  assert.deepEqual(await settle(), ['issues.opened', 'issues.labeled']);
  const { body } = await one.call(`GET ${repo}/issues/1`);
  assert.deepEqual([body.title, body.user.login, body.labels[0].name, body.state], ['It breaks', 'bob', 'bug', 'open']);
  await one.call(`POST ${repo}/issues/1/labels`, { labels: ['BUG', 'invalid'] });
  const written = await one.call(`POST ${repo}/issues/1/comments`, { body: 'Hello' });
  assert.equal(written.body.user.login, 'github-bot[bot]');
  assert.deepEqual(await settle(), ['label.created', 'issues.labeled', 'issue_comment.created']);
  const view = one.github.thread('issue');
  assert.deepEqual(view.labels, ['bug', 'invalid']);
  assert.deepEqual([view.comments[0]?.us, view.comments[0]?.body], [true, 'Hello']);
});

test('webhooks are signed and say who and where', async () => {
  await one.github.act('edit', { of: 'issue', by: 'bob', title: 'It breaks more', body: 'worse' });
  await one.quiet();
  const [edited] = one.heard.splice(0);
  assert.equal(edited?.signed, true);
  assert.deepEqual(edited?.payload.changes, { title: { from: 'It breaks' }, body: { from: 'badly' } });
  assert.equal(edited?.payload.installation.id, one.github.app.installationId);
  assert.equal(edited?.payload.repository.full_name, 'acme/shop');
  assert.equal(edited?.payload.sender.login, 'bob');
});

test('labels: already there, unknown, removed twice', async () => {
  const again = await one.call(`POST ${repo}/labels`, { name: 'Bug', color: 'ff0000' });
  assert.deepEqual([again.status, again.body.errors[0].code], [422, 'already_exists']);
  assert.equal((await one.call(`GET ${repo}/labels/nowhere`)).status, 404);
  assert.equal((await one.call(`DELETE ${repo}/issues/1/labels/invalid`)).status, 200);
  const gone = await one.call(`DELETE ${repo}/issues/1/labels/invalid`);
  assert.deepEqual([gone.status, gone.body.message], [404, 'Label does not exist']);
});

test('a comment is edited, minimised without a webhook, reacted to and deleted', async () => {
  const { body: made } = await one.call(`POST ${repo}/issues/1/comments`, { body: 'first' });
  await one.call(`PATCH ${repo}/issues/comments/${made.id}`, { body: 'second' });
  await settle();
  const mutation =
    'mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: RESOLVED}) { minimizedComment { isMinimized minimizedReason } } }';
  const { data } = await one.graphql(mutation, { id: made.node_id });
  assert.deepEqual(data.minimizeComment.minimizedComment, { isMinimized: true, minimizedReason: 'resolved' });
  assert.equal(
    (await one.call(`POST ${repo}/issues/comments/${made.id}/reactions`, { content: 'rocket' })).status,
    201,
  );
  assert.equal(
    (await one.call(`POST ${repo}/issues/comments/${made.id}/reactions`, { content: 'rocket' })).status,
    200,
  );
  assert.deepEqual(await settle(), []);
  const view = one.github.thread('issue').comments.at(-1);
  assert.deepEqual([view?.body, view?.minimized, view?.reactions], ['second', true, ['rocket']]);
  assert.equal((await one.call(`DELETE ${repo}/issues/comments/${made.id}`)).status, 204);
  assert.deepEqual(await settle(), ['issue_comment.deleted']);
});

test('closing with a reason, reopening, locking, milestones', async () => {
  await one.call(`PATCH ${repo}/issues/1`, { state: 'closed', state_reason: 'not_planned', milestone: 1 });
  let view = one.github.thread('issue');
  assert.deepEqual([view.state, view.reason, view.milestone], ['closed', 'not_planned', 'v1.0']);
  await one.github.act('reopen', { of: 'issue', by: 'lin' });
  await one.call(`PUT ${repo}/issues/1/lock`, { lock_reason: 'resolved' });
  view = one.github.thread('issue');
  assert.deepEqual([view.state, view.locked], ['open', true]);
  assert.deepEqual(await settle(), ['issues.milestoned', 'issues.closed', 'issues.reopened', 'issues.locked']);
});

test('people: levels, members, teams, who can be assigned', async () => {
  const level = async (login: string) => (await one.call(`GET ${repo}/collaborators/${login}/permission`)).body;
  assert.deepEqual([(await level('zoe')).permission, (await level('zoe')).role_name], ['read', 'triage']);
  assert.deepEqual([(await level('stranger')).permission, (await level('stranger')).role_name], ['read', 'read']);
  assert.equal((await one.call('GET /orgs/acme/members/lin')).status, 204);
  assert.equal((await one.call('GET /orgs/acme/members/bob')).status, 404);
  assert.equal((await one.call('GET /orgs/acme/teams/reviewers/members')).body[0].login, 'chen');
  await one.call(`POST ${repo}/issues/1/assignees`, { assignees: ['zoe', 'stranger'] });
  assert.deepEqual(one.github.thread('issue').assignees, ['zoe']);
  assert.equal((await one.call(`GET ${repo}/assignees/stranger`)).status, 404);
});

test('lists have pages, links and 304', async () => {
  for (let count = 0; count < 3; count++) await one.call(`POST ${repo}/issues/1/comments`, { body: `no ${count}` });
  const first = await one.call(`GET ${repo}/issues/1/comments?per_page=2`);
  assert.equal(first.body.length, 2);
  assert.match(first.headers.get('link') ?? '', /page=2>; rel="next".*rel="last"/);
  const etag = first.headers.get('etag') ?? '';
  const again = await one.call(`GET ${repo}/issues/1/comments?per_page=2`, undefined, { 'if-none-match': etag });
  assert.equal(again.status, 304);
  assert.ok(Number(first.headers.get('x-ratelimit-remaining')) < 5000);
  one.pass(61_000);
  await one.call(`POST ${repo}/issues/1/comments`, { body: 'late' });
  const since = new Date(one.now()).toISOString();
  const late = await one.call(`GET ${repo}/issues/comments?since=${since}`);
  assert.deepEqual(
    late.body.map((comment: any) => comment.body),
    ['late'],
  );
});

test('what GitHub does not know is refused and noted', async () => {
  const field = await one.call(`PATCH ${repo}/issues/1`, { titel: 'x' });
  assert.equal(field.status, 422);
  assert.match(one.github.journal.at(-1)?.note ?? '', /body\/titel: unknown field/);
  assert.equal((await one.call(`GET ${repo}/no/such/thing`)).status, 404);
  assert.equal(one.github.journal.at(-1)?.note, 'unknown route');
  assert.deepEqual(one.github.takeViolations(), [
    'the bot is wrong: request PATCH /repos/{owner}/{repo}/issues/{issue_number}: body/titel: unknown field',
    'the bot is wrong: request GET /repos/acme/shop/no/such/thing: the fake GitHub has no such route',
  ]);
  await assert.rejects(one.github.act('dance', {}), /unknown step dance/);
  await assert.rejects(one.github.act('comment', { of: 'nobody', by: 'bob', body: 'x' }), /nothing was called nobody/);
  await assert.rejects(one.github.act('close', { of: 'issue', who: 'bob' }), /unknown key who/);
});
