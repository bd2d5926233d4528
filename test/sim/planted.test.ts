import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulate } from './life.ts';
import { planted } from './planted.ts';

for (const [name, { plant, tells, script }] of Object.entries(planted))
  test(`the simulation finds it when ${name}`, async () => {
    const { violations } = await simulate(1, plant(), { script, until: tells });
    const all = violations.map(({ what }) => what);
    assert.ok(
      all.some((what) => what.includes(tells)),
      `no ${tells}: ${all.join('; ')}`,
    );
  });
