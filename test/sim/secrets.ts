/** Texts that nobody may ever read. */
export class Secrets {
  /** By what each begins with: a text is searched once for many that begin alike, as tokens do. */
  readonly #byStart = new Map<string, Set<string>>();

  add(secret: string): void {
    const start = secret.slice(0, 4);
    this.#byStart.set(start, (this.#byStart.get(start) ?? new Set()).add(secret));
  }

  areIn(text: string): boolean {
    for (const [start, secrets] of this.#byStart)
      for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1))
        for (const secret of secrets) if (text.startsWith(secret, at)) return true;
    return false;
  }
}
