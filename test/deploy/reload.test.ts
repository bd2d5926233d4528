import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptConnections, playReloads } from './reload.ts';

test('deliveries that come in during two deploys are all accepted, kept and considered once', async () => {
  const { sent, accepted, refused, resent, lost, doubled, reasons } = await playReloads({
    reloads: 2,
    rate: 100,
    by: 'deploy',
  });
  assert.deepEqual({ refused, lost, doubled, reasons }, { refused: 0, lost: 0, doubled: 0, reasons: {} });
  assert.ok(sent > 0 && accepted === sent);
  assert.ok(resent < keptConnections, `${resent} sent again: a reload cut the connections that were kept`);
});
