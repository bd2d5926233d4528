import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import commits from '../../app/facts/commits.ts';
import type { Learning } from '../../app/facts/fact.ts';
import { Trouble } from '../../app/github/troubles.ts';

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const node = (
  message: string,
  author: unknown = { name: 'Bob', email: 'bob@example.com', user: { login: 'bob' } },
) => ({
  commit: { oid: 'a'.repeat(40), message, parents: { totalCount: 1 }, author },
});

/** GitHub with a pull request of so many commits, and what it was asked for. */
function learning(total: number, counted = total, isPull = true) {
  const asked: unknown[] = [];
  const pageAt = (from: number, first: number): Page => ({
    totalCount: counted,
    nodes: Array.from({ length: Math.max(0, Math.min(first, total - from)) }, (_, at) => node(`feat: ${from + at}`)),
    pageInfo: { hasNextPage: from + first < total, endCursor: String(from + first) },
  });
  const read = {
    get: () => assert.fail('no REST call'),
    graphql: (_: string, variables: Readonly<Record<string, unknown>>) => {
      asked.push(variables);
      const allCommits = pageAt(Number(variables['after']), Number(variables['first']));
      return Promise.resolve({ repository: { pullRequest: { allCommits } } });
    },
  };
  const answer = { viewer: { login: 'x', id: 1 }, repository: {}, thread: { allCommits: pageAt(0, 100) }, isPull };
  const subject = { kind: 'thread', repo: { id: 1, owner: 'acme', name: 'shop' }, installation: null, number: 12 };
  return { asked, learning: { answer, subject, read, ask: {}, known: {} } as unknown as Learning };
}

const firsts = (asked: readonly unknown[]) => asked.map((one) => (one as { first: number }).first);

suite('the commits of a pull request', () => {
  test('up to a hundred cost no request of their own', async () => {
    const { asked, learning: given } = learning(100);
    const fact = await commits.learn(given);
    assert.deepEqual([fact.list.length, fact.total, fact.complete, asked], [100, 100, true, []]);
  });
  test('further pages', async () => {
    const { asked, learning: given } = learning(201);
    const fact = await commits.learn(given);
    assert.deepEqual([fact.list.length, fact.complete, firsts(asked)], [201, true, [100, 50]]);
    assert.equal(fact.list[200]?.headline, 'feat: 200');
  });
  test('250 at most, and then they are not complete', async () => {
    const { asked, learning: given } = learning(400);
    const fact = await commits.learn(given);
    assert.deepEqual([fact.list.length, fact.total, fact.complete, firsts(asked)], [250, 400, false, [100, 50]]);
  });
  test('fewer than GitHub counts are not complete', async () => {
    const fact = await commits.learn(learning(3, 4).learning);
    assert.deepEqual([fact.list.length, fact.total, fact.complete], [3, 4, false]);
  });
  test('an issue has none', async () => {
    assert.deepEqual(await commits.learn(learning(3, 3, false).learning), { list: [], total: 0, complete: true });
  });
});

suite('one commit', () => {
  const learnt = async (one: unknown) => {
    const { learning: given } = learning(0);
    const page = { totalCount: 1, nodes: [one], pageInfo: { hasNextPage: false, endCursor: null } };
    return await commits.learn({ ...given, answer: { ...given.answer, thread: { allCommits: page } } });
  };
  test('without an account, without an author, without a message', async () => {
    const stranger = await learnt(node('a', { name: 'Ann', email: 'ann@example.com', user: null }));
    assert.deepEqual(stranger.list[0]?.author, { name: 'Ann', email: 'ann@example.com', login: null });
    const nobody = await learnt(node('', null));
    assert.deepEqual(nobody.list[0]?.author, { name: '', email: '', login: null });
    assert.equal(nobody.list[0]?.headline, '');
  });
  test('a long subject is not cut off where GitHub cuts it', async () => {
    const { list } = await learnt(node(`feat: ${'x'.repeat(200)}\r\n\r\nbody`));
    assert.equal(list[0]?.headline.length, 206);
  });
  test('a message of a megabyte keeps its start and its end', async () => {
    const { list } = await learnt(node(`feat: a\n\n${'x'.repeat(1_000_000)}\nSigned-off-by: Bob <bob@example.com>`));
    assert.match(list[0]?.message ?? '', /^feat: a\n[^]*Signed-off-by: Bob <bob@example\.com>$/);
    assert.ok((list[0]?.message.length ?? 0) < 20_000);
  });
  test('another shape is a trouble', async () => {
    await assert.rejects(
      () => learnt({ commit: null }),
      (error: unknown) => error instanceof Trouble && error.kind === 'broken',
    );
  });
});
