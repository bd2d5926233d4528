import assert from 'node:assert/strict';
import { test } from 'node:test';
import asks, { goneKeys } from '../../app/facts/asks.ts';
import awaited from '../../app/facts/awaited.ts';
import type { Asked } from '../../app/facts/command-facts.ts';
import type { Learning } from '../../app/facts/fact.ts';
import { Trouble } from '../../app/github/troubles.ts';

const gone = () => new Trouble('gone', 'GitHub answered 410: This issue was deleted', { status: 410 });

/** What is known of `#12` and `#13` when a command that is kept names both and this is thrown for the first. */
async function awaitedWith(trouble: Trouble) {
  const get = async (_route: string, { issue_number }: { issue_number: number }) => {
    if (issue_number === 12) throw trouble;
    return { state: 'closed' };
  };
  const known = { asks: [{ args: { what: 'until #12 and #13' } }] };
  const learning = { known, read: { get }, ask: {}, answer: { viewer: { login: 'us' } } } as unknown as Learning;
  return awaited.learn(learning);
}

test('whoever names a deleted or a transferred thread does not end the whole look', async () => {
  assert.deepEqual(await awaitedWith(gone()), { 12: null, 13: 'closed' });
});

test('a thread that GitHub cannot show for now is not taken for gone', async () => {
  const later = new Trouble('later', 'no answer');
  await assert.rejects(awaitedWith(later), (error) => error === later);
});

/** Whether each of these comments counts as deleted, on a thread with more than one page; `there` are left of them. */
async function withdrawnOf(ids: readonly string[], there: readonly string[], done: readonly string[] = []) {
  let questions = 0;
  const graphql = async (_document: string, variables: { ids: readonly string[] }) => {
    questions += 1;
    assert.ok(variables.ids.length <= 100);
    if (!variables.ids.every((id) => there.includes(id))) throw gone();
    return { nodes: variables.ids.map((id) => ({ id })) };
  };
  const asked = ids.map((id) => ({ key: `${id}:0`, surface: 'comment', withdrawn: false }));
  const thread = { comments: { nodes: [], pageInfo: { hasPreviousPage: true } } };
  const learning = { answer: { thread }, read: { graphql }, ask: { recalled: { asked, done } } } as unknown as Learning;
  const seen = await asks.learn(learning);
  return { gone: seen.flatMap(({ key, withdrawn }) => (withdrawn ? [key.slice(0, -2)] : [])), questions };
}

test('of many older comments the deleted ones are found, though GitHub refuses to answer for all at once', async () => {
  const ids = Array.from({ length: 100 }, (_, at) => `IC_${at}`);
  assert.deepEqual(await withdrawnOf(ids, ids), { gone: [], questions: 1 });
  const left = ids.filter((id) => id !== 'IC_3' && id !== 'IC_77');
  const seen = await withdrawnOf(ids, left);
  assert.deepEqual(seen.gone, ['IC_3', 'IC_77']);
  assert.ok(seen.questions <= 30, String(seen.questions));
});

test('what GitHub was not asked about is not deleted, however many there are', async () => {
  const ids = Array.from({ length: 250 }, (_, at) => `IC_${at}`);
  assert.deepEqual(await withdrawnOf(ids, ids), { gone: [], questions: 3 });
});

test('what is gone for good is asked for once', async () => {
  const ids = ['IC_1', 'IC_2'];
  const first = await withdrawnOf(ids, ['IC_1']);
  const of = (withdrawn: boolean, at: string) => ({ key: 'IC_2:0', withdrawn, at }) as Asked;
  const now = '2026-01-05T10:00:00Z';
  const keysOf = (...all: Asked[]) => goneKeys({ asks: all, now });
  assert.deepEqual(keysOf(of(true, '2026-01-05T09:55:00Z'), of(false, '2026-01-05T09:00:00Z')), []);
  const again = await withdrawnOf(ids, ['IC_1'], keysOf(of(true, '2026-01-05T09:45:00Z')));
  assert.deepEqual([first.gone, again.gone, again.questions], [['IC_2'], ['IC_2'], 1]);
});
