import type { LogFields } from '../log.ts';
import type { Subject } from '../subject.ts';

/** A delivery as it waits in a lane; its body stays in the store. */
export interface Hint {
  readonly delivery: string;
  /** GitHub's id of it, for the log; absent where the store does not know it. */
  readonly guid?: string;
  readonly event: string;
  readonly action: string | null;
}

/** All that waited in one lane when a worker took it. */
export interface Job {
  readonly lane: string;
  readonly subject: Subject;
  /** Oldest first; may be empty when the lane was woken otherwise. */
  readonly hints: readonly Hint[];
  /** When the deliveries behind the hints were received, in milliseconds since the epoch. */
  readonly receivedAt: readonly number[];
  /** A timer, or work on another lane, woke this one, whatever the hints say. */
  readonly woken: boolean;
  /** 1 for the first try of this work; tries that the end of the process cut short count, too. */
  readonly attempt: number;
  /** Tries before this one that ended with an error; one that `waits` and one that the end of the process cut short are none. */
  readonly errors: number;
  /** Whether the lane is still this worker's, as far as it can know: to be asked before anything is done outside. */
  held(): boolean;
}

/** What a line of the log is about that is written while a job is worked on. */
export function aboutJob({ lane, subject, hints }: Job): LogFields {
  const { owner, name } = subject.repo;
  const delivery = hints.map((hint) => hint.guid ?? hint.delivery).join(',');
  return { repo: `${owner}/${name}`, lane, ...(delivery !== '' && { delivery }) };
}

/**
 * Lanes that are to be looked at one after another. Those of one installation stand in one row, whatever put them there: the
 * first few are looked at at once, each of the others `gapMs` after the one before it, and all but the first few hundred
 * slowly, so that what people do meanwhile never waits behind them and has requests left. One that is looked at before its
 * turn comes has had it; what is in the row already keeps its place.
 */
export interface InTurn {
  readonly subjects: readonly Subject[];
  readonly gapMs: number;
  /** Somebody waits for these: as long as there are any, every second one of the row is one of them. */
  readonly ahead?: boolean;
}

/** What the queue commits, in one transaction, when a job is finished. */
export interface Outcome<Memory> {
  /** Handed to `remember` inside that transaction. */
  readonly memory: Memory | null;
  /**
   * When the lane is to be looked at again, in milliseconds since the epoch; replaces what was set before, null takes it
   * away, `keep` leaves it.
   */
  readonly revisitAt: number | null | 'keep';
  /** Other lanes that have work now. */
  readonly wake: readonly Subject[];
  /** Other lanes that have work soon. */
  readonly inTurn?: InTurn;
}

export interface LaterOptions extends ErrorOptions {
  readonly yields?: boolean;
  readonly waits?: boolean;
}

/** Thrown by a handler: the work is not done and must be tried again, not before `at` when that is set. */
export class Later extends Error {
  override readonly name = 'Later';
  readonly at: number | null;
  /** What it waits for may come with a delivery, so that new work ends the wait. */
  readonly yields: boolean;
  /** Nothing went wrong: it is no error, and makes no later wait longer. */
  readonly waits: boolean;
  constructor(message: string, at: number | null = null, options: LaterOptions = {}) {
    super(message, options);
    this.at = at;
    this.yields = options.yields ?? false;
    this.waits = options.waits ?? false;
  }
}

export interface Depth {
  /** Lanes with work that may start now. */
  readonly ready: number;
  readonly running: number;
  /** Lanes that wait for their time. */
  readonly later: number;
  /** Deliveries set aside because a job failed for reasons of ours again and again. */
  readonly aside: number;
  /** When the oldest delivery that waits was received; null when none does. */
  readonly oldest: number | null;
}

export interface Running {
  /** Takes no more jobs and resolves when those under way are finished or `graceMs` have passed. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Lanes of work. One worker at a time per lane; a burst on one subject is one job.
 *
 * Promises: an added delivery is handled at least once until it is finished or set aside; a handler that lost its lease
 * cannot finish; a handler that throws `Later` is tried again without end, with capped and jittered backoff or at the time
 * it names, and what arrives meanwhile waits with it unless it `yields`; one that throws anything else is tried `maxAttempts` times, then its deliveries are set aside, recorded with
 * the error, and the lane goes on with later ones; a lane without deliveries is tried again an hour later. A lane that was
 * worked on when the process died rests for minutes from the fifth time in a row on, for it may be what kills it; the end of a
 * process is no error of its jobs otherwise, and makes no backoff longer.
 */
export interface Queue<Memory> {
  /** Adds work to a subject's lane; `notBefore` makes it a timer. Adding what already waits changes nothing. */
  add(subject: Subject, work?: { hint?: Hint; notBefore?: number }): Promise<void>;
  addInTurn(work: InTurn): Promise<void>;
  run(handler: (job: Job) => Promise<Outcome<Memory>>, options: { concurrency: number }): Running;
  depth(): Promise<Depth>;
}
