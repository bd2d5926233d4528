import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { JournalEntry } from '../fake-github/fake-github.ts';
import { liveThrough } from './busy-day.ts';
import { beyond, spentBy } from './spent.ts';

test('an hour of three busy installations goes beyond no limit of GitHub’s, and all is done', async (t) => {
  const { accounts, journal, deeds, late } = await liveThrough({ hours: 1, seed: 3, perMinute: 0.1, burst: 25 });
  assert.equal(accounts.length, 3);
  for (const account of accounts) {
    assert.ok(spentBy(account, journal).writes > 5, account);
    assert.deepEqual(beyond(account, journal), []);
  }
  assert.ok(
    journal.some(({ note }) => note === 'fault secondary-limit'),
    'one of them was told to wait',
  );
  assert.deepEqual(late, []);
  t.diagnostic(`${deeds} deeds of people, ${journal.length} requests`);
});

suite('what goes beyond a limit is seen', () => {
  const call = (at: number, more: Partial<JournalEntry> = {}): JournalEntry => ({
    ...{ at, method: 'GET', route: 'GET /x', path: '/x', status: 200, as: 'installation', account: 'installation 1' },
    ...{ write: false, applied: false, note: '', ...more },
  });
  const write = { method: 'PATCH', route: 'PATCH /x', write: true };
  const comment = {
    ...{ method: 'POST', write: true, status: 201 },
    route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  };
  const query = { method: 'POST', route: 'POST /graphql' };
  const many = (count: number, every: number, more: Partial<JournalEntry> = {}) =>
    Array.from({ length: count }, (_, index) => call(index * every, more));
  const seen = (journal: readonly JournalEntry[]) => beyond('installation 1', journal);

  for (const [what, within, without] of [
    ['5001 requests in an hour', many(5_000, 700), many(5_001, 700)],
    ['5001 queries in an hour', many(5_000, 700, query), many(5_001, 700, query)],
    ['901 points in a minute', many(900, 60), many(901, 60)],
    ['81 new content in a minute', many(80, 7_000, comment), many(81, 100, comment)],
    ['501 new content in an hour', many(500, 7_000, comment), many(501, 7_000, comment)],
    ['two writes within 999 ms', [call(0, write), call(1_000, write)], [call(0, write), call(999, write)]],
  ] as const)
    test(what, () => {
      assert.deepEqual(seen(within), []);
      assert.ok(seen(without).includes(`installation 1: ${what}`), seen(without).join());
      const others = without.map((entry) => ({ ...entry, account: 'installation 2' }));
      assert.deepEqual(seen(others), [], 'each account has limits of its own');
    });

  test('a call while GitHub wants none, and a refusal', () => {
    const told = call(0, { ...write, status: 403, note: 'fault secondary-limit' });
    assert.deepEqual(seen([told, call(300_000)]), []);
    assert.deepEqual(seen([told, call(299_999)]), ['installation 1: GET /x 299999 ms into a pause']);
    assert.equal(seen([call(0, { status: 429 })]).length, 1);
    assert.deepEqual(seen(many(5_001, 700, { status: 304 })), [], 'what is not modified is free');
  });
});
