import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Call } from '../../app/github/github.ts';
import { api, reply, startStub, subjectOf, trouble } from './stub-github.ts';

const subject = subjectOf();
const steps: Call = {
  via: 'steps',
  steps: [
    { route: 'POST /repos/{owner}/{repo}/git/trees', params: { tree: [] } },
    { route: 'POST /repos/{owner}/{repo}/git/commits', params: { message: 'm' }, takes: { tree: 'sha' } },
    { route: 'POST /repos/{owner}/{repo}/git/refs', params: { ref: 'refs/heads/x' }, takes: { sha: 'sha' } },
  ],
};

test('each step gets what the one before it made', async (t) => {
  const { github, on, calls } = await startStub(t);
  let made = 0;
  on(api((_, response) => reply(response, 201, { sha: `made ${(made += 1)}` })));
  await github.repo(subject).write.send(steps);
  assert.deepEqual(
    calls(/\/git\//).map(({ url, body }) => [url, body]),
    [
      ['/repos/acme/shop/git/trees', { tree: [] }],
      ['/repos/acme/shop/git/commits', { message: 'm', tree: 'made 1' }],
      ['/repos/acme/shop/git/refs', { ref: 'refs/heads/x', sha: 'made 2' }],
    ],
  );
});

for (const [status, kind] of [
  [502, 'lost'],
  [403, 'forbidden'],
  [409, 'stale'],
] as const) {
  test(`a step that is answered with ${status} stops those after it`, async (t) => {
    const { github, on, calls } = await startStub(t);
    const isCommit = (url: string) => url.endsWith('/commits');
    on(api(({ url }, response) => reply(response, isCommit(url) ? status : 201, { sha: 'a', message: 'no' })));
    await assert.rejects(github.repo(subject).write.send(steps), trouble(kind));
    assert.equal(calls(/\/git\//).length, 2);
  });
}

test('an answer without what the next step needs stops them, too', async (t) => {
  const { github, on, calls } = await startStub(t);
  on(api((_, response) => reply(response, 201, { id: 1 })));
  await assert.rejects(github.repo(subject).write.send(steps), trouble('broken'));
  assert.equal(calls(/\/git\//).length, 1);
});
