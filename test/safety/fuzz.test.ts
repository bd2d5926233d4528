import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { play } from './fuzz/play.ts';
import { targets } from './fuzz/targets.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);

suite('whatever strangers write', () => {
  for (const target of targets) {
    test(`${target.name} hold`, async (t) => {
      const { runs, fault } = await play(target, seed, 2_000, 1_500);
      t.diagnostic(`${runs} inputs, FUZZ_SEED=${seed}`);
      assert.equal(fault, null, `FUZZ_SEED=${seed}: ${fault}`);
      assert.ok(runs > 0);
    });
  }
});

test('a fault is found, made small, and found again by its seed', async () => {
  const holds = (text: string) => assert.ok(!text.includes('b'));
  const target = { name: 'no b', inputs: fc.tuple(fc.string()), holds };
  const [one, again] = [await play(target, 7, 5_000, 60_000), await play(target, 7, 5_000, 60_000)];
  assert.match(one.fault ?? '', /^\["b"\]: /);
  assert.equal(again.fault, one.fault);
});
