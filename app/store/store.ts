import type { Asked } from '../facts/command-facts.ts';
import type { Report } from '../engine/report.ts';
import type { Subject } from '../subject.ts';

/** One webhook call as it arrived. */
export interface Delivery {
  /** GitHub's id of the delivery; the same when it is sent again. */
  readonly guid: string;
  /** Id of the hook that sent it; '' where the header is absent. One event can come by two hooks with the same GUID. */
  readonly hook: string;
  readonly event: string;
  readonly action: string | null;
  readonly receivedAt: number;
  /** SHA-256 of the raw body, hex. */
  readonly digest: string;
  readonly body: Buffer;
  readonly repo: string | null;
  /** Why nothing will be done with it; null when it was queued. */
  readonly unhandled: string | null;
}

export type DeliveryState = 'waiting' | 'done' | 'aside' | 'unhandled';

export interface DeliveryRow extends Omit<Delivery, 'body'> {
  readonly id: string;
  readonly state: DeliveryState;
  /** Why it is unhandled or set aside. */
  readonly reason: string | null;
}

/** A write that was about to be sent and is not known to have arrived. */
export interface Attempt {
  readonly change: string;
  readonly at: number;
}

/** Rules text that was read without fault from a repository's default branch. */
export interface GoodRules {
  readonly oid: string;
  readonly text: string;
}

/** What is remembered of one consideration, in the transaction that finishes its job. */
export interface Memory {
  readonly report: Report;
  /** Once-keys that are done now. */
  readonly done: readonly string[];
  /** Commands that were accepted and are kept. */
  readonly asked?: readonly Asked[];
  /** The head of the pull request, so that events that name only a commit find it; null for other subjects. */
  readonly head: { readonly sha: string; readonly base?: string; readonly open: boolean } | null;
  readonly goodRules: GoodRules | null;
  /** Rules text of other repositories that stood above it, when all was without fault. */
  readonly goodAbove?: readonly (GoodRules & { readonly repoId: number })[];
}

export interface Page {
  readonly limit: number;
  /** The id of the last row of the page before. */
  readonly before?: string;
}

/**
 * Everything the bot keeps. What it acknowledges it has on disk.
 *
 * Promises: `saveDelivery` resolves only after the delivery and its places in the lanes are committed together. `again`: the same
 * GUID from the same hook was here before; if that one is finished, its lanes are woken once more, since somebody asked
 * for it. `folded`: a body with the same digest and event came within the last ten minutes under another id
 * (`*.rerequested` never folds); nothing is queued. Bodies are kept compressed.
 */
export interface Store {
  saveDelivery(delivery: Delivery, subjects: readonly Subject[]): Promise<'new' | 'again' | 'folded'>;
  delivery(id: string): Promise<(DeliveryRow & { body: Buffer }) | null>;
  deliveries(page: Page): Promise<readonly DeliveryRow[]>;
  /** Keeps the report of a consideration that was broken off, so that what it did is told; the job is not finished by it. */
  saveReport(report: Report): Promise<void>;
  report(id: string): Promise<Report | null>;
  /** Newest first; of one lane when it is given, or of the subject people called so then (`acme/shop#12`, in any case). */
  reports(page: Page & { lane?: string; name?: string }): Promise<readonly Report[]>;
  /** The newest report of a lane for which facts were looked at. */
  lastConsidered(lane: string): Promise<Report | null>;
  /** The once-keys done on a subject. */
  doneOn(lane: string): Promise<readonly string[]>;
  /** The commands that were accepted on a subject, oldest first. */
  asksOn(lane: string): Promise<readonly Asked[]>;
  /** Committed before the socket of a write is opened whose repetition people would see twice. */
  noteAttempt(lane: string, attempt: Attempt): Promise<void>;
  attempts(lane: string): Promise<readonly Attempt[]>;
  forgetAttempt(lane: string, change: string): Promise<void>;
  /** Open pull requests whose head was this commit when they were last considered. */
  threadsWithHead(repoId: number, sha: string): Promise<readonly Subject[]>;
  /** Open pull requests as they were last considered; those onto one base when it is given. */
  openPulls(repoId: number, base: string | null): Promise<readonly Subject[]>;
  goodRules(repoId: number): Promise<GoodRules | null>;
  /** Repositories with open pull requests or with work that waits, each once. */
  repos(): Promise<readonly Subject[]>;
  /** A pause that GitHub's limits put on one installation, kept over restarts. Milliseconds since the epoch. */
  pauses(): Promise<readonly { readonly account: string; readonly until: number; readonly reason: string }[]>;
  savePause(account: string, until: number, reason: string): Promise<void>;
  /** Rejects when the files cannot be written. */
  check(): Promise<void>;
  counts(): Promise<{ readonly deliveries: number; readonly reports: number; readonly aside: number }>;
}
