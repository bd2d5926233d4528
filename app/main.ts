import type { Settings } from '../config/env.ts';
import type { Clock } from './clock.ts';

/** What a test or a scenario puts in the place of the real world. */
export interface World {
  readonly clock: Clock;
  readonly fetch: typeof fetch;
}

/** A running bot. */
export interface Bot {
  /** `http://127.0.0.1:PORT`, the address it really listens on; '' in the worker role. */
  readonly url: string;
  /** Jobs under way now, and jobs that may start now (timers that have not fired do not count). */
  pending(): Promise<{ running: number; ready: number }>;
  /** Stops in order: no new connections, then no new jobs, then the files. */
  stop(): Promise<void>;
  /** As if the process had been killed: sockets and files are cut, nothing under way ever goes on. */
  kill(): void;
}

export async function start(settings: Settings, world?: Partial<World>): Promise<Bot> {
  void settings;
  void world;
  throw new Error('not built yet');
}
