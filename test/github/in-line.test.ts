import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Budget } from '../../app/github/budget.ts';
import type { Cost } from '../../app/github/cost.ts';
import type { Trouble } from '../../app/github/troubles.ts';
import { ManualClock } from './manual-clock.ts';

const write: Cost = { kind: 'write', creates: false, rank: 3 };
const comment: Cost = { kind: 'write', creates: true, rank: 4 };

function setUp() {
  const clock = new ManualClock();
  const budget = new Budget({ clock, load: async () => [], save: async () => {}, onNotice: () => {} });
  const starts: number[] = [];
  const call = async () => {
    starts.push(clock.now());
    return { answered: true };
  };
  return { clock, budget, starts, call, t0: clock.now() };
}

test('a write that stood in line is asked about once more before it is sent', async () => {
  const { clock, budget, starts, call } = setUp();
  let isHalted = false;
  const sure = async () => {
    if (isHalted) throw new Error('halted');
  };
  const all = Promise.allSettled([1, 2, 3, 4].map(() => budget.run('1', write, call, sure)));
  await clock.advance(1_500);
  isHalted = true;
  await clock.advance(10_000);
  assert.deepEqual(
    (await all).map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'rejected'],
  );
  assert.equal(starts.length, 2);
  isHalted = false;
  await budget.run('1', write, call, sure);
  assert.equal(starts.length, 3, 'nobody’s refusal counts as GitHub’s');
});

test('a thousand comments beyond the budget come back in turn, and hardly any in vain', async () => {
  const { clock, budget, starts, call, t0 } = setUp();
  let asked = 0;
  const insist = async (): Promise<void> => {
    asked += 1;
    const until = await budget.run('1', comment, call).then(
      () => null,
      (error: Trouble) => error.until,
    );
    if (until === null) return;
    await clock.sleep(until - clock.now());
    return insist();
  };
  const all = Promise.all(Array.from({ length: 1_000 }, insist));
  for (let hours = 0; hours < 4; hours++) await clock.advance(3_600_000);
  await all;
  assert.equal(starts.length, 1_000);
  assert.ok((starts.at(-1) ?? Infinity) - t0 < 3 * 3_600_000, 'as soon as the limits allow');
  assert.ok(asked <= 3_000, `${asked} tries`);
});
