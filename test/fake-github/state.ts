import type { BranchRules, QueueEntry, Ruleset } from './branch-state.ts';
import { emptyGit, type GitData } from './git-objects.ts';
import type { Deployment, WorkflowRun } from './run-state.ts';
import type { Named, Repository, Site } from './site.ts';

export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read';

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot' | 'Organization';
  readonly name: string;
  readonly email: string;
}

export interface Team {
  readonly id: number;
  readonly slug: string;
  readonly members: string[];
}

export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface Milestone {
  readonly id: number;
  readonly number: number;
  title: string;
  description: string | null;
  state: 'open' | 'closed';
  dueOn: string | null;
  readonly creator: Account;
  readonly createdAt: number;
  updatedAt: number;
}

export interface Reaction {
  readonly id: number;
  readonly content: string;
  readonly user: Account;
  readonly createdAt: number;
}

export interface Comment {
  readonly id: number;
  readonly thread: number;
  as: string | null;
  body: string;
  readonly user: Account;
  readonly viaApp: boolean;
  readonly createdAt: number;
  updatedAt: number;
  editedAt: number | null;
  readonly edits: { readonly at: number; readonly by: Account; readonly from: string }[];
  minimized: string | null;
  /** When it was folded or unfolded last. */
  minimizedAt?: number;
  readonly reactions: Reaction[];
}

export interface Review {
  readonly id: number;
  as: string | null;
  readonly user: Account;
  body: string;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  readonly commit: string;
  readonly submittedAt: number;
  readonly reactions: Reaction[];
}

/** One entry of a thread's timeline; `what` holds what its kind adds (label, from and to titles, commit …). */
export interface TimelineEvent {
  readonly id: number;
  readonly kind: string;
  readonly at: number;
  readonly actor: Account | null;
  readonly what: Readonly<Record<string, unknown>>;
}

export interface Fork {
  readonly id: number;
  readonly owner: Account;
}

export interface Pull {
  readonly id: number;
  headRef: string;
  headSha: string;
  /** `null` when the head is a branch of the repository itself. */
  readonly fork: Fork | null;
  baseRef: string;
  baseSha: string;
  draft: boolean;
  mergedAt: number | null;
  mergedBy: Account | null;
  mergeMethod: string | null;
  mergeCommit: string | null;
  mergedShaIsHead: boolean | null;
  readonly reviews: Review[];
  reviewers: Account[];
  teams: Team[];
  maintainerCanModify: boolean;
}

export interface Thread {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  readonly author: Account;
  state: 'open' | 'closed';
  reason: string | null;
  labels: Label[];
  assignees: Account[];
  milestone: Milestone | null;
  locked: boolean;
  lockReason: string | null;
  pinned: boolean;
  readonly createdAt: number;
  updatedAt: number;
  closedAt: number | null;
  closedBy: Account | null;
  editedAt: number | null;
  readonly timeline: TimelineEvent[];
  readonly reactions: Reaction[];
  readonly pull: Pull | null;
}

export interface App {
  readonly id: number;
  readonly slug: string;
  readonly ours: boolean;
}

export interface Suite {
  readonly id: number;
  readonly app: App;
  readonly headSha: string;
  headBranch: string | null;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: string | null;
  readonly createdAt: number;
  updatedAt: number;
}

export interface CheckRun {
  readonly id: number;
  readonly suite: Suite;
  name: string;
  status: string;
  conclusion: string | null;
  externalId: string;
  detailsUrl: string | null;
  startedAt: number;
  completedAt: number | null;
  output: { title: string | null; summary: string | null; text: string | null };
  annotations: Record<string, unknown>[];
  actions: unknown[];
  /** A re-run was asked for and the run was not written since. */
  rerequested: boolean;
}

export interface Status {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: Account;
  readonly createdAt: number;
}

export interface Release {
  readonly id: number;
  tag: string;
  target: string;
  name: string | null;
  body: string;
  draft: boolean;
  prerelease: boolean;
  readonly author: Account;
  readonly createdAt: number;
  publishedAt: number | null;
}

export interface State {
  readonly site: Site;
  readonly repository: Repository;
  readonly accounts: Map<string, Account>;
  readonly roles: Map<string, Role>;
  readonly members: Set<string>;
  readonly teams: Map<string, Team>;
  readonly labels: Map<string, Label>;
  readonly milestones: Milestone[];
  readonly threads: Map<number, Thread>;
  readonly comments: Map<number, Comment>;
  readonly git: GitData;
  /** `heads/main`, `tags/v1`; forks keep theirs as `bob:heads/fix`. */
  readonly refs: Map<string, string>;
  readonly forks: Map<string, Fork>;
  readonly apps: Map<string, App>;
  readonly suites: Map<number, Suite>;
  readonly runs: Map<number, CheckRun>;
  readonly statuses: Status[];
  readonly releases: Map<number, Release>;
  readonly protections: Map<string, BranchRules>;
  readonly rulesets: Ruleset[];
  /** Of all branches, in the order in which they land. */
  readonly queue: QueueEntry[];
  readonly workflowRuns: WorkflowRun[];
  readonly deployments: Deployment[];
  readonly dispatches: { readonly workflow: string; readonly inputs: Record<string, string> }[];
  /** What was asked to run again: `ci.yml`, `ci.yml/build` for one job, or an App's slug for its suite. */
  readonly reruns: string[];
  /** Workflow runs of forks that were allowed to start: `ci.yml`. */
  readonly approvedRuns: string[];
  /** Names given by `as`. */
  readonly names: Map<string, Named>;
  /** When each ref was moved, newest last. */
  readonly activity: {
    readonly id: number;
    ref: string;
    before: string;
    after: string;
    at: number;
    actor: Account;
    kind: string;
  }[];
  candidate: string | null;
  group: string | null;
  lastNumber: number;
}

/** One repository; what it shares with the others hangs on it under the same names. */
export function emptyState(site: Site, repository: Repository): State {
  const { accounts, members, teams, apps, names } = site;
  return {
    site,
    repository,
    accounts,
    members,
    teams,
    apps,
    names,
    roles: new Map(),
    labels: new Map(),
    milestones: [],
    threads: new Map(),
    comments: new Map(),
    git: emptyGit(),
    refs: new Map(),
    forks: new Map(),
    suites: new Map(),
    runs: new Map(),
    statuses: [],
    releases: new Map(),
    protections: new Map(),
    rulesets: [],
    queue: [],
    workflowRuns: [],
    deployments: [],
    dispatches: [],
    reruns: [],
    approvedRuns: [],
    activity: [],
    candidate: null,
    group: null,
    lastNumber: 0,
  };
}
