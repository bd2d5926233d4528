import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import type { Given } from '../../app/facts/plain-facts.ts';
import { aheadOf, firstOf, isBefore, nobody, patience, rankOf } from '../../app/merge-pool/line.ts';
import type { Line, Turn } from '../../app/merge-pool/line.ts';
import { nextStep } from '../../app/merge-pool/next-step.ts';
import { mergeOptions } from '../../app/merge-pool/options.ts';
import { refusalKey } from '../../app/wants/refusal.ts';

const head = 'b'.repeat(40);
const now = '2026-01-05T10:00:00Z';
const turn = (number: number, more: Partial<Turn> = {}): Turn => ({ number, rank: 0, busy: false, at: now, ...more });
const line = (more: Partial<Line>): Line => ({ ...nobody, ...more });

function step(given: Given, others: Line, options: object = {}, mode: 'enforce' | 'warn' = 'enforce') {
  const facts = plainFacts({ now, ...given });
  return nextStep({ facts, rows: [], options: mergeOptions.parse(options), mode, held: [], line: others });
}

test('the rank of a pull request is its first priority label, in any case', () => {
  const priority = ['priority/critical', 'priority/high'];
  assert.equal(rankOf(['bug', 'Priority/High'], priority), 1);
  assert.equal(rankOf(['priority/high', 'priority/critical'], priority), 0);
  assert.equal(rankOf(['bug'], priority), 2);
  assert.equal(rankOf(['bug'], []), 0);
});

suite('who goes first', () => {
  const cases: readonly [title: string, first: Turn, second: Turn][] = [
    ['a priority label before a lower number', turn(9), turn(1, { rank: 1 })],
    ['a priority label before one that is being tested', turn(9), turn(1, { rank: 1, busy: true })],
    ['one that is being tested before a lower number', turn(9, { busy: true }), turn(1)],
    ['the lowest number', turn(1), turn(9)],
  ];
  for (const [title, first, second] of cases) {
    test(title, () => {
      const at = Date.parse(now);
      assert.deepEqual(aheadOf(second, [first], at), first);
      assert.equal(aheadOf(first, [second], at), null);
      assert.equal(aheadOf(second, [first], at + patience), null, 'nobody waits for ever');
    });
  }
});

suite('one pull request in line', () => {
  test('it waits for the one before it, says for which, and looks again', () => {
    const found = step({ behind: true }, line({ others: [turn(3), turn(7)] }));
    assert.deepEqual([found.verdict, found.wants, found.turn], ['wait', [], turn(12)]);
    assert.match(found.because.en, /waits for #3, which goes first/);
    assert.match(found.because['zh-CN'], /等待 #3 先合并/);
    assert.equal(found.revisitAt, '2026-01-05T10:30:00.000Z');
  });
  test('it looks again when the one before it is given up', () => {
    const others = [turn(3, { busy: true, at: '2026-01-05T09:10:00Z' })];
    assert.equal(step({}, line({ others })).revisitAt, '2026-01-05T10:10:00.000Z');
  });
  test('first in line it acts, and is busy from now on', () => {
    const found = step({ behind: true }, line({ others: [turn(13), turn(40)] }));
    assert.deepEqual([found.wants, found.turn], [[{ kind: 'update-branch', head }], turn(12, { busy: true })]);
    assert.equal(step({}, line({ others: [turn(13)] })).wants[0]?.kind, 'merge');
  });
  test('while its checks run it keeps its place, and the time since when', () => {
    const mine = turn(12, { busy: true, at: '2026-01-05T09:50:00Z' });
    const running = {
      contexts: { list: [{ name: 'b', kind: 'check', app: 1, state: 'pending', ours: false }] },
    } as const;
    assert.deepEqual(step(running, line({ mine })).turn, mine);
    assert.equal(step(running, nobody).turn, null, 'one that was never begun with is not in line');
    assert.equal(step(running, line({ mine: turn(12) })).turn, null);
  });
  const out: readonly [title: string, given: Given, options?: object][] = [
    ['a check failed', { contexts: { list: [{ name: 'b', kind: 'check', app: 1, state: 'failure', ours: false }] } }],
    ['an approval is missing', { reviews: { list: [] } }],
    ['it is a draft', { pull: { draft: true } }],
    ['it conflicts', { mergeability: { mergeable: false } }],
    ['it is closed', { thread: { state: 'closed' } }],
    ['it has landed', { thread: { state: 'merged' } }],
    ['merges are frozen', {}, { freeze: [{ cron: '0 9 * * 1', for: '5h' }] }],
    ['GitHub refuses to merge it', { done: [refusalKey(`merge@${head}`, now)] }],
    ['GitHub keeps a line of its own', { required: { queue: true } }],
  ];
  for (const [title, given, options] of out) {
    test(`it makes room once ${title}`, () =>
      assert.equal(step(given, line({ mine: turn(12, { busy: true }) }), options).turn, null));
  }
  test('where nothing is merged nobody has to wait for it', () =>
    assert.equal(step({}, line({ others: [turn(1)] }), {}, 'warn').turn, null));
});

const turns = fc.uniqueArray(
  fc.record({
    number: fc.integer({ min: 1, max: 30 }),
    rank: fc.integer({ min: 0, max: 2 }),
    busy: fc.boolean(),
    at: fc.constantFrom(now, '2026-01-05T09:30:00Z', '2026-01-05T08:00:00Z'),
  }),
  { selector: ({ number }) => number, minLength: 1, maxLength: 8 },
);

test('everybody who looks agrees on who is first, in whatever order they stand', () => {
  fc.assert(
    fc.property(turns, (all) => {
      const at = Date.parse(now);
      assert.deepEqual(firstOf(all, at), firstOf(all.toReversed(), at));
      for (const a of all) for (const b of all) if (a !== b) assert.notEqual(isBefore(a, b), isBefore(b, a));
      const fresh = all.map((one) => ({ ...one, at: now }));
      const free = fresh.filter(
        (one) =>
          aheadOf(
            one,
            fresh.filter((other) => other !== one),
            at,
          ) === null,
      );
      assert.deepEqual(free, [firstOf(fresh, at)]);
    }),
  );
});

interface World {
  readonly line: Map<number, Turn>;
  readonly behind: Set<number>;
  readonly testing: Map<number, number>;
  readonly landed: number[];
}

/** One look at one pull request: what it says of itself, then what it does. */
function look(number: number, world: World, time: number, stuck: ReadonlySet<number>): void {
  const others = [...world.line.values()].filter((one) => one.number !== number);
  const left = world.testing.get(number) ?? 0;
  const state = left > time || (left > 0 && stuck.has(number)) ? ('pending' as const) : ('success' as const);
  const contexts = { list: [{ name: 'build', kind: 'check' as const, app: 1, state, ours: false }] };
  const given: Given = {
    now: new Date(time).toISOString(),
    thread: { number },
    contexts,
    behind: world.behind.has(number),
  };
  const found = step(given, { mine: world.line.get(number) ?? null, others });
  if (found.turn) world.line.set(number, found.turn);
  else world.line.delete(number);
  if (found.wants[0]?.kind === 'update-branch') {
    world.behind.delete(number);
    world.testing.set(number, time + 600_000);
  }
  if (found.wants[0]?.kind !== 'merge') return;
  world.landed.push(number);
  world.line.delete(number);
}

test('however the looks fall, everybody lands once, and one that is stuck holds nobody for ever', () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(numbers, fc.integer({ min: 0, max: 9 }), fc.infiniteStream(fc.nat()), (all, stuckOne, dice) => {
      const stuck = new Set(all.length > 1 ? [stuckOne] : []);
      const world: World = { line: new Map(), behind: new Set(all), testing: new Map(), landed: [] };
      const open = () => all.filter((number) => !world.landed.includes(number));
      for (let round = 0; round < 60 * all.length && open().some((one) => !stuck.has(one)); round++) {
        const time = Date.parse(now) + round * 300_000;
        const order = open().sort((a, b) => ((a * 7919 + round) % 11) - ((b * 7919 + round) % 11));
        if ((dice.next().value ?? 0) % 2 === 0) order.reverse();
        for (const number of order) {
          const before = world.landed.length;
          look(number, world, time, stuck);
          if (world.landed.length > before) for (const other of open()) world.behind.add(other);
        }
      }
      assert.deepEqual(
        open().filter((one) => !stuck.has(one)),
        [],
      );
      assert.equal(new Set(world.landed).size, world.landed.length);
    }),
    { numRuns: 200 },
  );
});
