import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCampaign } from './campaign.ts';

const kills = 50;

test(`${kills} kills of processes under load lose nothing that was acknowledged and double nothing`, async () => {
  const { troubles, ...result } = await runCampaign({ kills, seed: 1 });
  assert.deepEqual(troubles, []);
  assert.equal(result.kills, kills);
  assert.equal(result.integrity, 'ok');
  for (const known of [result.inWrites, result.threads, result.acknowledged])
    assert.ok(known > 5, JSON.stringify(result));
});
