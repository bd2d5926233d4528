import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Call } from '../../app/github/github.ts';
import type { Trouble } from '../../app/github/troubles.ts';
import { api, reply, startStub, subjectOf, trouble, type Handler } from './stub-github.ts';

const label: Call = { via: 'rest', route: 'POST /repos/{owner}/{repo}/labels', params: { name: 'bug' } };
const subject = subjectOf();

test('a read and a write as GitHub sees them', async (t) => {
  const { github, journal } = await startStub(t);
  assert.deepEqual([github.identity, github.appId], ['app', 99]);
  const repo = github.repo(subject);
  const got = await repo.read.get('GET /repos/{owner}/{repo}/issues', { state: 'open', per_page: 2 });
  assert.deepEqual(got, { url: '/repos/acme/shop/issues?state=open&per_page=2' });
  assert.deepEqual(await repo.read.graphql('query { viewer { login } }', { a: 1 }), { viewer: { login: 'bot' } });
  await repo.write.send(label);
  const [mintRead, get, graphql, mintWrite, post] = journal;
  assert.equal(mintRead?.url, '/app/installations/42/access_tokens');
  assert.deepEqual(mintRead?.body, { repository_ids: [7], permissions: { metadata: 'read', issues: 'read' } });
  assert.deepEqual(mintWrite?.body, { repository_ids: [7], permissions: { metadata: 'read', issues: 'write' } });
  assert.equal(get?.headers.authorization, 'token ghs_1_7_read');
  assert.equal(get?.headers['x-github-api-version'], '2022-11-28');
  assert.match(get?.headers['user-agent'] ?? '', /^github-bot /);
  assert.deepEqual(graphql?.body, { query: 'query { viewer { login } }', variables: { a: 1 } });
  assert.equal(post?.headers.authorization, 'token ghs_2_7_write');
  assert.deepEqual([post?.url, post?.body], ['/repos/acme/shop/labels', { name: 'bug' }]);
  assert.equal(journal.length, 5);
});

const losses: Readonly<Record<string, Handler>> = {
  'a reset': (_, response) => void response.socket?.destroy(),
  'a 502': (_, response) => reply(response, 502, { message: 'Bad Gateway' }),
  'a body cut off': (_, response) => {
    response.writeHead(201, { 'content-type': 'application/json', 'content-length': '100' });
    response.write('{"id":');
    setTimeout(() => response.socket?.destroy(), 20);
  },
  'broken JSON': (_, response) => void response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":'),
  'an empty body': (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(),
  'a page': (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
  'gzip garbage': (_, response) =>
    void response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end('garbage'),
  'a huge body': (_, response) => {
    const huge = gzipSync(JSON.stringify('x'.repeat(50 * 1024 * 1024)));
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(huge);
  },
  'a strange content type': (_, response) => void response.writeHead(200, { 'content-type': ';;=' }).end('{}'),
};

for (const [title, handler] of Object.entries(losses)) {
  test(`${title}: a write is lost and sent once, a read is later`, async (t) => {
    const { github, on, calls } = await startStub(t);
    on(api(handler));
    await assert.rejects(github.repo(subject).write.send(label), trouble('lost'));
    assert.equal(calls(/labels/).length, 1);
    await assert.rejects(github.repo(subject).read.get('GET /x', {}), trouble('later'));
    assert.equal(calls(/GET \/x/).length, 1);
  });
}

for (const title of ['never answers', 'answers a byte now and then and never ends']) {
  test(`GitHub ${title}: the deadline of ten seconds`, async (t) => {
    const { github, on, clock, calls } = await startStub(t);
    on(
      api((_, response) => {
        if (title.startsWith('never')) return;
        response.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 5);
        response.on('close', () => clearInterval(drip));
      }),
    );
    const read = assert.rejects(github.repo(subject).read.get('GET /x', {}), trouble('later'));
    const write = assert.rejects(github.repo(subject).write.send(label), trouble('lost'));
    while (calls(/\/x|labels/).length < 2) await clock.settle();
    await clock.advance(10_000);
    await Promise.all([read, write]);
  });
}

test('ETags: the same body without its price, none between installations', async (t) => {
  const { github, on, calls } = await startStub(t);
  on(
    api((seen, response) => {
      if (seen.headers['if-none-match'] === '"v1"') return reply(response, 304, undefined, { etag: '"v1"' });
      reply(response, 200, { big: true }, { etag: '"v1"' });
    }),
  );
  const get = (installation: number) => github.repo(subjectOf({ installation })).read.get('GET /x', { a: 1 });
  for (let turn = 0; turn < 3; turn += 1) assert.deepEqual(await get(42), { big: true });
  await get(43);
  assert.deepEqual(
    calls(/\/x/).map(({ headers }) => headers['if-none-match'] ?? null),
    [null, '"v1"', '"v1"', null],
  );
});

test('404 is null for a read, gone for a write, and fine where the caller says so', async (t) => {
  const { github, on } = await startStub(t);
  on(api((_, response) => reply(response, 404, { message: 'Not Found' })));
  const { read, write } = github.repo(subject);
  assert.equal(await read.get('GET /x', {}), null);
  await assert.rejects(write.send(label), trouble('gone'));
  await write.send({ ...label, fine: [404] });
});

test('limits: later with the time, the account paused on disk, nothing called inside, others free', async (t) => {
  const { github, on, clock, pauses, calls } = await startStub(t);
  let refuse = true;
  on(api((_, response) => (refuse ? reply(response, 403, { message: 'no' }, { 'retry-after': '60' }) : 'next')));
  const until = clock.now() + 60_000;
  await assert.rejects(github.repo(subject).write.send(label), trouble('later', until));
  refuse = false;
  await assert.rejects(github.repo(subject).read.get('GET /x', {}), trouble('later', until));
  assert.deepEqual(pauses, [{ account: '42', until, reason: 'secondary rate limit' }]);
  assert.equal(calls(/\/x|labels/).length, 1);
  await github.repo(subjectOf({ installation: 43 })).read.get('GET /x', {});
  clock.leap(60_000);
  await github.repo(subject).read.get('GET /x', {});
});

test('the last request of the hour is answered and pauses what follows', async (t) => {
  const { github, on, clock } = await startStub(t);
  const reset = clock.now() + 600_000;
  const headers = {
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(reset / 1000),
    'x-ratelimit-resource': 'core',
  };
  on(api((_, response) => reply(response, 200, { a: 1 }, headers)));
  assert.deepEqual(await github.repo(subject).read.get('GET /x', {}), { a: 1 });
  await assert.rejects(github.repo(subject).read.get('GET /x', {}), trouble('later', reset));
});

test('GraphQL under its own limit', async (t) => {
  const { github, on, clock } = await startStub(t);
  on(
    api((_, response) =>
      reply(response, 200, { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] }),
    ),
  );
  await assert.rejects(
    github.repo(subject).read.graphql('{ viewer { login } }', {}),
    trouble('later', clock.now() + 60_000),
  );
});

test('a mutation with errors', async (t) => {
  const { github, on, calls } = await startStub(t);
  on(api((_, response) => reply(response, 200, { data: { a: null }, errors: [{ message: 'Something went wrong' }] })));
  const call: Call = { via: 'graphql', document: 'mutation { a }', variables: {} };
  await assert.rejects(github.repo(subject).write.send(call), trouble('lost'));
  assert.equal(calls(/graphql/).length, 1);
});

test('a renamed repository: reads follow its number, writes use its new name', async (t) => {
  const { github, on, calls, url } = await startStub(t);
  on(
    api((seen, response) => {
      if (seen.url === '/repositories/7')
        return reply(response, 200, { id: 7, name: 'store', owner: { login: 'acme' } });
      if (!seen.url.startsWith('/repos/acme/shop/')) return 'next';
      const location = `${url}${seen.url.replace('/repos/acme/shop', '/repositories/7')}`;
      reply(response, seen.method === 'GET' ? 301 : 307, { message: 'Moved Permanently', url: location }, { location });
    }),
  );
  const { read, write } = github.repo(subject);
  assert.deepEqual(await read.get('GET /repos/{owner}/{repo}/issues', { page: 2 }), {
    url: '/repositories/7/issues?page=2',
  });
  await write.send(label);
  assert.deepEqual(
    calls(/^POST .*labels/).map((seen) => seen.url),
    ['/repos/acme/shop/labels', '/repos/acme/store/labels'],
  );
  await read.get('GET /repos/{owner}/{repo}/issues', {});
  assert.equal(calls(/GET \/repos\/acme\/store\/issues/).length, 1);
});

test('a redirect elsewhere is not followed, and no token goes there', async (t) => {
  const { github, on, calls } = await startStub(t);
  const evil = await startStub(t);
  let location = `${evil.url}/x`;
  on(api((_, response) => reply(response, 302, {}, { location })));
  await assert.rejects(github.repo(subject).read.get('GET /x', {}), trouble('later'));
  location = '/repositories/8/x';
  await assert.rejects(github.repo(subject).read.get('GET /x', {}), trouble('gone'));
  location = '/x';
  await assert.rejects(github.repo(subject).read.get('GET /x', {}), trouble('later'));
  assert.ok(calls(/\/x/).length <= 6);
  assert.equal(evil.journal.length, 0);
});

test('parameters cannot turn a call into another', async (t) => {
  const { github, journal } = await startStub(t);
  const { read, write } = github.repo(subject);
  await assert.rejects(write.send({ ...label, params: { baseUrl: 'https://evil.example' } }), trouble('broken'));
  await assert.rejects(read.get('GET https://evil.example/x', {}), trouble('broken'));
  await assert.rejects(read.get('GET //evil.example/x', {}), trouble('broken'));
  await assert.rejects(read.get('DELETE /x', {}), trouble('broken'));
  await read.get('GET /repos/{owner}/{repo}/contents/{path}', { owner: 'other', repo: '..', path: '../../x' });
  assert.equal(journal.at(-1)?.url, '/repos/acme/shop/contents/..%2F..%2Fx');
});

test('neither troubles nor notices hold a token or a key', async (t) => {
  const { github, on, notices } = await startStub(t);
  on(api((_, response) => void response.socket?.destroy()));
  for (let turn = 0; turn < 4; turn += 1) {
    const error: Trouble = await github
      .repo(subject)
      .read.get('GET /x', {})
      .then(
        () => assert.fail(),
        (thrown: Trouble) => thrown,
      );
    assert.doesNotMatch(`${error.stack}${String(error.cause)}${notices.join()}`, /ghs_|bearer|PRIVATE KEY/);
  }
});
