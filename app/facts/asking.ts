import type { Asked, HeadFact } from './command-facts.ts';

/** What is remembered of a thread, for facts that GitHub alone cannot tell. */
export interface Recalled {
  /** Once-keys already done. */
  readonly done: readonly string[];
  readonly asked: readonly Asked[];
  /** When the thread was considered last, ISO 8601; null when it never was. */
  readonly considered: string | null;
  /** The head as it was when the thread was considered last. */
  readonly head: HeadFact | null;
  /** When a delivery that waits now told of a push to the head; null: none does. */
  readonly pushedAt: string | null;
  /** The head with which a delivery that waits now says that the pull request was opened; null: none does. */
  readonly openedWith: string | null;
  /** People who pushed to the branch, as GitHub told us: what commits say of who made them is up to whoever made them. */
  readonly pushers: readonly { readonly id: number; readonly login: string }[];
  /** Tries of the work at hand that ended with an error before this one. */
  readonly errors: number;
}

/** How commands are written here. */
export interface Grammar {
  readonly prefix: string;
  /** Whether somebody answers for this word: a command, an alias, or a near miss of one. */
  readonly concerns: (word: string) => boolean;
  /** The name of the command that a word stands for; null where there is none. */
  readonly means: (word: string) => string | null;
  /** What an alias puts before the arguments that stand behind it; '' where it puts nothing there. */
  readonly before: (word: string) => string;
}

/** What rules and memory add to a question: what `who` lists name, so that only that is looked up, and what is recalled. */
export interface Ask {
  readonly commands: Grammar;
  readonly recalled: Recalled;
  readonly who: readonly string[];
  /** What options marked with `.meta({ ask })` hold, by that mark: entries of lists, keys of maps, texts. */
  readonly marked: Readonly<Record<string, readonly string[]>>;
  /** The App whose check runs are ours; null with a personal token. */
  readonly appId: number | null;
}

/** GraphQL selections of one fact, put together with those of the others into one query. */
export interface Selection {
  /** Within `repository`. */
  readonly repository?: string;
  /** Within the issue and within the pull request. */
  readonly thread?: string;
  readonly issue?: string;
  readonly pull?: string;
}

/** The answer of that query: `thread` is the issue or pull request. */
export interface Answer {
  readonly viewer: { readonly login: string; readonly id: number };
  readonly repository: unknown;
  readonly thread: unknown;
  readonly isPull: boolean;
}
