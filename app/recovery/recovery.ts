import type { Clock } from '../clock.ts';
import type { DeliveryLog, GitHub } from '../github/github.ts';
import type { Log } from '../log.ts';
import type { Queue } from '../queue/queue.ts';
import type { Store } from '../store/store.ts';

/** What makes up for what GitHub never managed to tell. */
export interface RecoveryPorts {
  readonly github: GitHub;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly queue: Pick<Queue<unknown>, 'addInTurn'>;
  /** Puts in a delivery that was fetched, as if it had been sent to the door; null: GitHub is to send it to the door. */
  readonly put: ((fetched: Fetched) => Promise<unknown>) | null;
}

/** A delivery as GitHub's log has it. */
export interface Fetched {
  readonly guid: string;
  readonly hook: string;
  readonly event: string;
  readonly payload: unknown;
}

export type Ears = RecoveryPorts & { readonly deliveries: DeliveryLog };

/** One thing done again and again; the answer is how long it may rest, in milliseconds. */
export interface Round {
  readonly name: string;
  readonly firstAfter: number;
  readonly run: (signal: AbortSignal) => Promise<number>;
}

/** How long a round rests that failed. */
const restAfterFailure = 60_000;

async function turn(
  { name, firstAfter, run }: Round,
  { clock, log }: Pick<RecoveryPorts, 'clock' | 'log'>,
  signal: AbortSignal,
) {
  for (let rest = firstAfter; ;) {
    await clock.sleep(rest, signal);
    try {
      rest = await run(signal);
    } catch (error) {
      if (signal.aborted) return;
      log.warn(`${name} did not end and is tried again: ${error instanceof Error ? error.message : String(error)}`);
      rest = restAfterFailure;
    }
  }
}

/** Goes on with rounds until it is stopped; a round that fails is begun anew and never ends the others. */
export function keepGoing(rounds: readonly Round[], ports: Pick<RecoveryPorts, 'clock' | 'log'>): { stop(): void } {
  const end = new AbortController();
  // What a sleep rejects with is that it was stopped.
  for (const round of rounds) turn(round, ports, end.signal).catch(() => {});
  return { stop: () => end.abort() };
}
