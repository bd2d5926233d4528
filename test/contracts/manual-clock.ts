import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../app/clock.ts';

interface Sleep {
  readonly ms: number;
  readonly due: number;
  readonly wake: () => void;
}

/** Lets what was set going come to rest, as far as it waits for the loop only. */
export async function settle(turns = 12): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await setImmediate();
}

/** Waits for the machine (a thread that zips, a child process), not for the manual clock. */
export async function until(holds: () => boolean, what = 'it'): Promise<void> {
  const end = performance.now() + 5_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited too long until ${what}`);
    await setImmediate();
  }
}

/** Time that moves when it is told to. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 0, 5, 9);
  readonly #sleeps = new Set<Sleep>();
  chance = 0.5;

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.chance;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const stop = () => {
        if (this.#sleeps.delete(sleep)) reject(signal?.reason as Error);
      };
      const wake = () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const sleep = { ms, due: this.#now + ms, wake };
      this.#sleeps.add(sleep);
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  get sleeping(): number {
    return this.#sleeps.size;
  }

  /** Moves the clock and ends no sleep. */
  jump(ms: number): void {
    this.#now += ms;
  }

  /** Ends the sleeps of `ms` and less only, as a runner does that tells pauses from timers. */
  async endShortest(ms: number): Promise<void> {
    for (const sleep of [...this.#sleeps].filter((one) => one.ms <= ms)) {
      this.#now = Math.max(this.#now, sleep.due);
      this.#sleeps.delete(sleep);
      sleep.wake();
      await settle();
    }
  }

  /** Moves the clock, ending what is due in order, what it sets going included. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settle();
      const first = [...this.#sleeps].toSorted((one, other) => one.due - other.due)[0];
      if (first === undefined || first.due > end) break;
      this.#now = Math.max(this.#now, first.due);
      this.#sleeps.delete(first);
      first.wake();
    }
    this.#now = Math.max(this.#now, end);
    await settle();
  }
}
