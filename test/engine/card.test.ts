import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { cardAfter, cardClaim, cardIn } from '../../app/engine/card.ts';
import type { Card, Report, Ruling } from '../../app/engine/report.ts';
import type { Facts, OwnComment } from '../../app/facts/fact.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';

const now = '2026-01-05T10:00:00Z';
const voice = { first: 'en', both: false } as const;
const ruling = (fix: string) =>
  ({ module: 'pr-title', mode: 'enforce', fix: { en: fix, 'zh-CN': fix } }) as unknown as Ruling;
const there: OwnComment = { nodeId: 'IC_1', id: 1, key: 'card', body: 'x', minimized: false, createdAt: now };
const factsAt = (at: string, comments: readonly OwnComment[] = []): Facts => plainFacts({ now: at, comments });
const [soon, later] = ['2026-01-05T10:00:59Z', '2026-01-05T10:01:00Z'];

/** What is remembered after a look at which the card said this. */
function saying(text: string): Card {
  const facts = factsAt(now, [there]);
  const card = cardAfter(cardClaim([ruling(text)], facts, voice, null), facts, []);
  assert.ok(card);
  return card;
}
const wanted = (text: string | null, facts: Facts, before: Card | null) =>
  cardClaim(text === null ? [] : [ruling(text)], facts, voice, before);
const kinds = ({ claims }: ReturnType<typeof wanted>) => claims.map(({ want }) => want.kind);

suite('a card that is not there', () => {
  test('was never there: written', () => assert.deepEqual(kinds(wanted('a', factsAt(now), null)), ['comment']));
  test('was there a moment ago: looked for again, and neither written nor forgotten', () => {
    const found = wanted('a', factsAt(soon), saying('a'));
    assert.deepEqual(found.claims[0]?.want, { kind: 'revisit', at: '2026-01-05T10:01:00.000Z' });
    assert.deepEqual(cardAfter(found, factsAt(soon), []), saying('a'));
  });
  test('was there for long: somebody deleted it, and it stays away', () => {
    const found = wanted('a', factsAt(later), saying('a'));
    assert.deepEqual([kinds(found), found.kept], [[], { ...saying('a'), deleted: true }]);
  });
  test('would say something else: written', () =>
    assert.deepEqual(kinds(wanted('b', factsAt(later), { ...saying('a'), deleted: true })), ['comment']));
  test('has nothing to say: what was deleted is forgotten', () => {
    const found = wanted(null, factsAt(later), { ...saying('a'), deleted: true });
    assert.equal(cardAfter(found, factsAt(later), []), null);
  });
  const closed = (facts: Facts): Facts => ({ ...facts, thread: { ...facts.thread, state: 'closed' } });
  const draft = (facts: Facts): Facts => ({ ...facts, pull: facts.pull && { ...facts.pull, draft: true } });
  /** What is remembered after two more looks, the second without the card. */
  const deletedWhile = (text: string | null, there: Facts, gone: Facts) => {
    const hidden = cardAfter(wanted(text, there, saying('a')), there, []);
    return cardAfter(wanted(text, gone, hidden), gone, []);
  };
  const [seen, gone] = [factsAt(now, [there]), factsAt(later)];
  for (const [where, text, from] of [
    ['a closed thread of which nothing is said', null, closed],
    ['a closed thread that could be opened again', 'b', closed],
    ['a draft', 'a', draft],
  ] as const)
    test(`was deleted on ${where}: its text stays away when people are spoken to again`, () => {
      const before = deletedWhile(text, from(seen), from(gone));
      assert.deepEqual(before, { ...saying('a'), at: now, deleted: true });
      assert.deepEqual(kinds(wanted('a', gone, before)), []);
      assert.deepEqual(kinds(wanted('b', gone, before)), ['comment']);
    });
  test('was deleted while nothing was wrong: written', () =>
    assert.deepEqual(kinds(wanted('a', gone, deletedWhile(null, seen, gone))), ['comment']));
  test('was there a moment ago on what is closed: looked for again', () => {
    const found = wanted('a', closed(factsAt(soon)), saying('a'));
    assert.deepEqual([kinds(found), cardAfter(found, closed(factsAt(soon)), [])], [['revisit'], saying('a')]);
  });
  test('was deleted and is seen after all: as if nothing had been', () =>
    assert.deepEqual(kinds(wanted('a', factsAt(later, [there]), { ...saying('a'), deleted: true })), ['comment']));
});

test('only what was surely written is remembered', () => {
  const change = { id: 'comment:card', visibleTwice: true };
  const report = (did: readonly object[], plan: readonly object[] = [change]) =>
    ({ card: saying('a'), plan, did }) as unknown as Report;
  assert.equal(cardIn(null), null);
  assert.equal(cardIn(report([])), null);
  assert.equal(cardIn(report([{ change: 'comment:card', result: 'failed' }])), null);
  assert.deepEqual(cardIn(report([{ change: 'comment:card', result: 'done' }])), saying('a'));
  assert.deepEqual(cardIn(report([], [])), saying('a'));
});
