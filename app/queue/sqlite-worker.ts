import type { StatementSync } from 'node:sqlite';
import { transact } from '../transact.ts';
import { aboutJob, Later } from './queue.ts';
import type { Job, Outcome, Running } from './queue.ts';
import type { Lanes, Resting, Taken } from './sqlite-lanes.ts';
import { Timers } from './sqlite-timers.ts';
import { isFileTrouble, messageOf, persist } from './sqlite-persist.ts';
import type { Durable } from './sqlite-persist.ts';

const maxAttempts = 5;
const beatEvery = 20_000;
const watchEvery = 100;
const shortestWait = 1_000;
const firstBackoff = 5_000;
const longestBackoff = 300_000;

/** Makes what a job leaves behind ready to be written; the function it gives is called inside the finishing transaction. */
export type Remember<Memory> = (memory: Memory) => (() => void) | Promise<() => void>;

export interface WorkerParts<Memory> extends Durable {
  readonly lanes: Lanes;
  readonly remember: Remember<Memory>;
  readonly handler: (job: Job) => Promise<Outcome<Memory>>;
  readonly concurrency: number;
  readonly watch: boolean;
}

/** Takes lanes that are ready, hands them to the handler and commits what comes of it. */
export class Worker<Memory> implements Running {
  readonly #parts: WorkerParts<Memory>;
  readonly #running = new Map<Taken, Promise<void>>();
  readonly #end = new AbortController();
  readonly #timers: Timers;
  #takes = true;
  #cut = false;
  #woken = false;
  #beat: AbortController | null = null;
  #troublePause = watchEvery;

  constructor(parts: WorkerParts<Memory>) {
    this.#parts = parts;
    this.#timers = new Timers(parts.clock, this.#end.signal, (due, lane) => this.#background(this.#fire(due, lane)));
    this.#background(this.#start());
  }

  async #start(): Promise<void> {
    const { lanes, clock, watch } = this.#parts;
    this.#tellResting(await this.#persist(() => [...lanes.reclaim(), ...lanes.fireTimers(clock.now())]));
    this.wake();
    if (watch) await this.#watch();
  }

  /** How many jobs are under way; null once this worker takes no more. */
  underWay(): number | null {
    return this.#takes ? this.#running.size : null;
  }

  /** Looks for work when the loop turns. */
  wake(): void {
    if (this.#woken || !this.#takes) return;
    this.#woken = true;
    setImmediate(() => {
      this.#woken = false;
      this.#look();
    });
  }

  /** Told of each time that is set for a lane. */
  timerSet(lane: string, at: number): void {
    if (this.#takes) this.#timers.set(lane, at);
  }

  #look(): void {
    if (!this.#takes) return;
    const { db, lanes, concurrency } = this.#parts;
    try {
      const free = concurrency - this.#running.size;
      if (free > 0 && lanes.hasReady()) transact(db, () => lanes.take(free)).forEach((taken) => this.#begin(taken));
      this.#timers.arm(lanes.nextTimer());
      this.#troublePause = watchEvery;
    } catch (error) {
      this.#background(this.#lookLater(error));
    }
  }

  async #lookLater(error: unknown): Promise<void> {
    const { clock, onProblem } = this.#parts;
    if (!isFileTrouble(error)) throw error;
    const pause = this.#troublePause;
    if (pause > firstBackoff) onProblem(`the queue cannot be read, and is tried on: ${messageOf(error)}`);
    this.#troublePause = Math.min(beatEvery, pause * 2);
    await clock.sleep(pause, this.#end.signal);
    this.wake();
  }

  async #fire(due: number, lane: string | null): Promise<void> {
    const { lanes, clock } = this.#parts;
    // A timer of the system may end a millisecond early.
    const now = Math.max(due, clock.now());
    if (lane !== null) await this.#persist(() => lanes.fireTimerOf(lane, now));
    else this.#tellResting(await this.#persist(() => lanes.fireTimers(now)));
    this.wake();
  }

  async #watch(): Promise<void> {
    const { db, clock } = this.#parts;
    const version = db.prepare('PRAGMA data_version');
    for (let seen: unknown = null; this.#takes;) {
      const now = this.#versionIn(version);
      if (now !== seen) this.wake();
      seen = now;
      await clock.sleep(watchEvery, this.#end.signal);
    }
  }

  /** Null where it cannot be read: then the queue itself is, and tells why not. */
  #versionIn(version: StatementSync): unknown {
    try {
      return version.get()?.['data_version'];
    } catch (error) {
      if (!isFileTrouble(error)) throw error;
      this.wake();
      return null;
    }
  }

  #begin(taken: Taken): void {
    const work = this.#work(taken)
      .catch((error: unknown) => this.#giveBack(taken, error))
      .finally(() => {
        this.#running.delete(taken);
        if (this.#running.size === 0) this.#beat?.abort();
        this.wake();
      });
    this.#running.set(taken, work);
    if (this.#beat === null || this.#beat.signal.aborted) this.#keepLeases();
  }

  #keepLeases(): void {
    const { clock, lanes } = this.#parts;
    const beat = new AbortController();
    this.#beat = beat;
    const keep = async () => {
      while (!beat.signal.aborted) {
        await clock.sleep(beatEvery, beat.signal);
        await this.#persist(() => lanes.renew(this.#running.keys()));
      }
    };
    keep().catch((error: unknown) => {
      if (!beat.signal.aborted) this.#tell(error);
    });
  }

  async #work(taken: Taken): Promise<void> {
    try {
      // The transaction that took the lane is over before the handler begins.
      await Promise.resolve();
      await this.#finish(taken, await this.#parts.handler(taken.job));
    } catch (error) {
      if (!this.#cut) await this.#fail(taken, error);
    }
  }

  /** What became of a job could not be written, for a reason of ours: the lane rests and is tried again. */
  async #giveBack(taken: Taken, error: unknown): Promise<void> {
    const { lanes, clock } = this.#parts;
    this.#tell(error);
    try {
      await clock.sleep(longestBackoff, this.#end.signal);
      await this.#persist(() => lanes.release(taken));
    } catch (again) {
      this.#tell(again);
    }
  }

  async #finish(taken: Taken, { memory, ...rest }: Outcome<Memory>): Promise<void> {
    const { lanes, remember, clock } = this.#parts;
    const { revisitAt: asked } = rest;
    const put = memory === null ? null : await remember(memory);
    if (this.#cut) return;
    // A lane that is always due again would spin.
    const revisitAt = typeof asked === 'number' ? Math.ceil(Math.max(asked, clock.now() + shortestWait)) : asked;
    const finished = await this.#persist(() => {
      const ours = lanes.finish(taken, { ...rest, revisitAt });
      if (ours) put?.();
      return ours;
    });
    if (!finished) this.#tellLost(taken);
    else if (typeof revisitAt === 'number') this.timerSet(taken.job.lane, revisitAt);
  }

  async #fail(taken: Taken, error: unknown): Promise<void> {
    const { lanes, clock, onProblem } = this.#parts;
    const { lane } = taken.job;
    const broke = !(error instanceof Later);
    if (broke && taken.failures + 1 >= maxAttempts) {
      const reason = messageOf(error);
      const ours = await this.#persist(() => lanes.setAside(taken, reason));
      if (ours)
        onProblem(`lane ${lane}: set aside after it broke ${maxAttempts} times: ${reason}`, aboutJob(taken.job));
      else this.#tellLost(taken);
      return;
    }
    const asked = error instanceof Later ? error.at : null;
    const at = Math.ceil(Math.max(asked ?? this.#backoff(taken.job.errors), clock.now() + shortestWait));
    const how = broke ? { firm: true, waits: false } : { firm: !error.yields, waits: error.waits };
    if (await this.#persist(() => lanes.retry(taken, { at, broke, ...how }))) this.timerSet(lane, at);
    else this.#tellLost(taken);
  }

  /** Work that never failed does not wait longer because the bot was deployed, or killed, while it was under way. */
  #backoff(errors: number): number {
    const { clock } = this.#parts;
    return clock.now() + Math.min(longestBackoff, firstBackoff * 2 ** errors) * clock.random();
  }

  #persist<T>(work: () => T): Promise<T> {
    return persist(this.#parts, work, { signal: this.#end.signal });
  }

  #background(work: Promise<void>): void {
    work.catch((error: unknown) => this.#tell(error));
  }

  /** Nobody is told of what fails because this worker was ended. */
  #tell(error: unknown): void {
    const { db, onProblem } = this.#parts;
    if (!db.isOpen) this.cut();
    else if (!this.#end.signal.aborted) onProblem(`the queue failed: ${messageOf(error)}`);
  }

  #tellResting(resting: readonly Resting[]): void {
    for (const { lane, subject, deaths, until } of resting) {
      const { owner, name } = subject.repo;
      const end = new Date(until).toISOString();
      const what = `lane ${lane}: rests until ${end}, since the process died ${deaths} times in a row while it was worked on`;
      this.#parts.onProblem(what, { repo: `${owner}/${name}`, lane });
    }
  }

  #tellLost({ job }: Taken): void {
    this.#parts.onProblem(`lane ${job.lane}: the lease was lost, and what the job came to is dropped`, aboutJob(job));
  }

  async stop(graceMs: number): Promise<void> {
    const { clock } = this.#parts;
    this.#takes = false;
    const grace = new AbortController();
    const passed = clock.sleep(graceMs, grace.signal).catch(() => {});
    await Promise.race([Promise.all(this.#running.values()), passed]);
    grace.abort();
    this.#end.abort();
    this.#beat?.abort();
    if (!this.#cut) this.#release();
  }

  #release(): void {
    const { db, lanes } = this.#parts;
    const held = [...this.#running.keys()];
    if (held.length === 0) return;
    try {
      transact(db, () => held.forEach((taken) => lanes.release(taken)));
    } catch (error) {
      if (db.isOpen) this.#parts.onProblem(`leases are left to expire: ${messageOf(error)}`);
    }
  }

  /** As if the process were gone: nothing is written or taken any more, and nothing said. */
  cut(): void {
    this.#takes = false;
    this.#cut = true;
    this.#end.abort();
    this.#beat?.abort();
  }
}
