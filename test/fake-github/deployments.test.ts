import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFixture, type Fixture } from './fake-github-fixture.ts';

let one: Fixture;
const base = '/repos/acme/shop/deployments';
before(async () => {
  one = await startFixture({ people: { lin: 'admin', eve: 'write' } });
});
after(() => one.stop());

test('a deployment waits for green contexts, and a newer success makes the older one inactive', async () => {
  const deploy = (body: object = {}) => one.call(`POST ${base}`, { ref: 'main', ...body });
  const first = await deploy();
  assert.equal(first.status, 201);
  await one.github.act('status', { on: 'base', name: 'build', state: 'failure' });
  assert.equal((await deploy()).status, 409);
  const second = await deploy({ required_contexts: [] });
  for (const { body } of [first, second]) await one.call(`POST ${base}/${body.id}/statuses`, { state: 'success' });
  const states = async (id: number) =>
    (await one.call(`GET ${base}/${id}/statuses`)).body.map((status: { state: string }) => status.state);
  assert.deepEqual(await states(first.body.id), ['inactive', 'success']);
  assert.deepEqual(await states(second.body.id), ['success']);
  assert.equal((await one.call(`GET ${base}?environment=staging`)).body.length, 0);
  await one.quiet();
  const told = one.heard.map(({ event }) => event).filter((event) => event.startsWith('deployment'));
  assert.deepEqual(told, ['deployment', 'deployment', 'deployment_status', 'deployment_status']);
});

test('a manifest becomes an App once, within the hour, by its code alone', async () => {
  const manifest = { name: 'My Bot', url: 'https://bot.example', default_permissions: { checks: 'write' } };
  const convert = (code: string) => fetch(`${one.github.url}/app-manifests/${code}/conversions`, { method: 'POST' });
  await one.github.act('app-manifest', { code: 'abc', manifest });
  const answer = await convert('abc');
  assert.equal(answer.status, 201);
  const app = (await answer.json()) as Record<string, any>;
  assert.deepEqual([app['slug'], app['permissions']], ['my-bot', { checks: 'write' }]);
  assert.match(app['pem'], /PRIVATE KEY/);
  assert.ok(app['webhook_secret'] && app['client_secret']);
  assert.equal((await convert('abc')).status, 404);
  await one.github.act('app-manifest', { code: 'late', manifest });
  one.pass(3_600_001);
  assert.equal((await convert('late')).status, 404);
});

test('the history of a comment names who wrote each text, newest first', async () => {
  await one.github.act('open-issue', { by: 'lin', as: 'issue', title: 'It' });
  await one.github.act('comment', { of: 'issue', by: 'lin', as: 'said', body: 'one' });
  const query = `query { repository(owner: "acme", name: "shop") { issue(number: 1) { comments(first: 1) { nodes {
    userContentEdits(first: 9) { nodes { diff editor { login } } } } } } } }`;
  const edits = async () =>
    (await one.graphql(query)).data.repository.issue.comments.nodes[0].userContentEdits?.nodes ?? null;
  assert.equal(await edits(), null);
  await one.github.act('edit-comment', { comment: 'said', by: 'eve', body: 'two' });
  assert.deepEqual(await edits(), [
    { diff: 'two', editor: { login: 'eve' } },
    { diff: 'one', editor: { login: 'lin' } },
  ]);
});
