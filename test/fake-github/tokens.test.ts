import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { signJwt, startFixture, type Fixture } from './fake-github-fixture.ts';

let one: Fixture;
before(async () => {
  one = await startFixture({ people: { lin: 'admin' } });
  await one.github.act('open-issue', { by: 'lin', as: 'issue', title: 'It breaks' });
  await one.github.act('open-pull', { by: 'lin', as: 'pull', title: 'feat: x', files: { 'a.txt': 'a' } });
});
after(() => one.stop());

const mint = () => `POST /app/installations/${one.github.app.installationId}/access_tokens`;
const jwt = (claims: Record<string, unknown>) => {
  const seconds = Math.floor(one.now() / 1000);
  return signJwt(one.github.app.privateKey, {
    iss: one.github.app.id,
    iat: seconds - 30,
    exp: seconds + 500,
    ...claims,
  });
};

test('the App says who it is', async () => {
  const { status, body } = await one.asApp('GET /app');
  assert.equal(status, 200);
  assert.equal(body.slug, 'github-bot');
  assert.equal(String(body.id), one.github.app.id);
});

test('clock skew, a far expiry and a foreign key are refused as GitHub does', async () => {
  const seconds = Math.floor(one.now() / 1000);
  const future = await one.asApp('GET /app', undefined, jwt({ iat: seconds + 60 }));
  assert.equal(future.status, 401);
  assert.match(future.body.message, /^'Issued at' claim \('iat'\) must be an Integer/);
  const far = await one.asApp('GET /app', undefined, jwt({ exp: seconds + 700 }));
  assert.match(far.body.message, /'exp'\) is too far in the future/);
  const past = await one.asApp('GET /app', undefined, jwt({ exp: seconds - 1 }));
  assert.match(past.body.message, /numeric value representing the future time/);
  const broken = await one.asApp('GET /app', undefined, `${jwt({}).slice(0, -6)}AAAAAA`);
  assert.equal(broken.body.message, 'A JSON web token could not be decoded');
});

test('a token is long, holds dots, lasts an hour and then is bad credentials', async () => {
  const { status, body } = await one.asApp(mint(), { repository_ids: [one.github.repo.id] });
  assert.equal(status, 201);
  assert.match(body.token, /^ghs_\d+_[\w-]+\.[\w-]+\.[\w-]+$/);
  assert.ok(body.token.length > 300);
  assert.equal(Date.parse(body.expires_at), one.now() + 3_600_000);
  assert.equal((await one.call('GET /repos/acme/shop', undefined, { token: body.token })).status, 200);
  one.pass(3_600_001);
  const late = await one.call('GET /repos/acme/shop', undefined, { token: body.token });
  assert.deepEqual([late.status, late.body.message], [401, 'Bad credentials']);
});

test('a token does only what it was minted for', async () => {
  const token = await one.token({ permissions: { issues: 'write' } });
  const label = (number: number) =>
    one.call(`POST /repos/acme/shop/issues/${number}/labels`, { labels: ['bug'] }, { token });
  assert.equal((await label(1)).status, 200);
  const refused = await label(2);
  assert.deepEqual([refused.status, refused.body.message], [403, 'Resource not accessible by integration']);
  assert.equal(refused.headers.get('x-accepted-github-permissions'), 'pull_requests=write');
  const check = await one.call('POST /repos/acme/shop/check-runs', { name: 'x', head_sha: 'y' }, { token });
  assert.equal(check.status, 403);
});

test('what the installation was not granted cannot be minted', async () => {
  const { status, body } = await one.asApp(mint(), { permissions: { administration: 'write' } });
  assert.equal(status, 422);
  assert.match(body.message, /not granted to this installation/);
  assert.equal((await one.asApp(mint(), { repository_ids: [1] })).status, 422);
});

test('GraphQL refuses fields the token may not read', async () => {
  const token = await one.token({ permissions: { issues: 'read' } });
  const query =
    '{ repository(owner: "acme", name: "shop") { issue(number: 1) { title } pullRequest(number: 2) { title } } }';
  const { status, body } = await one.call('POST /graphql', { query }, { token });
  assert.equal(status, 200);
  assert.equal(body.data.repository.issue.title, 'It breaks');
  assert.equal(body.data.repository.pullRequest, null);
  assert.deepEqual([body.errors[0].type, body.errors[0].path], ['FORBIDDEN', ['repository', 'pullRequest']]);
});

test('a repository answers under its number too', async () => {
  const { id } = one.github.repo;
  assert.equal((await one.asApp(`GET /repositories/${id}/installation`)).body.id, one.github.app.installationId);
  assert.equal((await one.call(`GET /repositories/${id}/issues/1`)).body.title, 'It breaks');
  assert.equal((await one.call('GET /repositories/1')).status, 404);
});

test('a personal token sets statuses but no checks', async () => {
  const person = await startFixture({ people: { lin: 'admin' } }, { identity: 'token' });
  await person.github.act('open-pull', { by: 'lin', as: 'pull', title: 'feat: x', files: { 'a.txt': 'a' } });
  const sha = person.github.thread('pull').head ?? '';
  const check = await person.call('POST /repos/acme/shop/check-runs', { name: 'x', head_sha: sha });
  assert.deepEqual([check.status, check.body.message], [403, 'You must authenticate via a GitHub App.']);
  const status = await person.call(`POST /repos/acme/shop/statuses/${sha}`, { state: 'success', context: 'bot' });
  assert.equal(status.status, 201);
  assert.equal(status.body.creator.login, 'github-bot');
  assert.deepEqual(person.github.commit('pull').statuses, { bot: 'success' });
  assert.equal((await person.call('GET /user')).body.login, 'github-bot');
  await person.quiet();
  assert.ok(person.heard.every(({ payload }) => payload.installation === undefined));
  await person.stop();
});
