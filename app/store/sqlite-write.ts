import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';

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

function transact<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk may have ended the transaction already.
    if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
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
