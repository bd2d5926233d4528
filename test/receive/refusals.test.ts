import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LogFields } from '../../app/log.ts';
import { mostRefusals, refusals } from '../../app/receive/refusals.ts';

test('a storm of refusals is a minute’s worth of lines and a number', () => {
  let now = 0;
  const lines: [string, LogFields | undefined][] = [];
  const log = { warn: (text: string, fields?: LogFields) => void lines.push([text, fields]) };
  const refused = refusals(log, { now: () => now, random: () => 0, sleep: async () => {} });
  for (let at = 0; at < 10_000; at++) refused('no', { delivery: `d-${at}` });
  assert.equal(lines.length, mostRefusals);
  assert.deepEqual(lines.at(-1), ['no', { delivery: `d-${mostRefusals - 1}` }]);
  now = 60_000;
  refused('no', { delivery: 'later' });
  assert.deepEqual(lines.slice(mostRefusals), [
    [`${10_000 - mostRefusals} more deliveries were refused within a minute`, undefined],
    ['no', { delivery: 'later' }],
  ]);
  now = 120_000;
  refused('no', {});
  assert.equal(lines.length, mostRefusals + 3);
});
