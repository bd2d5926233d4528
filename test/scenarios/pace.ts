import { day, hour } from './duration.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What moves outside the clock right now. */
export interface Motion {
  /** Requests the fake answers and webhooks it sends. */
  readonly sending: number;
  /** Requests of the bot that have no answer yet. */
  readonly asking: number;
  readonly running: number;
  readonly ready: number;
  /** A new life of the bot is starting. */
  readonly starting: boolean;
  /** Requests seen so far; a change shows that something goes on. */
  readonly seen: number;
}

export interface PaceOptions {
  /** Real milliseconds after which a hang is a failure. */
  readonly watchdog?: number;
  /** Real milliseconds after which an unanswered request is one that only a deadline can end. */
  readonly stall?: number;
}

const betweenSteps = 61_000;
const stillTurns = 8;
const stalledTurns = 100;
const longestDeadline = 120_000;

/** Says how time goes in a scenario: 61 s before a step, timers in a wait, pauses whenever nothing else moves. */
export class Pace {
  readonly #clock: VirtualClock;
  readonly #motion: () => Promise<Motion>;
  readonly #watchdog: number;
  readonly #stall: number;

  constructor(clock: VirtualClock, motion: () => Promise<Motion>, options: PaceOptions = {}) {
    this.#clock = clock;
    this.#motion = motion;
    this.#watchdog = options.watchdog ?? 30_000;
    this.#stall = options.stall ?? 400;
  }

  beforeStep(): void {
    this.#clock.moveTo(this.#clock.now() + betweenSteps);
  }

  /** Resolves when the bot is idle, timers aside; rejects when it does not become idle. */
  async settle(): Promise<void> {
    const began = performance.now();
    let [before, still, changed] = ['', 0, began];
    for (let turns = 0; ; turns += 1) {
      const motion = await this.#motion();
      const text = JSON.stringify(motion);
      still = text === before ? still + 1 : 0;
      if (still === 0) [before, changed] = [text, performance.now()];
      const stalled = still >= stalledTurns && performance.now() - changed > this.#stall;
      if (still >= stillTurns) {
        if (this.#letPass(motion, stalled)) still = 0;
        else if (isIdle(motion)) return;
      }
      if (performance.now() - began > this.#watchdog) throw new Error(this.#hang(motion));
      // While nothing is known to move, there is nothing that sockets would have to bring.
      await turn(isIdle(motion) ? 0 : turns);
    }
  }

  /** True when a sleep was let end because nothing else can go on. */
  #letPass(motion: Motion, stalled: boolean): boolean {
    const waiting = motion.sending + motion.asking > 0;
    if (waiting) return stalled && this.#clock.passAny(longestDeadline);
    if (this.#clock.pauses() === 0) return false;
    this.#clock.passPause();
    return true;
  }

  #hang(motion: Motion): string {
    const busy = Object.entries(motion).filter(([key, value]) => key !== 'seen' && Number(value) > 0);
    const what = busy.map(([key, value]) => `${key}: ${Number(value)}`).join(', ') || 'nothing but pauses';
    return `the bot did not become idle within ${this.#watchdog / 1000} s; still busy: ${what} (${this.#clock.describe()})`;
  }

  /** Moves the clock by `ms`, running every timer that falls due, the bot becoming quiet after each. */
  async wait(ms: number): Promise<void> {
    await this.settle();
    const end = this.#clock.now() + ms;
    if (ms > day) this.#clock.beginLongWait(ms > 7 * day ? 6 * hour : hour);
    try {
      while (this.#clock.fireNext(end)) await this.settle();
    } finally {
      this.#clock.endWait();
    }
    this.#clock.moveTo(end);
  }
}

const isIdle = (motion: Motion) =>
  motion.sending + motion.asking + motion.running + motion.ready === 0 && !motion.starting;

/** Gives the event loop a turn; every third time a real millisecond, so that sockets and files get on. */
const turn = (turns: number) =>
  new Promise<void>((resolve) => {
    if (turns % 3 === 2) setTimeout(resolve, 1);
    else setImmediate(resolve);
  });
