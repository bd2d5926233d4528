import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inGroups, type Settled } from '../../app/store/in-groups.ts';

/** Saves that end when they are told to. */
function slowly() {
  const groups: (readonly number[])[] = [];
  const ends: (() => void)[] = [];
  const save = async (group: readonly number[]): Promise<readonly Settled<string>[]> => {
    groups.push(group);
    await new Promise<void>((resolve) => ends.push(resolve));
    return group.map((one) => (one < 0 ? { error: new Error(`${one}`) } : { value: `saved ${one}` }));
  };
  return { groups, save, end: () => ends.shift()?.() };
}

const turns = async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
};

test('what comes at once is saved together, what comes meanwhile in the next group, each told of its own', async () => {
  const { groups, save, end } = slowly();
  const add = inGroups(3, save);
  const first = Promise.allSettled([1, 2, 3, 4].map(add));
  await turns();
  const second = Promise.allSettled([-5, 6].map(add));
  await turns();
  assert.deepEqual(groups, [[1, 2, 3]]);
  end();
  await turns();
  assert.deepEqual(groups, [
    [1, 2, 3],
    [4, -5, 6],
  ]);
  end();
  assert.deepEqual(
    (await first).map((one) => one.status === 'fulfilled' && one.value),
    ['saved 1', 'saved 2', 'saved 3', 'saved 4'],
  );
  const [refused, saved] = await second;
  assert.deepEqual([refused?.status, saved?.status], ['rejected', 'fulfilled']);
});

test('a group that cannot be saved is refused as a whole, and the next one is saved', async () => {
  const seen: number[] = [];
  const add = inGroups<number, number>(10, async (group) => {
    seen.push(group.length);
    if (seen.length === 1) throw new Error('the disk is full');
    return group.map((value) => ({ value }));
  });
  const refused = await Promise.allSettled([add(1), add(2)]);
  assert.deepEqual(
    refused.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.equal(await add(3), 3);
  assert.deepEqual(seen, [2, 1]);
});
