import type { Subject } from '../subject.ts';

/** GitHub's names of permissions with the right needed, as in an App manifest. */
export type Permissions = Readonly<Record<string, 'read' | 'write'>>;

export interface RestCall {
  readonly via: 'rest';
  /** As GitHub's docs write it: `POST /repos/{owner}/{repo}/labels`. Owner and repo are filled in by the gateway. */
  readonly route: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Statuses besides 2xx that mean that the thing is already so (a label that is gone: 404). */
  readonly fine?: readonly number[];
}

/** A call that may need what the one before it made: its parameters by name, and the field of that answer they take. */
export type Step = Omit<RestCall, 'via' | 'fine'> & { readonly takes?: Readonly<Record<string, string>> };

/** One call that changes something on GitHub, as data; `steps` are several, of which whatever stops one stops the rest. */
export type Call =
  | RestCall
  | { readonly via: 'steps'; readonly steps: readonly Step[] }
  | { readonly via: 'graphql'; readonly document: string; readonly variables: Readonly<Record<string, unknown>> };

export interface Reader {
  /** The `data` of an answer without errors; partial answers are refused. */
  graphql(document: string, variables: Readonly<Record<string, unknown>>): Promise<unknown>;
  /**
   * The body of a GET, or null on 404. An answer that GitHub gave or confirmed less than `maxAge` milliseconds ago is given
   * again without asking; left out: it is always asked.
   */
  get(route: string, params: Readonly<Record<string, unknown>>, maxAge?: number): Promise<unknown>;
}

/** Rejects when something is not to be done any more. */
export type Sure = () => Promise<void>;

export interface Writer {
  /**
   * Sends a write once. It is never repeated here: an answer that was lost is a `lost` trouble. `sure` is asked when its
   * turn has come, and keeps it from being sent by rejecting.
   */
  send(call: Call, sure?: Sure): Promise<void>;
}

export interface GitHubRepo {
  readonly read: Reader;
  /** Reads with the rights of the writer: GitHub shows drafts of releases to nobody else. */
  readonly readAsWriter: Pick<Reader, 'graphql'>;
  readonly write: Writer;
}

/** One attempt of GitHub's to deliver something to us. */
export interface Attempted {
  /** GitHub's number of the attempt: 64 bits, so in digits. */
  readonly id: string;
  /** The same for all attempts at one delivery. */
  readonly guid: string;
  readonly event: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Somebody answered that it was taken. */
  readonly ok: boolean;
}

/** What GitHub remembers of the last three days: https://docs.github.com/rest/apps/webhooks */
export interface DeliveryLog {
  /** Newest first, at most `size` of them, up to 100; `next` is where the following page begins, null after the last one. */
  page(
    cursor: string | null,
    size: number,
  ): Promise<{ readonly attempts: readonly Attempted[]; readonly next: string | null }>;
  /** What was to be delivered; null when GitHub has it no more. */
  read(id: string): Promise<{ readonly hook: string; readonly payload: unknown } | null>;
  /** Has GitHub send it once more. */
  redeliver(id: string): Promise<void>;
}

/** The way to GitHub. Every failure is a `Trouble`. */
export interface GitHub {
  /** An App writes check runs; a personal token can only write commit statuses. */
  readonly identity: 'app' | 'token';
  /** The App's number; null with a personal token. */
  readonly appId: number | null;
  /** Null with a personal token, which has no webhook of its own. */
  readonly deliveries: DeliveryLog | null;
  repo(subject: Subject): GitHubRepo;
  /** Another repository of the same owner; null where there is none that this bot was given. */
  find(asking: Subject, name: string): Promise<Subject | null>;
  /** Every repository that this installation was given, those that are archived left out. */
  reachedBy(installation: number): Promise<readonly Subject[]>;
}
