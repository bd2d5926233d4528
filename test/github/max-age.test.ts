import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EtagCache } from '../../app/github/etag-cache.ts';
import required from '../../app/facts/required.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import type { Learning } from '../../app/facts/fact.ts';

test('an entry tells when GitHub last said so', () => {
  const cache = new EtagCache();
  cache.keep('a', { etag: '"1"', data: 1, bytes: 1, at: 10 });
  cache.keep('a', { etag: '"1"', data: 1, bytes: 1, at: 20 });
  assert.equal(cache.find('a')?.at, 20);
});

test('what a branch requires may be from memory, but never before a merge', async () => {
  const ages = async (fresh: boolean) => {
    const seen: number[] = [];
    const get = async (route: string, _params: unknown, maxAge = 0) => {
      seen.push(maxAge);
      return route.includes('/rules/') ? [] : { protected: false };
    };
    const { thread, pull } = plainFacts();
    const answer = { thread: { isMergeQueueEnabled: false } };
    const learning = { read: { get }, known: { thread, pull }, fresh, answer } as unknown as Learning;
    await required.learn(learning);
    return seen;
  };
  assert.ok((await ages(false)).every((age) => age > 0));
  assert.deepEqual(await ages(true), [0, 0]);
});
