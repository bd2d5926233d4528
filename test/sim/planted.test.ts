import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulate } from './life.ts';
import { planted } from './planted.ts';

const mostLives = 40;

for (const [name, { plant, tells }] of Object.entries(planted))
  test(`the simulation finds it when ${name}`, async () => {
    for (let seed = 1; seed <= mostLives; seed++) {
      const { violations } = await simulate(seed, plant);
      if (violations.some(({ what }) => what.includes(tells))) return;
    }
    assert.fail(`no ${tells} in ${mostLives} lives`);
  });
