import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Budget } from '../../app/github/budget.ts';
import type { Cost } from '../../app/github/cost.ts';
import { ManualClock } from './manual-clock.ts';

const comment: Cost = { kind: 'write', creates: true, rank: 4 };
const label: Cost = { kind: 'write', creates: false, rank: 2 };

/** When each of twenty accounts has its label and its comment, beside one that wants `noise` writes. */
async function servedAt(noise: number): Promise<readonly number[]> {
  const clock = new ManualClock();
  const budget = new Budget({ clock, load: async () => [], save: async () => {}, onNotice: () => {} });
  const begin = clock.now();
  const served: number[] = [];
  const call = async () => {
    await clock.sleep(200);
    return { answered: true };
  };
  const loud = Array.from({ length: noise }, () => budget.run('loud', comment, call).catch(() => {}));
  const all = Array.from({ length: 20 }, async (_, index) => {
    await Promise.all([budget.run(String(index), label, call), budget.run(String(index), comment, call)]);
    served.push(clock.now() - begin);
  });
  await clock.advance(20_000);
  await Promise.all([...all, ...loud]);
  return served;
}

test('twenty installations are each given a label and a comment within three seconds in all', async () => {
  const served = await servedAt(0);
  assert.equal(served.length, 20);
  assert.ok(Math.max(...served) <= 3_000, `the last after ${Math.max(...served)} ms`);
});

test('one that wants a thousand writes delays nobody else', async () => {
  assert.deepEqual(await servedAt(1_000), await servedAt(0));
});
