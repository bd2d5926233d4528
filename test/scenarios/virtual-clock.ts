import type { Clock } from '../../app/clock.ts';
import { seededRandom } from '../fake-github/seeded-random.ts';
import { hour } from './duration.ts';

export const startOfTime = Date.UTC(2026, 0, 5, 9);

/** A sleep of this length or less is a pause between two calls of the bot; everything longer is a timer. */
const longestPause = 5_000;

interface Sleep {
  /** When it is let end; later than `asked` while a long wait coalesces it. */
  due: number;
  readonly asked: number;
  readonly ms: number;
  readonly site: string;
  readonly owner: LifeClock;
  readonly wake: () => void;
}

/** The clock of one life of the bot, or of the world. Once ended, nothing that sleeps on it ever goes on. */
export interface LifeClock extends Clock {
  end(): void;
}

/** Time that moves only when it is told to. Every bot and the fake GitHub sleep on lives of one virtual clock. */
export class VirtualClock {
  #now = startOfTime;
  /** For jitter. */
  readonly random: () => number;
  readonly #sleeps = new Set<Sleep>();
  #long: { readonly from: number; readonly every: number; readonly loops: Map<string, number[]> } | null = null;

  constructor(seed = 1) {
    this.random = seededRandom(seed);
  }

  now(): number {
    return this.#now;
  }

  /** Moves the clock and fires nothing; time never goes back. */
  moveTo(at: number): void {
    this.#now = Math.max(this.#now, at);
  }

  life(): LifeClock {
    let ended = false;
    const life: LifeClock = {
      now: () => this.#now,
      random: this.random,
      sleep: (ms, signal) => (ended ? new Promise<never>(() => {}) : this.#sleep(life, ms, signal)),
      end: () => {
        ended = true;
        for (const sleep of this.#sleeps) if (sleep.owner === life) this.#sleeps.delete(sleep);
      },
    };
    return life;
  }

  #sleep(owner: LifeClock, ms: number, signal?: AbortSignal): Promise<void> {
    const site = callSite();
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason as Error);
      const asked = this.#now + Math.max(0, ms);
      const stop = () => {
        if (this.#sleeps.delete(sleep)) reject(signal?.reason as Error);
      };
      const wake = () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const sleep: Sleep = { due: this.#coalesced(site, ms, asked), asked, ms, site, owner, wake };
      this.#sleeps.add(sleep);
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  /** In a long wait, a sleep like one that already fired at the same place is a loop, and runs on the full hour, say. */
  #coalesced(site: string, ms: number, asked: number): number {
    if (this.#long === null || ms >= this.#long.every) return asked;
    const { from, every, loops } = this.#long;
    const fired = loops.get(site) ?? [];
    if (!fired.some((other) => Math.abs(other - ms) <= other / 4)) return asked;
    return from + Math.ceil((asked - from) / every) * every;
  }

  #fire(sleep: Sleep): void {
    this.#sleeps.delete(sleep);
    const loops = this.#long?.loops;
    if (loops && sleep.ms > longestPause) loops.set(sleep.site, [...(loops.get(sleep.site) ?? []), sleep.ms]);
    sleep.wake();
  }

  /** Pauses under way. */
  pauses(): number {
    return [...this.#sleeps].filter(isPause).length;
  }

  /** Lets the pause that ends first end, moving the clock by as much. */
  passPause(): void {
    this.#passFirst([...this.#sleeps].filter(isPause));
  }

  /** Lets whatever would end first within `ms` end: for when only the passing of time can help. False: nothing would. */
  passAny(ms: number): boolean {
    return this.#passFirst([...this.#sleeps].filter((sleep) => sleep.asked <= this.#now + ms));
  }

  #passFirst(sleeps: readonly Sleep[]): boolean {
    const first = sleeps.toSorted((one, other) => one.asked - other.asked)[0];
    if (first === undefined) return false;
    this.moveTo(first.asked);
    this.#fire(first);
    return true;
  }

  /** From now until `endWait`, a loop's sleeps are put off to the next full hour of the wait, or whatever `every` is. */
  beginLongWait(every: number = hour): void {
    this.#long = { from: this.#now, every, loops: new Map() };
  }

  endWait(): void {
    this.#long = null;
    for (const sleep of this.#sleeps) sleep.due = sleep.asked;
  }

  /**
   * Moves to the next timer due by `end` and fires it; false when there is none. Loops that meet on the same hour
   * fire together.
   */
  fireNext(end: number): boolean {
    // A loop put off beyond the end still runs once when the wait ends.
    const when = (sleep: Sleep) => (sleep.due > end && sleep.asked <= end ? end : sleep.due);
    const timers = [...this.#sleeps].filter((sleep) => !isPause(sleep) && when(sleep) <= end);
    const first = timers.toSorted((one, other) => when(one) - when(other))[0];
    if (first === undefined) return false;
    this.moveTo(when(first));
    this.#fire(first);
    const together = (sleep: Sleep) => sleep.due > sleep.asked && when(sleep) <= this.#now;
    if (together(first)) for (const sleep of timers) if (sleep !== first && together(sleep)) this.#fire(sleep);
    return true;
  }

  /** What still sleeps, for the message about a hang. */
  describe(): string {
    const lines = [...this.#sleeps].map((sleep) => `${isPause(sleep) ? 'pause' : 'timer'} of ${sleep.ms} ms`);
    return lines.length === 0 ? 'nothing sleeps' : [...new Set(lines)].join(', ');
  }
}

const isPause = (sleep: Sleep) => sleep.ms <= longestPause;

/** The line that called `sleep` on a life; loops are told apart by it. */
const callSite = () => new Error().stack?.split('\n')[4]?.trim() ?? '';
