import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import type { LogFields } from '../log.ts';
import { laneOf } from '../subject.ts';
import type { Subject } from '../subject.ts';
import type { Hint, Queue } from './queue.ts';
import { Lanes } from './sqlite-lanes.ts';
import { persist } from './sqlite-persist.ts';
import { Worker } from './sqlite-worker.ts';
import type { Remember } from './sqlite-worker.ts';

/** How long `add` tries while another process holds the lock, in milliseconds. */
const patience = 8_000;

export interface SqliteQueueOptions<Memory> {
  /** Opened and migrated; nobody else's transaction may be open on it when we are called, but for `enqueueNow`. */
  readonly db: DatabaseSync;
  readonly clock: Clock;
  readonly remember: Remember<Memory>;
  /** Told in words what went wrong for good or was lost. */
  readonly onProblem: (text: string, about?: LogFields) => void;
  /** Another process adds work: look for it. */
  readonly watch?: boolean;
  /** Another for each life of a process. */
  readonly owner?: string;
}

/** The queue in the SQLite file that `openSqlite` opened. */
export interface SqliteQueue<Memory> extends Queue<Memory> {
  /** Adds work inside a transaction that the caller has open on the same database. */
  readonly enqueueNow: (subject: Subject, hint: Hint | null) => void;
  /** As if the process were killed: call it before the database is closed under jobs that still run. */
  cut(): void;
}

export function createSqliteQueue<Memory>(options: SqliteQueueOptions<Memory>): SqliteQueue<Memory> {
  const { db, clock, remember, onProblem, watch = false, owner = randomUUID() } = options;
  const lanes = new Lanes(db, clock, owner);
  let worker: Worker<Memory> | null = null;
  return {
    enqueueNow(subject, hint) {
      lanes.add(subject, hint, null);
      // It looks when the loop turns, and by then the caller's transaction is over.
      worker?.wake();
    },
    async add(subject, { hint = null, notBefore = null }: { hint?: Hint | null; notBefore?: number | null } = {}) {
      await persist({ db, clock, onProblem }, () => lanes.add(subject, hint, notBefore), {
        until: clock.now() + patience,
      });
      if (notBefore !== null) worker?.timerSet(laneOf(subject), notBefore);
      worker?.wake();
    },
    async addInTurn(work) {
      await persist({ db, clock, onProblem }, () => lanes.addInTurn(work), { until: clock.now() + patience });
      worker?.wake();
    },
    run(handler, { concurrency }) {
      if (worker?.underWay() != null) throw new Error('this queue is run already');
      worker = new Worker({ db, clock, onProblem, lanes, remember, handler, concurrency, watch });
      return worker;
    },
    async depth() {
      const depth = lanes.depth();
      // A dead worker's leases are not under way; while we run they are the only ones that are not ours.
      return { ...depth, running: worker?.underWay() ?? depth.running };
    },
    cut: () => worker?.cut(),
  };
}
