import type { Clock } from '../clock.ts';

/** A sleep of this length or less is a pause (clock.ts): what was set as a timer must not end like one. */
const longestPause = 5_000;

interface Alarm {
  readonly at: number;
  readonly abort: AbortController;
}

/** The sleeps that make lanes ready: one for the earliest time, and one for each lane that only pauses. */
export class Timers {
  readonly #clock: Clock;
  readonly #fire: (due: number, lane: string | null) => void;
  readonly #signal: AbortSignal;
  #armed: Alarm | null = null;

  /** `fire` is told the time that has come, and the lane when it is only that lane's. */
  constructor(clock: Clock, signal: AbortSignal, fire: (due: number, lane: string | null) => void) {
    this.#clock = clock;
    this.#signal = signal;
    this.#fire = fire;
    signal.addEventListener('abort', () => this.arm(null), { once: true });
  }

  /** Sees to it that the one alarm is set for `at`; an alarm that is set for it already goes on, late as it may be. */
  arm(at: number | null): void {
    if (this.#armed?.at === at) return;
    this.#armed?.abort.abort();
    this.#armed = null;
    if (at === null || this.#signal.aborted) return;
    const alarm = { at, abort: new AbortController() };
    this.#armed = alarm;
    const delay = Math.max(at - this.#clock.now(), longestPause + 1);
    this.#clock.sleep(delay, alarm.abort.signal).then(
      () => {
        if (this.#armed !== alarm) return;
        this.#armed = null;
        this.#fire(at, null);
      },
      () => {},
    );
  }

  /** Called for each time that is set; one that is near gets a sleep of its own. */
  set(lane: string, at: number): void {
    const delay = at - this.#clock.now();
    if (delay > longestPause) return;
    this.#clock.sleep(Math.max(0, delay), this.#signal).then(
      () => this.#fire(at, lane),
      () => {},
    );
  }
}
