interface Said {
  readonly comment: string;
  readonly by: string;
  readonly at: number;
}

const [hold, lift, land] = [/^\/hold(?! cancel)/m, /^\/(unhold|hold cancel)/m, /^\/merge$/m];
/** Whoever ever may write, and the author. Who holds it alone takes back only what is their own. */
const mayLift = ['lin', 'chen', 'bob'];

/** Whether anybody may say this, and have it done. */
export const isForEverybody = (body: string): boolean => hold.test(body) || lift.test(body);

/**
 * What people asked for by commands, as far as a merge waits for it or does not come without it. What the bot may have heard
 * too late, or otherwise than it was meant, is as if it had never been said.
 */
export class Commanded {
  readonly #holds = new Map<string, readonly Said[]>();
  readonly #merges = new Map<string, readonly Said[]>();

  /** What each comment said before anybody changed it, and where, by its name in the life. */
  readonly words = new Map<string, { readonly as: string; readonly body: string }>();
  /** Threads with a comment that was changed or deleted: what it asked for, only a bot that heard it knows. */
  readonly rewritten = new Set<string>();

  /** Somebody, and no bot, says something on a pull request that is open. */
  said(as: string, said: Said, body: string): void {
    if (lift.test(body)) this.#keep(as, ({ by }) => !mayLift.includes(said.by) && by !== said.by);
    if (hold.test(body)) this.#holds.set(as, [...this.holdsOn(as), said]);
    if (land.test(body)) this.#merges.set(as, [...this.mergesOn(as), said]);
  }

  /** Its words are others now, or there are none. */
  withdrawn(comment: string): void {
    const { as: home } = this.words.get(comment) ?? {};
    if (home !== undefined) this.rewritten.add(home);
    for (const as of this.#holds.keys()) this.#keep(as, (said) => said.comment !== comment);
  }

  /** All that held it was taken away. */
  lifted(as: string): void {
    this.#holds.delete(as);
  }

  /** What is closed before the bot has answered is refused. */
  closed(as: string, isAnswered: (comment: string) => boolean): void {
    this.#keep(as, ({ comment }) => isAnswered(comment));
  }

  holdsOn(as: string): readonly Said[] {
    return this.#holds.get(as) ?? [];
  }

  mergesOn(as: string): readonly Said[] {
    return this.#merges.get(as) ?? [];
  }

  #keep(as: string, stays: (said: Said) => boolean): void {
    this.#holds.set(as, this.holdsOn(as).filter(stays));
  }
}
