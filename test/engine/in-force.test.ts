import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inForceNow } from '../../app/engine/in-force.ts';
import type { InForce, Sight } from '../../app/engine/in-force.ts';
import { startOf } from '../../app/modules/in-force.ts';

const [minute, day] = [60_000, 86_400_000];
const now = Date.parse('2026-01-05T10:00:00Z');
const pushedAt = now - 5 * minute;
const own = new Map([['auto-reply:a', true]]);
const above = new Map([['auto-reply:a', false]]);
const known: InForce = { '': 1 };

const cases: readonly [string, InForce | null, ReadonlyMap<string, boolean>, Partial<Sight>, InForce][] = [
  ['what is known stays as it was', { '': 1, 'auto-reply:a': 7 }, own, {}, { '': 1, 'auto-reply:a': 7 }],
  ['new in the own file: the last push', known, own, {}, { '': 1, 'auto-reply:a': pushedAt }],
  [
    'new in the own file, pushed nobody knows when',
    known,
    own,
    { pushedAt: null },
    { '': 1, 'auto-reply:a': now - minute },
  ],
  ['a clock of GitHub that is ahead', known, own, { pushedAt: now + day }, { '': 1, 'auto-reply:a': now }],
  ['new in a layer above', known, above, {}, { '': 1, 'auto-reply:a': now - minute }],
  ['what is gone is forgotten', { '': 1, 'auto-reply:b': 7 }, new Map(), {}, { '': 1 }],
  ['a repository nobody told us of', null, own, {}, { '': now, 'auto-reply:a': now - day }],
  ['a repository that was just given to us', null, above, { anew: true }, { '': now, 'auto-reply:a': now - minute }],
  ['no rules yet', null, new Map(), {}, { '': now }],
];

suite('since when pieces of the rules are in force', () => {
  for (const [title, before, pieces, more, expected] of cases) {
    test(title, () => assert.deepEqual(inForceNow(before, pieces, { now, pushedAt, anew: false, ...more }), expected));
  }
});

test('a piece answers since it is in force, at most three days back; one that nobody dated a day', () => {
  const start = (since?: string) =>
    now - startOf('p', { now: new Date(now).toISOString(), since: since === undefined ? {} : { p: since } });
  assert.equal(start(new Date(now - 2 * day).toISOString()), 2 * day);
  assert.equal(start('2020-01-01T00:00:00Z'), 3 * day);
  assert.equal(start(), day);
});
