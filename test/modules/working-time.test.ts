import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { endOf } from '../../app/modules/lifecycle/working-time.ts';

const day = 86_400_000;
const hour = day / 24;

suite('working days', () => {
  // 2026-01-05 is a Monday.
  const rows: readonly (readonly [since: string, length: number, end: string])[] = [
    ['2026-01-05T09:00:00Z', day, '2026-01-06T09:00:00Z'],
    ['2026-01-08T09:00:00Z', day, '2026-01-09T09:00:00Z'],
    ['2026-01-09T09:00:00Z', day, '2026-01-12T09:00:00Z'],
    ['2026-01-09T09:00:00Z', 15 * hour, '2026-01-10T00:00:00Z'],
    ['2026-01-09T09:00:00Z', 16 * hour, '2026-01-12T01:00:00Z'],
    ['2026-01-10T09:00:00Z', hour, '2026-01-12T01:00:00Z'],
    ['2026-01-11T23:59:00Z', day, '2026-01-13T00:00:00Z'],
    ['2026-01-05T09:00:00Z', 5 * day, '2026-01-12T09:00:00Z'],
    ['2026-01-05T09:00:00Z', 10 * day, '2026-01-19T09:00:00Z'],
    ['2026-01-10T09:00:00Z', 10 * day, '2026-01-24T00:00:00Z'],
    ['2026-01-05T09:00:00Z', 0, '2026-01-05T09:00:00Z'],
  ];
  for (const [since, length, end] of rows) {
    test(`${since} and ${length / hour} hours`, () => {
      assert.equal(new Date(endOf(Date.parse(since), length, true)).toISOString(), end.replace('Z', '.000Z'));
    });
  }
  test('every day counts where nothing else is asked', () => assert.equal(endOf(5, 3 * day, false), 5 + 3 * day));
  test('what never ends never ends', () => assert.equal(endOf(5, Infinity, true), Infinity));
  test('exactly as much time passes on weekdays as was asked for', () => {
    const start = Date.parse('2026-01-01T00:00:00Z') / hour;
    const isWeekend = (at: number) => [0, 6].includes(new Date(at * hour).getUTCDay());
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 24 * 30 }), fc.integer({ min: 0, max: 24 * 60 }), (from, length) => {
        const since = start + from;
        const end = endOf(since * hour, length * hour, true) / hour;
        const hours = Array.from({ length: end - since }, (_, at) => since + at);
        assert.equal(hours.filter((at) => !isWeekend(at)).length, length);
      }),
    );
  });
});
