/** Counts what happened in the last `spanMs` milliseconds against a limit. */
export class Window {
  readonly #spanMs: number;
  readonly #limit: number;
  readonly #entries: { readonly at: number; readonly amount: number }[] = [];
  #sum = 0;

  constructor(spanMs: number, limit: number) {
    this.#spanMs = spanMs;
    this.#limit = limit;
  }

  /** The earliest time, not before `now`, at which `amount` more stays within the limit. */
  freeAt(now: number, amount: number): number {
    this.#forget(now);
    let sum = this.#sum;
    for (const entry of this.#entries) {
      if (sum + amount <= this.#limit) break;
      sum -= entry.amount;
      if (sum + amount <= this.#limit) return entry.at + this.#spanMs;
    }
    return now;
  }

  add(now: number, amount: number): void {
    this.#entries.push({ at: now, amount });
    this.#sum += amount;
  }

  #forget(now: number): void {
    while (this.#entries[0] && this.#entries[0].at + this.#spanMs <= now)
      this.#sum -= this.#entries.shift()?.amount ?? 0;
  }
}
