import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../app/github/github.ts';
import { api, reply, startStub, subjectOf, trouble } from './stub-github.ts';

const label: Call = { via: 'rest', route: 'POST /repos/{owner}/{repo}/labels', params: { name: 'bug' } };
const subject = subjectOf();

test('many at once: one token for each repository and use, and it covers exactly that repository', async (t) => {
  const { github, journal, calls } = await startStub(t);
  const subjects = [1, 2, 3].map((id) => subjectOf({ id }));
  const route = 'GET /repositories/{id}/x';
  const reads = subjects.flatMap((one) => [1, 2, 3].map(() => github.repo(one).read.get(route, { id: one.repo.id })));
  await Promise.all([...reads, ...subjects.map((one) => github.repo(one).write.send(label))]);
  assert.equal(calls(/access_tokens/).length, 6);
  const gets = journal.filter(({ method }) => method === 'GET');
  for (const { url, headers } of gets) assert.equal(headers.authorization?.split('_')[2], url.split('/')[2]);
});

test('a token is minted anew before it ends', async (t) => {
  const { github, clock, calls } = await startStub(t);
  const ask = () => github.repo(subject).read.get('GET /rate_limit', {});
  await ask();
  clock.leap(54 * 60_000);
  await ask();
  assert.equal(calls(/access_tokens/).length, 1);
  clock.leap(60_000);
  await ask();
  assert.equal(calls(/access_tokens/).length, 2);
});

for (const length of [40, 520]) {
  test(`tokens of ${length} characters are opaque`, async (t) => {
    const { github, on, calls } = await startStub(t);
    const token = 'x.'.repeat(length / 2);
    on((seen, response) => {
      if (!seen.url.endsWith('/access_tokens')) return 'next';
      return reply(response, 201, { token, expires_at: '2026-01-05T10:00:00Z' });
    });
    await github.repo(subject).read.get('GET /rate_limit', {});
    assert.equal(calls(/rate_limit/)[0]?.headers.authorization, `token ${token}`);
  });
}

test('401: one fresh token and one repeat, for a write too', async (t) => {
  const { github, on, calls } = await startStub(t);
  on((seen, response) => {
    if (seen.headers.authorization !== 'token ghs_1_7_write') return 'next';
    return reply(response, 401, { message: 'Bad credentials' });
  });
  await github.repo(subject).write.send(label);
  assert.deepEqual([calls(/labels/).length, calls(/access_tokens/).length], [2, 2]);
});

test('401 again and again: two tries, then later', async (t) => {
  const { github, on, calls } = await startStub(t);
  on(api((_, response) => reply(response, 401, { message: 'Bad credentials' })));
  await assert.rejects(github.repo(subject).write.send(label), trouble('later'));
  assert.deepEqual([calls(/labels/).length, calls(/access_tokens/).length], [2, 2]);
});

test('a personal token is not tried twice', async (t) => {
  const { github, on, calls, journal } = await startStub(t, { appId: '', privateKey: '', token: 'pat' });
  assert.deepEqual([github.identity, github.appId], ['token', null]);
  on((_, response) => reply(response, 401, { message: 'Bad credentials' }));
  await assert.rejects(github.repo(subjectOf({ installation: null })).write.send(label), trouble('later'));
  assert.deepEqual([calls(/labels/).length, journal.length], [1, 1]);
  assert.equal(journal[0]?.headers.authorization, 'token pat');
});

for (const skewMs of [3_600_000, -3_600_000]) {
  test(`a clock that is ${skewMs / 60_000} minutes off is healed`, async (t) => {
    const { github, calls, clock } = await startStub(t, { skewMs });
    await github.repo(subject).read.get('GET /rate_limit', {});
    assert.equal(calls(/access_tokens/).length, 2);
    clock.leap(3_600_000 * 3);
    await github.repo(subject).read.get('GET /rate_limit', {});
    assert.equal(calls(/access_tokens/).length, 3);
  });
}

test('a key that GitHub does not know is later, asked for once', async (t) => {
  const { github, on, journal } = await startStub(t);
  on((_, response) => reply(response, 401, { message: 'A JSON web token could not be decoded' }));
  await assert.rejects(github.repo(subject).read.get('GET /rate_limit', {}), trouble('later'));
  assert.equal(journal.length, 1);
});

test('the installation is looked up once where nobody told it; a stranger is gone', async (t) => {
  const { github, on, calls } = await startStub(t);
  on((seen, response) => {
    if (seen.url === '/repos/acme/shop/installation') return reply(response, 200, { id: 77 });
    return seen.url.endsWith('/installation') ? reply(response, 404, { message: 'Not Found' }) : 'next';
  });
  const repo = github.repo(subjectOf({ installation: null }));
  await repo.read.get('GET /rate_limit', {});
  await repo.write.send(label);
  assert.deepEqual([calls(/installation$/).length, calls(/installations\/77/).length], [1, 2]);
  const stranger = { ...subjectOf({ installation: null }), repo: { id: 8, owner: 'else', name: 'where' } };
  await assert.rejects(github.repo(stranger).read.get('GET /x', {}), trouble('gone'));
});

test('a permission that is not granted narrows the token and stops nothing else', async (t) => {
  const { github, on, calls, notices } = await startStub(t);
  on((seen, response) => {
    if (seen.url === '/app/installations/42')
      return reply(response, 200, { permissions: { metadata: 'read', issues: 'read' } });
    if (!seen.url.endsWith('/access_tokens') || seen.body.permissions.issues === 'read') return 'next';
    reply(response, 422, { message: 'The permissions requested are not granted to this installation.' });
  });
  await github.repo(subject).write.send(label);
  assert.equal(calls(/labels/)[0]?.headers.authorization, 'token ghs_1_7_read');
  assert.equal(notices.length, 1);
});

test('deleted and suspended installations', async (t) => {
  const { github, on, clock, pauses } = await startStub(t);
  let status = 404;
  on((_, response) =>
    reply(response, status, { message: status === 404 ? 'Not Found' : 'This installation has been suspended' }),
  );
  await assert.rejects(github.repo(subject).read.get('GET /x', {}), trouble('gone'));
  status = 403;
  await assert.rejects(github.repo(subject).read.get('GET /x', {}), trouble('later', clock.now() + 600_000));
  assert.equal(pauses[0]?.account, '42');
});
