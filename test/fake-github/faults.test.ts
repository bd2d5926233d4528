import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFixture, type Fixture } from './fake-github-fixture.ts';

let one: Fixture;
const comments = '/repos/acme/shop/issues/1/comments';
const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
before(async () => {
  one = await startFixture({ people: { lin: 'admin' } });
  await one.github.act('open-issue', { by: 'lin', as: 'issue', title: 'It breaks' });
});
after(() => one.stop());

const say = (body: string) => one.call(`POST ${comments}`, { body });
const said = () => one.github.thread('issue').comments.map((comment) => comment.body);

test('errors before and after the write is applied', async () => {
  one.github.fault({ kind: 'error-before-apply', route });
  assert.equal((await say('a')).status, 502);
  one.github.fault({ kind: 'error-after-apply', route, status: 503, 'retry-after': 7 });
  const after = await say('b');
  assert.deepEqual([after.status, after.headers.get('retry-after')], [503, '7']);
  assert.equal((await say('c')).status, 201);
  assert.deepEqual(said(), ['b', 'c']);
});

test('connections that break, and answers that are cut', async () => {
  one.github.fault({ kind: 'reset-before-apply', route });
  await assert.rejects(say('d'));
  one.github.fault({ kind: 'reset-after-apply', route });
  await assert.rejects(say('e'));
  one.github.fault({ kind: 'truncated', route });
  await assert.rejects(say('f'));
  one.github.fault({ kind: 'wrong-type', route });
  assert.match((await say('g')).body, /html/);
  assert.deepEqual(said().slice(2), ['e', 'f', 'g']);
  assert.equal(one.github.journal.at(-1)?.applied, true);
});

test('limits, credentials and lag', async () => {
  one.github.fault({ kind: 'secondary-limit', route, 'retry-after': 60 });
  const limited = await say('h');
  assert.deepEqual([limited.status, limited.headers.get('retry-after')], [403, '60']);
  assert.match(limited.body.message, /secondary rate limit/);
  one.github.fault({ kind: 'primary-limit', route });
  assert.equal((await say('h')).headers.get('x-ratelimit-remaining'), '0');
  one.github.fault({ kind: 'unauthorized', route });
  assert.equal((await say('h')).status, 401);
  one.github.fault({ kind: 'not-found', route });
  assert.equal((await say('h')).status, 404);
  one.github.fault({ kind: 'slow', route });
  assert.equal((await say('h')).status, 201);
  assert.throws(() => one.github.fault({ kind: 'flood' }), /unknown kind/);
});

test('a stale read sees the world before the last step', async () => {
  const read = 'GET /repos/{owner}/{repo}/issues/{issue_number}';
  one.github.fault({ kind: 'stale-read', route: read, times: 1 });
  await one.github.act('edit', { of: 'issue', by: 'lin', title: 'It works' });
  const title = async () => (await one.call('GET /repos/acme/shop/issues/1')).body.title;
  assert.equal(await title(), 'It breaks');
  assert.equal(await title(), 'It works');
});

test('a write is held in flight, applied or not, and never answered', async () => {
  for (const apply of [true, false]) {
    const stop = new AbortController();
    const stopped = new Promise<void>((resolve) => one.github.gate(() => ({ apply, stopped: resolve })));
    const token = await one.token();
    const never = fetch(`${one.github.url}${comments}`, {
      method: 'POST',
      body: JSON.stringify({ body: `held ${apply}` }),
      headers: { authorization: `Bearer ${token}` },
      signal: stop.signal,
    });
    await stopped;
    one.github.gate(null);
    assert.equal(said().includes(`held ${apply}`), apply);
    await one.quiet();
    stop.abort();
    await assert.rejects(never);
  }
});

test('deliveries that failed are listed and sent again under their GUID', async () => {
  await one.quiet();
  one.heard.length = 0;
  one.github.sendTo('http://127.0.0.1:9/webhook');
  await one.github.act('label', { of: 'issue', by: 'lin', labels: ['bug'] });
  await one.quiet();
  assert.deepEqual(
    one.github.deliveries.slice(-2).map((delivery) => delivery.status),
    [0, 0],
  );
  const { body } = await one.asApp('GET /app/hook/deliveries?per_page=2');
  assert.deepEqual(
    body.map((delivery: any) => delivery.event),
    ['issues', 'label'],
  );
  assert.equal((await one.asApp(`POST /app/hook/deliveries/${body[0].id}/attempts`)).status, 202);
  await one.quiet();
  const last = one.github.deliveries.at(-1);
  assert.deepEqual([last?.guid, last?.event], [body[0].guid, 'issues']);
  await one.github.redeliver({ last: true, duplicate: true });
  await one.quiet();
  const [same, fresh] = one.github.deliveries.slice(-2);
  assert.equal(same?.guid, body[0].guid);
  assert.notEqual(fresh?.guid, body[0].guid);
});
