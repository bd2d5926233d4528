import type { Clock } from '../clock.ts';
import type { Writer } from '../github/github.ts';
import { Trouble } from '../github/troubles.ts';
import { Later } from '../queue/queue.ts';
import type { Store } from '../store/store.ts';
import type { Change } from '../wants/want.ts';
import type { Deed } from './report.ts';

export interface ApplyPorts {
  readonly write: Writer;
  readonly store: Pick<Store, 'noteAttempt' | 'attempts' | 'forgetAttempt'>;
  readonly clock: Clock;
  readonly lane: string;
}

export interface Applied {
  readonly did: readonly Deed[];
  /** Why GitHub's state is in doubt and the facts must be read again; null when all was done or refused for good. */
  readonly doubt: string | null;
}

/** For so long after a write GitHub may still answer with the state before it. */
export const settling = 60_000;

/** A write that people would see twice is not repeated while an earlier one may only not be visible yet. */
async function guard(change: Change, { store, clock, lane }: ApplyPorts): Promise<void> {
  const earlier = (await store.attempts(lane)).find((attempt) => attempt.change === change.id);
  const until = earlier ? earlier.at + settling : 0;
  if (until > clock.now()) throw new Later(`${change.says}: an earlier attempt may not be visible yet`, until);
  await store.noteAttempt(lane, { change: change.id, at: clock.now() });
}

async function make(change: Change, ports: ApplyPorts): Promise<Deed | Trouble> {
  if (change.visibleTwice) await guard(change, ports);
  try {
    await ports.write.send(change.call);
    return { change: change.id, says: change.says, result: 'done', reason: null };
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    if (change.visibleTwice && error.kind !== 'lost') await ports.store.forgetAttempt(ports.lane, change.id);
    const final = error.kind === 'forbidden' || error.kind === 'gone' || error.kind === 'broken';
    return final ? { change: change.id, says: change.says, result: 'failed', reason: error.message } : error;
  }
}

/** Makes the changes one after the other. The first whose outcome is not known ends the round. */
export async function apply(plan: readonly Change[], ports: ApplyPorts): Promise<Applied> {
  const did: Deed[] = [];
  for (const change of plan) {
    const outcome = await make(change, ports);
    if (!(outcome instanceof Trouble)) {
      did.push(outcome);
      continue;
    }
    if (outcome.kind === 'later') throw new Later(outcome.message, outcome.until, { cause: outcome });
    return { did, doubt: `${change.says}: ${outcome.message}` };
  }
  return { did, doubt: null };
}
