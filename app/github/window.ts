/** Counts what happened in the last `spanMs` milliseconds against a limit. */
export class Window {
  readonly #spanMs: number;
  readonly #limit: number;
  readonly #entries: { readonly at: number; readonly amount: number }[] = [];
  #sum = 0;
  #promised: readonly number[] = [];

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

  /** Like `freeAt`, for somebody who is sent away until then: nobody else is promised the same room. */
  promise(now: number, amount: number): number {
    this.#promised = this.#promised.filter((at) => at > now);
    const ahead = this.#promised.length;
    const inOne = Math.floor(this.#limit / amount);
    const spans = Math.floor(ahead / inOne);
    const at = this.freeAt(now, (ahead - spans * inOne + 1) * amount) + spans * this.#spanMs;
    this.#promised = [...this.#promised, at];
    return at;
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
