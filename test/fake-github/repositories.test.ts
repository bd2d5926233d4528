import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFixture, type Fixture } from './fake-github-fixture.ts';

let one: Fixture;
const act = (step: string, keys: Record<string, unknown>) => one.github.act(step, keys);

before(async () => {
  one = await startFixture({
    people: { lin: 'admin' },
    repositories: {
      'acme/rules': { files: { 'a.md': 'rules' } },
      'acme/secret': { installed: false, files: { 'a.md': 'secret' } },
    },
  });
});
after(() => one.stop());

test('each repository has its own files, threads and numbers', async () => {
  await act('open-issue', { repo: 'acme/rules', by: 'lin', as: 'there', title: 'There' });
  await act('open-issue', { by: 'lin', as: 'here', title: 'Here' });
  const titles = await Promise.all(
    ['shop', 'rules'].map(async (name) => (await one.call(`GET /repos/acme/${name}/issues/1`)).body.title),
  );
  assert.deepEqual(titles, ['Here', 'There']);
  const query = `query { repository(owner: "acme", name: "Rules") { nameWithOwner object(expression: "main:a.md") { ... on Blob { text } } } }`;
  const { repository } = (await one.graphql(query)).data;
  assert.deepEqual(repository, { nameWithOwner: 'acme/rules', object: { text: 'rules' } });
  await one.quiet();
  assert.equal(one.heard.find(({ payload }) => payload.issue?.title === 'There')?.payload.repository.name, 'rules');
});

test('a token reaches what it was minted for, and no token what the App was not given', async () => {
  const id = (await one.call('GET /repos/acme/rules')).body.id as number;
  const narrow = { token: await one.token({ repository_ids: [id] }) };
  assert.equal((await one.call('GET /repos/acme/rules', undefined, narrow)).status, 200);
  assert.equal((await one.call('GET /repos/acme/shop', undefined, narrow)).status, 404);
  const outside = await one.graphql('query { repository(owner: "acme", name: "secret") { name } }');
  assert.equal(outside.errors[0].type, 'NOT_FOUND');
  const mint = `POST /app/installations/${one.github.app.installationId}/access_tokens`;
  assert.equal((await one.asApp(mint, { repositories: ['secret'] })).status, 422);
  const listed = (await one.call('GET /installation/repositories?per_page=1')).body;
  assert.deepEqual([listed.total_count, listed.repositories.length], [2, 1]);
});

test('a node is changed in its own repository', async () => {
  const id = (await one.call('GET /repos/acme/rules/issues/1')).body.node_id as string;
  await one.graphql('mutation($id: ID!) { addComment(input: {subjectId: $id, body: "hi"}) { subject { id } } }', {
    id,
  });
  assert.equal(one.github.thread('there').comments.length, 1);
  assert.equal(one.github.thread('here').comments.length, 0);
});

test('a name that was given up leads on by number, until somebody else has it', async () => {
  await act('rename-repository', { repo: 'acme/rules', by: 'lin', name: 'policy' });
  const moved = await fetch(`${one.github.url}/repos/acme/rules/issues/1`, {
    headers: { authorization: `Bearer ${await one.token()}` },
    redirect: 'manual',
  });
  assert.equal(moved.status, 301);
  assert.match(moved.headers.get('location') ?? '', /\/repositories\/\d+\/issues\/1$/);
  assert.equal((await one.call('GET /repos/acme/rules/issues/1')).body.title, 'There');
  await one.quiet();
  const { payload } = one.heard.findLast(({ event }) => event === 'repository') ?? {};
  assert.deepEqual(payload.changes, { repository: { name: { from: 'rules' } } });
  await act('rename-repository', { by: 'lin', name: 'rules' });
  assert.equal((await one.call('GET /repos/acme/rules/issues/1')).body.title, 'Here');
});

test('an archived repository is read-only', async () => {
  await act('archive', { repo: 'acme/policy', by: 'lin' });
  assert.equal((await one.call('POST /repos/acme/policy/issues', { title: 'no' })).status, 403);
  assert.equal((await one.call('GET /repos/acme/policy')).body.archived, true);
  await assert.rejects(act('open-issue', { repo: 'acme/policy', by: 'lin', title: 'no' }), /read-only/);
});

test('while suspended nothing is done or told; what tells of the end lists no repositories', async () => {
  const token = await one.token();
  await act('suspend', { by: 'lin' });
  assert.equal((await one.call('GET /repos/acme/rules', undefined, { token })).status, 403);
  const mint = `POST /app/installations/${one.github.app.installationId}/access_tokens`;
  assert.deepEqual((await one.asApp(mint, {})).status, 403);
  await one.quiet();
  const before = one.heard.length;
  await act('open-issue', { by: 'lin', title: 'unheard' });
  await act('unsuspend', { by: 'lin' });
  await one.quiet();
  const told = one.heard.slice(before);
  assert.deepEqual(
    told.map(({ event, payload }) => [event, payload.action, payload.repositories]),
    [['installation', 'unsuspend', undefined]],
  );
});
