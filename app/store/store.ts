import type { Asked } from '../facts/command-facts.ts';
import type { CommandList } from '../commands/command-list.ts';
import type { Report, Turn } from '../engine/report.ts';
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

export type DeliveryOutcome = 'waiting' | 'considered' | 'folded' | 'aside' | 'unhandled';

/** Which deliveries are listed; what is left out does not narrow. `repo` counts in any case. */
export interface DeliveryFilter {
  readonly outcome?: DeliveryOutcome;
  readonly event?: string;
  readonly repo?: string;
}

/** What became of one delivery. */
export interface Trail {
  /** What it was queued for. */
  readonly subjects: readonly Subject[];
  /** The looks it brought about, newest first; `at` is when they were finished, in milliseconds since the epoch. */
  readonly looks: readonly { readonly report: string; readonly outcome: string; readonly at: number }[];
  /** What people did with it, newest first; `who` is null for somebody on the machine itself. */
  readonly deeds: readonly { readonly at: number; readonly who: string | null; readonly what: string }[];
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
  /** The head of the pull request, so that events that name only a commit find it; null for other subjects. */
  readonly head: { readonly sha: string; readonly base?: string; readonly open: boolean } | null;
  readonly goodRules: GoodRules | null;
  /** Rules text of other repositories that stood above it, when all was without fault. */
  readonly goodAbove?: readonly (GoodRules & { readonly repoId: number })[];
  /** Numbers of the repositories whose files its rules are built on, as they were set up; left out where they were not. */
  readonly builtOn?: readonly number[];
  /** What people can ask of the bot there; looked at only where `builtOn` is known. */
  readonly commands?: CommandList;
  /** Whether everybody may see the repository on GitHub; left out where nobody looked. */
  readonly isPublic?: boolean;
}

/** A pull request in line for a base branch. */
export interface Place {
  readonly base: string;
  readonly subject: Subject;
  readonly turn: Turn;
}

/** A delivery that GitHub's log has and the bot does not. Times are milliseconds since the epoch. */
export interface Missed {
  readonly guid: string;
  /** GitHub's number of one attempt to deliver it, in digits. */
  readonly id: string;
  readonly event: string;
  readonly at: number;
  /** How often it was asked for, and when it may be asked for again. */
  readonly tries: number;
  readonly nextAt: number;
}

/** Somebody's word that nothing is to be written on GitHub for now. */
export interface Halt {
  /** `owner/name` or `owner` in lower case; '' is everywhere. */
  readonly scope: string;
  readonly reason: string;
  /** Null: somebody on the machine itself. */
  readonly who: string | null;
  readonly at: number;
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
 * (`*.rerequested` never folds); it is no work of its own, but a lane for which something else came in between is woken.
 * Bodies are kept compressed.
 */
export interface Store {
  saveDelivery(delivery: Delivery, subjects: readonly Subject[]): Promise<'new' | 'again' | 'folded'>;
  delivery(id: string): Promise<(DeliveryRow & { body: Buffer }) | null>;
  deliveries(page: Page & DeliveryFilter): Promise<readonly DeliveryRow[]>;
  trail(id: string): Promise<Trail>;
  /**
   * Puts a delivery back into its lanes, as when GitHub sends it again, and notes who asked for it. False where that changes
   * nothing: it waits already, it is not there, or nothing is done with it.
   */
  replay(id: string, who: string | null): Promise<boolean>;
  /** Keeps the report of a consideration that was broken off, so that what it did is told; the job is not finished by it. */
  saveReport(report: Report): Promise<void>;
  report(id: string): Promise<Report | null>;
  /**
   * Newest first; of one lane when it is given, of the subject that people called so then (`acme/shop#12`, in any case), or,
   * where facts were looked at, of everything in the repository that people called so then.
   */
  reports(page: Page & { lane?: string; name?: string; repo?: string }): Promise<readonly Report[]>;
  /** The newest report of a lane for which facts were looked at; kept as long as the subject is worked on. */
  lastConsidered(lane: string): Promise<Report | null>;
  /** The once-keys done on a subject. */
  doneOn(lane: string): Promise<readonly string[]>;
  /** The commands that were accepted on a subject, oldest first; also in a look that has not ended. */
  asksOn(lane: string): Promise<readonly Asked[]>;
  /**
   * Keeps what the commands are bound to that a look accepts, and once-keys of all it carries out; drops those of what it does
   * not carry out after all. Committed before it does: afterwards neither can be found again.
   */
  keepHeard(report: Report, done: readonly string[], undone: readonly string[]): Promise<void>;
  /** Committed before the socket of a write is opened whose repetition people would see twice. */
  noteAttempt(lane: string, attempt: Attempt): Promise<void>;
  attempts(lane: string): Promise<readonly Attempt[]>;
  forgetAttempt(lane: string, change: string): Promise<void>;
  /** Open pull requests whose head was this commit when they were last considered. */
  threadsWithHead(repoId: number, sha: string): Promise<readonly Subject[]>;
  /**
   * Open pull requests as they were last considered, the one that was longest ago first; those onto one base when it is
   * given.
   */
  openPulls(repoId: number, base: string | null): Promise<readonly Subject[]>;
  /** Who stands in line for a base, by their own account; one that has closed since stays until it is looked at. */
  line(repoId: number, base: string): Promise<readonly Place[]>;
  turnOf(lane: string): Promise<Place | null>;
  /** Kept at once, so that others see it. Null: it is not in line any more. */
  setTurn(subject: Subject, base: string, turn: Turn | null): Promise<void>;
  goodRules(repoId: number): Promise<GoodRules | null>;
  /** Since when each piece of a repository's rules is in force, in milliseconds since the epoch; null when it was never seen. */
  inForce(repoId: number): Promise<Readonly<Record<string, number>> | null>;
  /** In place of what was kept before. */
  setInForce(repoId: number, since: Readonly<Record<string, number>>): Promise<void>;
  /** Repositories that were set up, have open pull requests or work that waits, each once. */
  repos(): Promise<readonly Subject[]>;
  /** Repositories whose rules were built on the file of this one, over whatever steps, when they were last set up. */
  buildersOn(repoId: number): Promise<readonly Subject[]>;
  /**
   * What people can ask of the bot in the repository of that name, in any case, when it was set up last; null where it was
   * not. `isPublic`: everybody may see whatever ever had that name.
   */
  commandsOf(repo: string): Promise<{ readonly list: CommandList; readonly isPublic: boolean } | null>;
  /** A pause that GitHub's limits put on one installation, kept over restarts. Milliseconds since the epoch. */
  pauses(): Promise<readonly { readonly account: string; readonly until: number; readonly reason: string }[]>;
  savePause(account: string, until: number, reason: string): Promise<void>;
  /** Those of these GUIDs that were ever saved, whichever hook sent them. */
  known(guids: readonly string[]): Promise<ReadonlySet<string>>;
  /** How far a loop has come, in milliseconds since the epoch; null when it never was anywhere. */
  mark(name: string): Promise<number | null>;
  setMark(name: string, at: number): Promise<void>;
  /** Keeps what was missed and that GitHub's log was read up to then, in one transaction. */
  noteMissed(missed: readonly Missed[], upTo: number): Promise<void>;
  /** Those asked for least often first, then the oldest. */
  missed(): Promise<readonly Missed[]>;
  askedFor(guid: string, nextAt: number): Promise<void>;
  dropMissed(guids: readonly string[]): Promise<void>;
  /** In place of what was said of that scope before. */
  halt(halt: Halt): Promise<void>;
  /** False: it was not halted. */
  resume(scope: string, who: string | null, at: number): Promise<boolean>;
  halts(): Promise<readonly Halt[]>;
  /** What keeps the bot from writing in a repository now. */
  haltOf(repo: { readonly owner: string; readonly name: string }): Promise<Halt | null>;
  /** Keeps a link by which somebody can sign in once until then; by the hash of its token only. */
  saveLink(hash: string, login: string, until: number): Promise<void>;
  /** Whose link that is while it can be used. */
  linkOwner(hash: string): Promise<string | null>;
  /** Uses up a link and begins a session in its stead, in one transaction; null when it cannot be used. */
  startSession(link: string, hash: string, until: number): Promise<string | null>;
  sessionOwner(hash: string): Promise<string | null>;
  endSession(hash: string): Promise<void>;
  /**
   * Lets go of bodies older than a week, and of deliveries, reports and attempts older than ninety days; what waits, the
   * newest report of each thread and the keys of what is open stay. Answers how many went.
   */
  prune(now: number): Promise<number>;
  /** Rejects when the files cannot be written. */
  check(): Promise<void>;
  counts(): Promise<{ readonly deliveries: number; readonly reports: number; readonly aside: number }>;
}
