import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { suite, test } from 'node:test';
import { simulateMany } from './many.ts';
import { seedsOfFailures } from './seeds-of-failures.ts';
import { simulate } from './life.ts';
import type { Outcome } from './life.ts';

/** `npm run sim` lives as many as it is asked for. */
const [lives, atOnce] = [500, 50];

const complaints = ({ seed, violations }: Outcome) =>
  violations.map(({ step, what }) => `${seed}, step ${step}: ${what}`);

suite(`${lives} lives with troubles, crashes and moves of an adversary break nothing`, () => {
  for (let seed = 1; seed <= lives; seed += atOnce)
    test(`seeds ${seed} to ${seed + atOnce - 1}`, async () => {
      const all: string[] = [];
      const result = await simulateMany({ seed, lives: atOnce, processes: availableParallelism() }, (outcome) => {
        all.push(...complaints(outcome));
      });
      assert.deepEqual(all, []);
      assert.equal(result.lives, atOnce);
      assert.ok(result.crashes > atOnce / 2 && result.merges > atOnce / 10, JSON.stringify(result));
    });
});

for (const { seed, ...manner } of seedsOfFailures)
  test(`seed ${seed}, which failed once, does not any more`, async () => {
    assert.deepEqual(complaints(await simulate(seed, {}, manner)), []);
  });

test('the same seed is the same life, 20 seeds', async () => {
  const hashes = new Set<string>();
  for (let seed = 1_001; seed <= 1_020; seed++) {
    const [one, other] = [await simulate(seed, {}, { length: 8 }), await simulate(seed, {}, { length: 8 })];
    assert.equal(one.hash, other.hash, `seed ${seed}`);
    hashes.add(one.hash);
  }
  assert.equal(hashes.size, 20);
});
