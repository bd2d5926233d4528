import { createHash } from 'node:crypto';
import type { Report } from '../../app/engine/report.ts';
import type { Job, Outcome, Queue, Running } from '../../app/queue/queue.ts';
import type { Delivery, Memory, Store } from '../../app/store/store.ts';
import { laneOf } from '../../app/subject.ts';
import type { Subject } from '../../app/subject.ts';
import { settle, until } from './manual-clock.ts';
import type { ManualClock } from './manual-clock.ts';

/** One process on the shared files: what an implementation must make to be run against the suites. */
export interface Life {
  readonly store: Store;
  readonly queue: Queue<Memory>;
  /** What the queue said went wrong. */
  readonly problems: readonly string[];
  /** As `kill -9` leaves things. */
  kill(): void;
}

/** Fresh files, and a clock for all that live on them. */
export interface Ground {
  readonly clock: ManualClock;
  readonly start: (options?: { watch?: boolean }) => Life;
  remove(): void;
}

export type MakeGround = () => Ground;

/** Fresh files for one test, gone after it; every life that `start` made is killed with them. */
export function on(make: MakeGround, play: (ground: Ground) => Promise<void>): () => Promise<void> {
  return async () => {
    const ground = make();
    const lives: Life[] = [];
    const start = (options?: { watch?: boolean }) => {
      const life = ground.start(options);
      lives.push(life);
      return life;
    };
    try {
      await play({ clock: ground.clock, start, remove: () => {} });
    } finally {
      for (const life of lives) life.kill();
      ground.remove();
    }
  };
}

export const pull = (number: number, installation: number | null = 1, name = 'shop'): Subject => ({
  kind: 'thread',
  repo: { id: 7, owner: 'acme', name },
  installation,
  number,
});

let made = 0;

export function delivery(clock: ManualClock, given: Partial<Delivery> = {}): Delivery {
  const body = given.body ?? Buffer.from(JSON.stringify({ number: (made += 1) }));
  const digest = createHash('sha256').update(body).digest('hex');
  return {
    guid: `guid-${(made += 1)}`,
    hook: '1',
    event: 'pull_request',
    action: 'opened',
    receivedAt: clock.now(),
    digest,
    body,
    repo: 'acme/shop',
    unhandled: null,
    ...given,
  };
}

export function report(id: string, subject: Subject, hints: Job['hints'] = []): Report {
  return {
    id,
    subject,
    at: '2026-01-05T09:00:00.000Z',
    hints,
    outcome: 'considered',
    rules: [],
    facts: null,
    language: 'en',
    rulings: [],
    conflicts: [],
    conclusion: null,
    plan: [],
    once: [],
    muted: false,
    did: [],
    revisitAt: null,
  };
}

export const memory = (of: Report, rest: Partial<Memory> = {}): Memory => ({
  report: of,
  done: [],
  head: null,
  goodRules: null,
  ...rest,
});

export const nothing: Outcome<Memory> = { memory: null, revisitAt: null, wake: [] };

/** Jobs that wait for the test to say how they end. */
export interface Desk {
  readonly open: OpenJob[];
  readonly running: Running;
  /** The one job under way, once it has begun. */
  job(): Promise<OpenJob>;
}

export interface OpenJob extends Job {
  end(outcome?: Partial<Outcome<Memory>>): Promise<void>;
  fail(error: Error): Promise<void>;
}

export function work({ queue }: Pick<Life, 'queue'>, concurrency = 8): Desk {
  const open: OpenJob[] = [];
  const handler = (job: Job) =>
    new Promise<Outcome<Memory>>((resolve, reject) => {
      const close = async (act: () => void) => {
        open.splice(open.indexOf(entry), 1);
        act();
        await settle();
      };
      const entry: OpenJob = {
        ...job,
        end: (outcome = {}) => close(() => resolve({ ...nothing, ...outcome })),
        fail: (error) => close(() => reject(error)),
      };
      open.push(entry);
    });
  const running = queue.run(handler, { concurrency });
  return {
    open,
    running,
    async job() {
      await until(() => open.length > 0, 'a job begins');
      await settle();
      if (open.length > 1) throw new Error(`${open.length} jobs are under way: ${open.map(({ lane }) => lane).join()}`);
      return open[0] as OpenJob;
    },
  };
}

/** Resolves when what the jobs came to is committed; `open` of them have not ended. */
export async function finished({ queue }: Pick<Life, 'queue'>, open = () => 0): Promise<void> {
  const end = performance.now() + 5_000;
  while ((await queue.depth()).running > open()) {
    if (performance.now() > end) throw new Error('jobs are still under way');
    await settle(1);
  }
}

export const lanesOf = (desk: { readonly open: readonly Pick<Job, 'subject'>[] }) =>
  desk.open.map(({ subject }) => laneOf(subject).replace(/^\d+/, ''));
