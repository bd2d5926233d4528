import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { transact } from '../transact.ts';

const sqliteBusy = 5;
/** GitHub waits ten seconds for the answer to a delivery. */
export const patience = 8_000;
const shortestPause = 20;
const longestPause = 400;

/** Runs `work` in one transaction, tried again while another process holds the lock, until `until` has passed. */
export type Write = <T>(work: () => T, until?: number) => Promise<T>;

function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : null;
  return typeof code === 'number' && (code & 0xff) === sqliteBusy;
}

export function createWrite(db: DatabaseSync, clock: Clock): Write {
  return async (work, until = clock.now() + patience) => {
    for (let pause = shortestPause; ; pause = Math.min(longestPause, pause * 2)) {
      try {
        return transact(db, work);
      } catch (error) {
        if (!isBusy(error) || clock.now() + pause > until) throw error;
      }
      await clock.sleep(pause * (0.5 + clock.random() / 2));
    }
  };
}
