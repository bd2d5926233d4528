import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Trouble } from '../../app/github/troubles.ts';
import { reply, startStub } from './stub-github.ts';

const repository = (id: number, archived = false) => ({ id, name: `r${id}`, owner: { login: 'acme' }, archived });

test('the repositories of an installation are read page by page, the archived left out', async (t) => {
  const stub = await startStub(t);
  stub.on((seen, response) => {
    if (seen.url.endsWith('/access_tokens'))
      return reply(response, 201, { token: 'whole', expires_at: '2030-01-01T00:00:00Z' });
    const page = Number(new URL(seen.url, 'http://x').searchParams.get('page'));
    const first = (page - 1) * 100;
    const count = page < 3 ? 100 : 1;
    const repositories = Array.from({ length: count }, (_, index) => repository(first + index, index === 0));
    return reply(response, 200, { total_count: 201, repositories });
  });
  const found = await stub.github.reachedBy(42);
  assert.equal(found.length, 198);
  assert.deepEqual(found[0], { kind: 'repo', repo: { id: 1, owner: 'acme', name: 'r1' }, installation: 42 });
  const [token] = stub.calls(/access_tokens/);
  assert.deepEqual(token?.body, { permissions: { metadata: 'read' } });
  assert.equal(stub.calls(/installation\/repositories/).length, 3);
});

test('a list that cannot be read is asked for again later', async (t) => {
  const stub = await startStub(t);
  stub.on((seen, response) => {
    if (seen.url.endsWith('/access_tokens'))
      return reply(response, 201, { token: 'whole', expires_at: '2030-01-01T00:00:00Z' });
    return reply(response, 200, { message: 'hello' });
  });
  await assert.rejects(stub.github.reachedBy(42), (error) => error instanceof Trouble && error.kind === 'later');
});
