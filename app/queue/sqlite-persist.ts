import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import type { LogFields } from '../log.ts';
import { transact } from '../transact.ts';

const shortestPause = 20;
const longestPause = 60_000;
/** Trouble that lasts longer than a pause of this is told. */
const patience = 5_000;

/** Primary result codes that say the statement or its values are wrong; all others are trouble with the files. */
const ourFaults = new Set([1, 18, 19, 20, 21, 25]);

export interface Durable {
  readonly db: DatabaseSync;
  readonly clock: Clock;
  readonly onProblem: (text: string, about?: LogFields) => void;
}

/** A lock, a full disk, a lost one: the same call may succeed later. */
export function isFileTrouble(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : null;
  return typeof code === 'number' && !ourFaults.has(code & 0xff);
}

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * Runs `work` in one transaction and, while the files are in trouble, again until it succeeds or `signal` is aborted or `until`
 * has passed.
 */
export async function persist<T>(
  { db, clock, onProblem }: Durable,
  work: () => T,
  { signal, until = Infinity }: { readonly signal?: AbortSignal; readonly until?: number },
): Promise<T> {
  for (let pause = shortestPause, told = false; ; pause = Math.min(longestPause, pause * 2)) {
    try {
      return transact(db, work);
    } catch (error) {
      if (signal?.aborted || !isFileTrouble(error) || clock.now() + pause > until) throw error;
      if (pause > patience && !told) onProblem(`the queue cannot write, and tries on: ${messageOf(error)}`);
      told ||= pause > patience;
    }
    await clock.sleep(pause, signal);
  }
}
