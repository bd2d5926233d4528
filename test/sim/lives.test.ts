import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';
import { simulateMany } from './many.ts';
import { seedsOfFailures } from './seeds-of-failures.ts';
import { simulate } from './life.ts';
import type { Outcome } from './life.ts';

/** As many as a busy machine lives in a minute or two; `npm run sim` lives as many as it is asked for. */
const lives = 24;

const complaints = ({ seed, violations }: Outcome) =>
  violations.map(({ step, what }) => `${seed}, step ${step}: ${what}`);

test(`${lives} lives with troubles, crashes and moves of an adversary break nothing`, async () => {
  const all: string[] = [];
  const result = await simulateMany({ seed: 1, lives, processes: availableParallelism() }, (outcome) => {
    all.push(...complaints(outcome));
  });
  assert.deepEqual(all, []);
  assert.equal(result.lives, lives);
  assert.ok(result.crashes > lives / 2 && result.merges > 0, JSON.stringify(result));
});

for (const seed of seedsOfFailures)
  test(`seed ${seed}, which failed once, does not any more`, async () => {
    assert.deepEqual(complaints(await simulate(seed)), []);
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
