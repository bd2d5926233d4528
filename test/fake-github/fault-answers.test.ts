import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { startFixture, type Fixture } from './fake-github-fixture.ts';

let one: Fixture;
before(async () => {
  one = await startFixture({ people: { lin: 'admin' } });
  await one.github.act('open-issue', { by: 'lin', as: 'issue', title: 'It breaks' });
  await one.github.act('open-pull', { by: 'lin', as: 'pr', title: 'feat: x', files: { 'a.txt': 'a' } });
});
after(() => one.stop());

const read = () => one.call('GET /repos/acme/shop/issues/1');
const query = (text: string) => one.call('POST /graphql', { query: text });
const seconds = () => Math.floor(one.now() / 1000);

for (const status of [500, 502, 503, 504])
  test(`${status} before a write leaves it undone, after it done`, async () => {
    const say = (body: string) => one.call('POST /repos/acme/shop/issues/1/comments', { body });
    const said = () => one.github.thread('issue').comments.map(({ body }) => body);
    one.github.fault({ kind: 'error-before-apply', status, only: 'writes' });
    one.github.fault({ kind: 'error-after-apply', status, only: 'writes' });
    assert.equal((await say(`before ${status}`)).status, status);
    assert.equal((await say(`after ${status}`)).status, status);
    assert.deepEqual([said().includes(`before ${status}`), said().includes(`after ${status}`)], [false, true]);
  });

test('a limit says how long it lasts in every way GitHub has', async () => {
  const told = async (fault: Record<string, unknown>) => {
    one.github.fault({ kind: 'secondary-limit', ...fault, route: 'GET /repos/{owner}/{repo}/issues/{issue_number}' });
    const { status, headers } = await read();
    return [status, headers.get('retry-after'), headers.get('x-ratelimit-remaining')];
  };
  const plenty = (await read()).headers.get('x-ratelimit-remaining');
  assert.deepEqual(await told({ 'retry-after': 60 }), [403, '60', plenty]);
  assert.deepEqual(await told({ 'retry-after': 60, status: 429 }), [429, '60', plenty]);
  const date = new Date(one.now() + 600_000).toUTCString();
  assert.deepEqual(await told({ 'retry-after': 'date', seconds: 600 }), [403, date, plenty]);
  assert.deepEqual(await told({}), [403, null, plenty]);
  assert.deepEqual(await told({ seconds: 600 }), [403, null, '0']);
});

test('a primary limit names its end, and GraphQL speaks of it under status 200', async () => {
  one.github.fault({ kind: 'primary-limit', seconds: 90, caller: 'installation' });
  const rest = await read();
  assert.deepEqual(
    [rest.status, rest.headers.get('x-ratelimit-remaining'), rest.headers.get('x-ratelimit-reset')],
    [403, '0', String(seconds() + 90)],
  );
  one.github.fault({ kind: 'primary-limit', status: 429, caller: 'installation' });
  assert.equal((await read()).status, 429);
  one.github.fault({ kind: 'primary-limit', route: 'POST /graphql' });
  const graphql = await query('{viewer {login}}');
  assert.deepEqual([graphql.status, graphql.body.errors[0].type], [200, 'RATE_LIMITED']);
  one.github.fault({ kind: 'secondary-limit', status: 200, route: 'POST /graphql' });
  assert.match((await query('{viewer {login}}')).body.errors[0].message, /secondary rate limit/);
});

test('an answer may be any JSON at all', async () => {
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}';
  one.github.fault({ kind: 'wrong-type', route, body: { title: 7 } });
  const odd = await read();
  assert.deepEqual([odd.status, odd.body], [200, { title: 7 }]);
  one.github.fault({ kind: 'wrong-type', route, body: null });
  assert.equal((await read()).body, null);
});

/** How the body of an answer came, piece by piece. */
const piecesOf = (url: string, token: string): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const pieces: string[] = [];
    const call = request(url, { headers: { authorization: `Bearer ${token}` } }, (answer) => {
      answer.on('data', (piece) => pieces.push(String(piece)));
      answer.on('end', () => resolve(pieces));
    });
    call.on('error', reject).end();
  });

test('slow bytes come one piece after the other, and are all there', async () => {
  const token = await one.token();
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}';
  one.github.fault({ kind: 'slow', route });
  const pieces = await piecesOf(`${one.github.url}/repos/acme/shop/issues/1`, token);
  assert.ok(pieces.length > 1, 'more than one piece');
  assert.equal(JSON.parse(pieces.join('')).title, 'It breaks');
  const before = one.now();
  one.github.fault({ kind: 'slow', seconds: 20, route });
  assert.equal((await one.call('GET /repos/acme/shop/issues/1', undefined, { token })).body.title, 'It breaks');
  assert.equal(one.now() - before, 20_000);
});

test('mergeable is unknown for so many reads of it, and other reads do not count', async () => {
  const mergeable = async () => (await one.call('GET /repos/acme/shop/pulls/2')).body.mergeable;
  one.github.fault({ kind: 'mergeable-unknown', times: 2 });
  assert.equal((await read()).status, 200);
  assert.deepEqual([await mergeable()], [null]);
  const { body } = await query('{repository(owner: "acme", name: "shop") {pullRequest(number: 2) {mergeable}}}');
  assert.equal(body.data.repository.pullRequest.mergeable, 'UNKNOWN');
  assert.equal(await mergeable(), true);
});

test('a redirect names the number of the repository and is not redirected itself', async () => {
  const follow = async (status: number) => {
    one.github.fault({ kind: 'redirect', status, times: 2 });
    const token = await one.token();
    const headers = { authorization: `Bearer ${token}` };
    const first = await fetch(`${one.github.url}/repos/acme/shop/issues?state=all`, { headers, redirect: 'manual' });
    const location = first.headers.get('location') ?? '';
    assert.equal(location, `${one.github.url}/repositories/${one.github.repo.id}/issues?state=all`);
    const second = await fetch(location, { headers, redirect: 'manual' });
    await read();
    return [first.status, second.status];
  };
  assert.deepEqual(await follow(301), [301, 200]);
  assert.deepEqual(await follow(307), [307, 200]);
});

test('pages shift while they are read, and lists end early', async () => {
  for (const label of ['a', 'b', 'c', 'd']) await one.call('POST /repos/acme/shop/labels', { name: label });
  const names = async (page: number) =>
    (await one.call(`GET /repos/acme/shop/labels?per_page=2&page=${page}`)).body.map(({ name }: any) => name);
  const [first, second] = [await names(1), await names(2)];
  one.github.fault({ kind: 'page-shift', count: 1 });
  assert.deepEqual(await names(1), first, 'the first page is as it was');
  assert.deepEqual(await names(2), [first[1], second[0]]);
  assert.deepEqual(await names(2), second);
  one.github.fault({ kind: 'list-cap', count: 3 });
  const capped = await one.call('GET /repos/acme/shop/labels?per_page=2&page=1');
  assert.match(capped.headers.get('link') ?? '', /page=2>; rel="last"/);
});

test('the world moves just before a call is answered', async () => {
  const merge = 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge';
  const sha = one.github.thread('pr').head;
  const push = { step: 'push', keys: { of: 'pr', by: 'lin', files: { 'b.txt': 'b' } } };
  one.github.fault({ kind: 'world-moves', route: merge, do: [push] });
  const late = await one.call('PUT /repos/acme/shop/pulls/2/merge', { sha });
  assert.equal(late.status, 409);
  assert.notEqual(one.github.thread('pr').head, sha);
  assert.equal(one.github.trouble(), null);
  one.github.fault({ kind: 'world-moves', do: [{ step: 'close', keys: { of: 'nobody' } }] });
  await read();
  assert.match(one.github.trouble()?.message ?? '', /nothing was called nobody/);
});
