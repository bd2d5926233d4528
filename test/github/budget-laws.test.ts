import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Budget } from '../../app/github/budget.ts';
import type { Cost } from '../../app/github/cost.ts';
import { Trouble } from '../../app/github/troubles.ts';
import { ManualClock } from './manual-clock.ts';

const step = fc.record({
  account: fc.constantFrom('1', '2', '3'),
  kind: fc.constantFrom('read' as const, 'write' as const, 'token' as const),
  creates: fc.boolean(),
  rank: fc.nat(5),
  takesMs: fc.nat(12_000),
  ends: fc.constantFrom('ok', 'ok', 'ok', 'ok', 'fails', 'throws', 'limited'),
  waitMs: fc.option(fc.nat(90_000)),
  nextAfterMs: fc.nat(1500),
});

interface Spell {
  readonly start: number;
  readonly end: number;
}

interface Log {
  readonly writes: Spell[];
  readonly pauses: Spell[];
  running: number;
}

test('whatever happens: writes keep their distance, nothing starts inside a pause, everything comes to an end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 120 }), async (steps) => {
      const clock = new ManualClock();
      const logs = new Map(
        ['1', '2', '3'].map((name): [string, Log] => [name, { writes: [], pauses: [], running: 0 }]),
      );
      const logOf = (name: string) => logs.get(name) ?? assert.fail();
      const budget = new Budget({
        clock,
        load: async () => [],
        save: async ({ account, until }) => void logOf(account).pauses.push({ start: clock.now(), end: until }),
        onNotice: () => undefined,
      });
      const all: Promise<unknown>[] = [];
      for (const { account, takesMs, ends, waitMs, nextAfterMs, ...rest } of steps) {
        const log = logOf(account);
        const cost: Cost = { ...rest, creates: rest.kind === 'write' && rest.creates };
        const call = async () => {
          const start = clock.now();
          assert.ok(
            log.pauses.every((pause) => start < pause.start || start >= pause.end),
            'started inside a pause',
          );
          assert.ok((log.running += 1) <= 21 + steps.filter(({ kind }) => kind === 'token').length);
          if (takesMs > 0) await clock.sleep(takesMs);
          log.running -= 1;
          if (cost.kind === 'write') log.writes.push({ start, end: clock.now() });
          if (ends === 'limited') await budget.limited(account, { waitMs, reason: 'limit' });
          if (ends === 'throws') throw new Error('bug');
          return { answered: ends !== 'fails' };
        };
        const refused = (error: unknown) => {
          if (error instanceof Trouble) assert.ok(error.kind === 'later' && (error.until ?? 0) > clock.now() - 1);
          else assert.equal((error as Error).message, 'bug');
        };
        all.push(budget.run(account, cost, call).catch(refused));
        await clock.advance(nextAfterMs);
      }
      await clock.advance(1_000_000);
      await Promise.all(all);
      for (const { writes } of logs.values()) {
        writes.slice(1).forEach(({ start }, index) => {
          const before = writes[index] ?? assert.fail();
          assert.ok(start >= before.start + 1000 && start >= before.end, 'two writes too close');
        });
      }
    }),
    { numRuns: 40 },
  );
});
