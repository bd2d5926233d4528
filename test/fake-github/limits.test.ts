import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { createRateLimit, spendingOf } from './rate-limit.ts';
import { startFixture, type Fixture } from './fake-github-fixture.ts';

let one: Fixture;
const all: Fixture[] = [];
beforeEach(async () => {
  one = await startFixture({ people: { lin: 'admin' } });
  all.push(one);
  await one.github.act('open-issue', { by: 'lin', as: 'issue', title: 'It breaks' });
});
after(() => Promise.all(all.map((each) => each.stop())));

const left = (headers: Headers) => Number(headers.get('x-ratelimit-remaining'));

test('the App, its installation and GraphQL each have a limit of their own', async () => {
  const token = await one.token();
  const asApp = await one.asApp('GET /app');
  assert.deepEqual([asApp.headers.get('x-ratelimit-resource'), left(asApp.headers)], ['core', 4998]);
  const rest = await one.call('GET /repos/acme/shop', undefined, { token });
  assert.equal(left(rest.headers), 4999);
  const graphql = await one.call('POST /graphql', { query: '{viewer {login}}' }, { token });
  assert.deepEqual([graphql.headers.get('x-ratelimit-resource'), left(graphql.headers)], ['graphql', 4999]);
  const search = await one.call('GET /search/issues?q=is:open', undefined, { token });
  assert.deepEqual([search.headers.get('x-ratelimit-resource'), left(search.headers)], ['search', 29]);
  const { body } = await one.call('GET /rate_limit', undefined, { token });
  assert.deepEqual([body.resources.core.used, body.resources.graphql.used, body.resources.search.used], [1, 1, 1]);
  assert.equal((await one.call('GET /rate_limit', undefined, { token })).body.rate.used, 1, 'asking is free');
});

test('an answer that is not modified costs nothing of the primary limit', async () => {
  const token = await one.token();
  const path = 'GET /repos/acme/shop/issues/1';
  const first = await one.call(path, undefined, { token });
  const same = await one.call(path, undefined, { token, 'if-none-match': first.headers.get('etag') ?? '' });
  assert.deepEqual([same.status, left(same.headers), same.body], [304, left(first.headers), '']);
  await one.github.act('edit', { of: 'issue', by: 'lin', title: 'It works' });
  const changed = await one.call(path, undefined, { token, 'if-none-match': first.headers.get('etag') ?? '' });
  assert.deepEqual([changed.status, left(changed.headers)], [200, left(first.headers) - 1]);
});

test('GraphQL knows no conditional requests', async () => {
  const graphql = await one.call('POST /graphql', { query: '{viewer {login}}' });
  assert.equal(graphql.headers.get('etag'), null);
  const again = await one.call('POST /graphql', { query: '{viewer {login}}' }, { 'if-none-match': 'W/"x"' });
  assert.equal(again.status, 200);
});

/** The real rules of limits on a clock of our own: thousands of requests take no time. */
function rules() {
  let now = 0;
  const limit = createRateLimit({ now: () => now, random: () => 0.5, sleep: async () => undefined });
  const spend = (method: string, path: string, account = 'installation', write = method !== 'GET') =>
    limit.count(spendingOf(account, method, path, write && path === '/graphql' ? 'mutation {addLabels}' : '', write));
  const times = (count: number, method: string, path: string) => {
    for (let turn = 0; turn < count; turn++) spend(method, path);
  };
  return { limit, spend, times, pass: (ms: number) => void (now += ms) };
}
const secondary = /secondary rate limit/;

test('5,000 requests an hour for an installation, and a new hour after the reset', () => {
  const { limit, spend, pass } = rules();
  for (let turn = 0; turn < 5000; turn++) {
    spend('GET', '/repos/acme/shop');
    if (turn % 800 === 0) pass(61_000);
  }
  assert.throws(() => spend('GET', '/repos/acme/shop'), /API rate limit exceeded for installation ID/);
  assert.equal(limit.headers('installation', 'core')['x-ratelimit-reset'], '3600');
  spend('GET', '/app', 'app');
  spend('POST', '/graphql');
  pass(3_600_000);
  spend('GET', '/repos/acme/shop');
  assert.equal(limit.view('installation', 'core').remaining, 4999);
});

test('900 points a minute: one for a read, five for a write; GraphQL has 2,000 of its own', () => {
  const { spend, times, pass } = rules();
  times(400, 'GET', '/repos/acme/shop');
  times(100, 'PATCH', '/repos/acme/shop/issues/1');
  assert.throws(() => spend('GET', '/repos/acme/shop'), secondary);
  times(400, 'POST', '/graphql');
  assert.throws(() => spend('POST', '/graphql', 'installation', false), secondary);
  spend('GET', '/repos/acme/shop', 'token');
  pass(60_000);
  spend('GET', '/repos/acme/shop');
});

test('80 new contents a minute and 500 an hour', () => {
  const { spend, times, pass } = rules();
  const path = '/repos/acme/shop/issues/1/comments';
  times(80, 'POST', path);
  assert.throws(() => spend('POST', path), secondary);
  spend('POST', '/repos/acme/shop/issues/1/labels');
  for (let minute = 0; minute < 6; minute++) {
    pass(60_000);
    times(minute === 5 ? 20 : 80, 'POST', path);
  }
  assert.throws(() => spend('POST', path), secondary);
  pass(3_600_000);
  spend('POST', path);
});

test('100 requests at once', () => {
  const { limit, spend } = rules();
  const leave = Array.from({ length: 101 }, () => limit.enter('installation'));
  assert.throws(() => spend('GET', '/repos/acme/shop'), secondary);
  spend('GET', '/repos/acme/shop', 'token');
  leave[0]?.();
  spend('GET', '/repos/acme/shop');
});
