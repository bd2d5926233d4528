import type { Account } from './state.ts';

/** A context a branch requires, and the App it must come from; `null`: any. */
export interface RequiredCheck {
  readonly name: string;
  readonly app: string | null;
}

/** What a protection or a ruleset asks of those who move a branch. */
export interface BranchRules {
  readonly checks: readonly RequiredCheck[];
  /** The head must contain the base. */
  readonly strict: boolean;
  readonly approvals: number;
  readonly methods: readonly string[];
  readonly linear: boolean;
  /** Only GitHub's own merge queue may move it. */
  readonly queue: boolean;
}

export interface Ruleset extends BranchRules {
  readonly id: number;
  readonly name: string;
  readonly branches: readonly string[];
}

/** The commit a queue built for one entry: the pull request merged into what stands before it. */
export interface QueueGroup {
  readonly sha: string;
  readonly base: string;
  /** What it was built on. */
  readonly parent: string;
  readonly head: string;
  readonly branch: string;
}

/** A pull request in GitHub's own merge queue. */
export interface QueueEntry {
  readonly id: number;
  readonly number: number;
  readonly by: Account;
  readonly at: number;
  readonly head: string;
  readonly base: string;
  readonly jump: boolean;
  group: QueueGroup | null;
}
