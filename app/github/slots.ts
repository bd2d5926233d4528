interface Waiting {
  readonly rank: number;
  readonly go: () => void;
}

/** At most `width` at a time; those who wait enter by rank, then in the order they came. */
export class Slots {
  width: number;
  #taken = 0;
  readonly #waiting: Waiting[] = [];

  constructor(width: number) {
    this.width = width;
  }

  /** How many would go before a newcomer of this rank. */
  ahead(rank: number): number {
    return this.#taken + this.#waiting.filter((waiting) => waiting.rank <= rank).length;
  }

  enter(rank: number): Promise<void> {
    return new Promise((go) => {
      const behind = this.#waiting.findIndex((waiting) => waiting.rank > rank);
      this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, { rank, go });
      this.#admit();
    });
  }

  leave(): void {
    this.#taken -= 1;
    this.#admit();
  }

  #admit(): void {
    while (this.#taken < this.width && this.#waiting.length > 0) {
      this.#taken += 1;
      this.#waiting.shift()?.go();
    }
  }
}
