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
  /** When the facts behind the plan were read, in milliseconds since the epoch. */
  readonly readAt?: number;
  /** The facts were read again and again: what GitHub still refuses is set aside, and the rest goes on. */
  readonly giveUp?: boolean;
}

export interface Applied {
  readonly did: readonly Deed[];
  /** Why GitHub's state is in doubt and the facts must be read again; null when all was done or refused for good. */
  readonly doubt: string | null;
  /** The rest has to wait; null when nothing is left or it can go on at once. */
  readonly later: Later | null;
  /** Changes that GitHub refused although nothing that can be read speaks against them. */
  readonly aside: readonly Change[];
}

/** For so long after a write GitHub may still answer with the state before it. */
export const settling = 60_000;

/** A write that people would see twice is not repeated while an earlier one may only not be visible yet. */
async function guard(change: Change, { store, clock, lane }: ApplyPorts): Promise<Later | null> {
  const earlier = (await store.attempts(lane)).find((attempt) => attempt.change === change.id);
  const until = earlier ? earlier.at + settling : 0;
  if (until > clock.now()) return new Later(`${change.says}: an earlier attempt may not be visible yet`, until);
  await store.noteAttempt(lane, { change: change.id, at: clock.now() });
  return null;
}

async function make(change: Change, ports: ApplyPorts): Promise<Deed | Trouble | Later> {
  const early = change.visibleTwice ? await guard(change, ports) : null;
  if (early) return early;
  try {
    await ports.write.send(change.call);
    return { change: change.id, says: change.says, result: 'done', reason: null };
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    if (change.visibleTwice && error.kind !== 'lost') await ports.store.forgetAttempt(ports.lane, change.id);
    if (error.kind === 'later') return new Later(error.message, error.until, { cause: error });
    const final = error.kind === 'forbidden' || error.kind === 'gone' || error.kind === 'broken';
    return final ? { change: change.id, says: change.says, result: 'failed', reason: error.message } : error;
  }
}

/**
 * What somebody may do, read longer ago than this, carries out nothing that they asked for. A write may stand in line for
 * five seconds more, and ten are too many.
 */
const rightsFor = 5_000;

/** Some changes must not be made on what was true a while ago. */
function isOld({ freshFor, answered }: Change, { readAt, clock }: ApplyPorts): boolean {
  const longest = freshFor ?? (answered === true ? rightsFor : Infinity);
  return readAt !== undefined && clock.now() - readAt > longest;
}

/** What is said of a change waits for it to be thought of anew once GitHub refused that. */
const isReply = ({ kind }: Change) => kind === 'say' || kind === 'react';

/** Makes the changes one after the other. The first that has to wait, or whose outcome is not known, ends the round. */
export async function apply(plan: readonly Change[], ports: ApplyPorts): Promise<Applied> {
  const did: Deed[] = [];
  const aside: Change[] = [];
  let unsaid = false;
  for (const change of plan) {
    const { id, says } = change;
    if (unsaid && isReply(change)) continue;
    if (isOld(change, ports)) return { did, aside, doubt: `${says}: the facts are no longer fresh`, later: null };
    const outcome = await make(change, ports);
    if (outcome instanceof Later) return { did, aside, doubt: null, later: outcome };
    if (outcome instanceof Trouble && outcome.kind === 'stale' && ports.giveUp === true) {
      aside.push(change);
      did.push({ change: id, says, result: 'failed', reason: outcome.message });
      unsaid ||= change.answered === true;
      continue;
    }
    if (outcome instanceof Trouble) {
      const { kind, message: reason } = outcome;
      if (kind === 'lost') did.push({ change: id, says, result: 'uncertain', reason });
      return { did, aside, doubt: `${says}: ${reason}`, later: null };
    }
    did.push(outcome);
    unsaid ||= change.answered === true && outcome.result === 'failed';
  }
  return { did, aside, doubt: null, later: null };
}
