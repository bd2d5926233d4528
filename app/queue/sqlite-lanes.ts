import { hostname } from 'node:os';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { laneOf } from '../subject.ts';
import type { Subject } from '../subject.ts';
import type { Depth, Hint, InTurn, Job, Outcome } from './queue.ts';
import { Rows } from './sqlite-rows.ts';
import { statementsOf } from './sqlite-statements.ts';
import type { DeathRow, LaneRow } from './sqlite-statements.ts';

/** A lease outlives its holder by at most this, in milliseconds. */
export const leaseFor = 60_000;

/** How long a subject without deliveries is left alone when work on it broke too often, in milliseconds. */
const setAsideFor = 3_600_000;

/** How long at most, and half as long at least, a lane rests during which the process died too often, in milliseconds. */
const restFor = 300_000;

/** A lane that rests, since the process died again and again while it was worked on. */
export interface Resting {
  readonly lane: string;
  readonly subject: Subject;
  readonly deaths: number;
  readonly until: number;
}

/** A lane that this process holds, with the work it took. */
export interface Taken {
  readonly job: Job;
  readonly epoch: number;
  readonly lastHint: number;
  /** Tries before this one that broke. */
  readonly failures: number;
  readonly lease: { until: number };
}

/** A change of the lane that gives it back. */
export interface Retry {
  readonly at: number;
  readonly broke: boolean;
  /** New work does not end the wait. */
  readonly firm: boolean;
  /** It counts as no error. */
  readonly waits: boolean;
}

function soonest(...times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function restingOf(rows: readonly object[]): readonly Resting[] {
  return (rows as readonly DeathRow[]).flatMap(({ lane, subject, deaths, retry_at: until }) =>
    until === null ? [] : [{ lane, subject: JSON.parse(subject) as Subject, deaths, until }],
  );
}

function isGone(process_: string): boolean {
  const [host, pid] = process_.split(':');
  if (host !== hostname() || Number(pid) === process.pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/**
 * The rows of the queue. Every method but `hasReady`, `nextTimer` and `depth` writes and is called inside a transaction of the
 * caller; those that give a lane back answer false, having changed nothing, when it is no longer ours.
 */
export class Lanes {
  readonly #run: ReturnType<typeof statementsOf>;
  readonly #rows: Rows;
  readonly #clock: Clock;
  readonly #owner: string;
  #lastInstallation = -1;

  constructor(db: DatabaseSync, clock: Clock, owner: string) {
    this.#run = statementsOf(db);
    this.#rows = new Rows(db);
    this.#clock = clock;
    this.#owner = owner;
  }

  add(subject: Subject, hint: Hint | null, notBefore: number | null): void {
    const lane = laneOf(subject);
    const now = this.#clock.now();
    if (hint !== null && !this.#addHint(lane, hint)) return;
    const timer = notBefore !== null && notBefore > now ? notBefore : null;
    const ready = timer === null ? now : null;
    // A timer wakes the lane when it fires.
    const woken = hint === null && timer === null ? 1 : 0;
    this.#run.add.run(lane, JSON.stringify(subject), subject.installation ?? 0, ready, timer, woken);
  }

  addInTurn(work: InTurn): void {
    for (const subject of this.#rows.join(work, this.#clock.now())) this.add(subject, null, null);
  }

  /** False when it waits already. One that is being worked on waits once more. */
  #addHint(lane: string, { delivery, event, action }: Hint): boolean {
    const { changes } = this.#run.addHint.run(lane, delivery, event, action);
    return changes > 0 || this.#run.addHintAgain.run(delivery, lane).changes > 0;
  }

  hasReady(): boolean {
    return this.#run.hasReady.get() !== undefined;
  }

  take(most: number): readonly Taken[] {
    const taken: Taken[] = [];
    while (taken.length < most) {
      const row = this.#nextReady();
      if (row === undefined) break;
      this.#lastInstallation = row.installation;
      taken.push(this.#lease(row));
    }
    return taken;
  }

  /** The installations take turns; within one the lane that waits longest is first. */
  #nextReady(): LaneRow | undefined {
    const after = (installation: number) => this.#run.nextReady.get(installation) as unknown as LaneRow | undefined;
    return after(this.#lastInstallation) ?? after(-1);
  }

  #lease(row: LaneRow): Taken {
    const { lane, attempt, errors, failures } = row;
    const now = this.#clock.now();
    const rows = this.#run.hints.all(lane) as unknown as readonly (Omit<Hint, 'guid'> & {
      seq: number;
      guid: string | null;
      received_at: number | null;
    })[];
    const lastHint = rows.at(-1)?.seq ?? 0;
    const epoch = Number(this.#run.nextEpoch.get()?.['n']);
    const times = [row.held_at, row.due_at].filter((time) => time !== null);
    const held = soonest(...times.filter((time) => time > now));
    const holder = `${hostname()}:${process.pid}`;
    const lease = { until: now + leaseFor };
    this.#rows.take(lane, epoch);
    this.#run.lease.run(held, this.#owner, holder, epoch, lease.until, lastHint, lane);
    const hints = rows.map(({ delivery, event, action, guid }): Hint => {
      return { delivery, event, action, ...(guid !== null && { guid }) };
    });
    const receivedAt = rows.map((one) => one.received_at).filter((at) => at !== null);
    const subject = JSON.parse(row.subject) as Subject;
    // What fell due a moment ago may have been overtaken by a hint before its timer fired.
    const woken = row.woken === 1 || times.some((time) => time <= now);
    const isHeld = () => this.#clock.now() < lease.until;
    const job = { lane, subject, hints, receivedAt, woken, attempt: attempt + 1, errors, held: isHeld };
    return { job, epoch, lastHint, failures, lease };
  }

  #held({ job, epoch }: Taken): { held_at: number | null } | undefined {
    return this.#run.held.get(job.lane, this.#owner, epoch) as { held_at: number | null } | undefined;
  }

  finish(taken: Taken, { revisitAt, wake, inTurn }: Omit<Outcome<unknown>, 'memory'>): boolean {
    const held = this.#held(taken);
    if (held === undefined) return false;
    const { lane } = taken.job;
    this.#dropHints(taken, (delivery) => this.#run.delivered.run(delivery));
    if (revisitAt !== 'keep') this.#rows.finish(lane, taken.epoch);
    for (const subject of wake) this.add(subject, null, null);
    if (inTurn) this.addInTurn(inTurn);
    this.#free(lane, revisitAt === 'keep' ? held.held_at : revisitAt);
    return true;
  }

  #free(lane: string, dueAt: number | null): void {
    this.#run.free.run(dueAt, lane);
    this.#run.dropIdle.run(lane);
  }

  setAside(taken: Taken, reason: string): boolean {
    const held = this.#held(taken);
    if (held === undefined) return false;
    const { lane } = taken.job;
    this.#dropHints(taken, (delivery) => this.#run.setAside.run(reason, delivery));
    // What only a timer woke has no delivery that could be sent again.
    const again = taken.job.hints.length === 0 ? this.#clock.now() + setAsideFor : null;
    // A timer that was set before this work failed is another piece of work.
    this.#free(lane, soonest(held.held_at, again));
    return true;
  }

  #dropHints({ job, lastHint }: Taken, settle: (delivery: string) => void): void {
    const rows = this.#run.dropHints.all(job.lane, lastHint) as unknown as readonly { delivery: string }[];
    for (const { delivery } of rows) settle(delivery);
  }

  retry(taken: Taken, { at, broke, firm, waits }: Retry): boolean {
    if (this.#held(taken) === undefined) return false;
    this.#run.retry.run(at, broke ? 1 : 0, taken.job.lane, firm ? 1 : 0, waits ? 0 : 1);
    return true;
  }

  release({ job, epoch, lease }: Taken): boolean {
    lease.until = 0;
    return this.#run.release.run(this.#clock.now(), job.lane, this.#owner, epoch).changes > 0;
  }

  renew(all: Iterable<Taken>): void {
    const until = this.#clock.now() + leaseFor;
    for (const { job, epoch, lease } of all) {
      if (this.#run.renew.run(until, job.lane, this.#owner, epoch).changes > 0) lease.until = until;
    }
  }

  /** Makes ready whatever waited for a time that has come, and the lanes whose holder let its lease expire, but for those that rest. */
  fireTimers(now: number): readonly Resting[] {
    this.#run.fireDue.run(now);
    this.#run.fireRetry.run(now);
    for (const subject of this.#rows.fire(now)) this.add(subject, null, null);
    return restingOf(this.#run.expire.all({ $now: now, $rest: this.#restFrom(now), $owner: this.#owner }));
  }

  fireTimerOf(lane: string, now: number): void {
    this.#run.fireOne.run(lane, now);
  }

  /** The next time at which `fireTimers` has something to do. */
  nextTimer(): number | null {
    const next = this.#run.nextTimer.get(this.#owner) as Record<'due' | 'retry' | 'expiry', number | null>;
    return soonest(next.due, next.retry, next.expiry, this.#rows.next());
  }

  /** Takes the lanes of processes of this machine that are gone, without waiting for their leases to expire, but for those that rest. */
  reclaim(): readonly Resting[] {
    const now = this.#clock.now();
    const times = { $now: now, $rest: this.#restFrom(now), $owner: this.#owner };
    const holders = this.#run.holders.all(this.#owner) as unknown as readonly { lease_process: string }[];
    const gone = holders.filter(({ lease_process: holder }) => isGone(holder));
    return gone.flatMap(({ lease_process: $holder }) => restingOf(this.#run.reclaim.all({ ...times, $holder })));
  }

  #restFrom(now: number): number {
    return Math.ceil(now + restFor * (0.5 + this.#clock.random() / 2));
  }

  depth(): Depth {
    const counted = this.#run.depth.get(this.#clock.now()) as unknown as Depth;
    return { ...counted };
  }
}
