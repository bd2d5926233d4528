import type { Actor, Level } from './people.ts';

/** The ways GitHub knows to merge. */
export type MergeMethod = 'merge' | 'squash' | 'rebase';

export interface Job {
  /** The workflow run, which its re-runs share. */
  readonly run: number;
  /** The check run, which they do not. */
  readonly check: number;
  /** It failed or took too long by itself; what people cancelled, or have to allow, is theirs. */
  readonly broke: boolean;
}

/** A check run or commit status on the head, the newest of its name and App. */
export interface Context {
  readonly name: string;
  readonly kind: 'check' | 'status';
  /** The App that made it; null where a person did, or where it is not known. */
  readonly app: number | null;
  /** `skipped` is neutral too; whatever is not completed is `pending`. */
  readonly state: 'success' | 'failure' | 'pending' | 'skipped';
  readonly ours: boolean;
  /** Where it is a job of GitHub Actions. */
  readonly job?: Job;
}

export interface Contexts {
  readonly list: readonly Context[];
  /** When GitHub first knew of work on the head, by its own clock; null when it knows of none. */
  readonly since: string | null;
  /** The list has all of them, and they are those of the head. */
  readonly complete: boolean;
}

export interface RequiredContext {
  readonly name: string;
  /** The App it must come from; null: any. */
  readonly app: number | null;
}

/** What the base branch asks of a merge, by protection and rulesets. */
export interface Required {
  readonly contexts: readonly RequiredContext[];
  /** The head must contain the base. */
  readonly strict: boolean;
  /** GitHub's own merge queue is on. */
  readonly queue: boolean;
  readonly methods: readonly MergeMethod[];
}

/** The last opinion of a person on a pull request; never the author's or a bot's. */
export interface Review {
  readonly id: number;
  readonly by: Actor;
  readonly state: 'approved' | 'changes';
  readonly at: string;
  /** What the person may do now. */
  readonly level: Level;
  /** It is about the head, or about a head that we alone brought up to date with the base. */
  readonly current: boolean;
  /** The person wrote or committed a part of it. */
  readonly wrote: boolean;
}

export interface Reviews {
  readonly list: readonly Review[];
  /** The head, and the heads before it that differ from it only by updates of ours; what was said of them still holds. */
  readonly heads: readonly string[];
  /** When the base was changed last; what was approved before is void. */
  readonly since: string | null;
  /** What those who asked for the merge in an earlier look may do now, by account number. */
  readonly askers: Readonly<Record<string, Level>>;
  readonly complete: boolean;
}

export interface Mergeability {
  readonly nodeId: string;
  /** False: conflicts; null: GitHub has not found out yet. */
  readonly mergeable: boolean | null;
  /** Protection of the base does not allow it as it stands. */
  readonly blocked: boolean;
  /** Protection wants the base in the head, and it is not. */
  readonly behind: boolean;
  readonly queued: boolean;
}

/** An open issue that holds merges; no branches named: onto all. */
export interface Blocker {
  readonly number: number;
  readonly branches: readonly string[];
}
