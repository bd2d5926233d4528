import type { Clock } from '../../app/clock.ts';
import type { Fault } from './fault-kinds.ts';

/** What a branch asks of those who move it. Checks are names, or pinned to an App: `{name: build, app: ci}`. */
export interface ProtectionWorld {
  readonly checks?: readonly (string | { readonly name: string; readonly app: string })[];
  readonly strict?: boolean;
  readonly approvals?: number;
  readonly methods?: readonly string[];
  readonly linear?: boolean;
  readonly queue?: boolean;
}

/** The same as a ruleset, for branches given as globs. */
export interface RulesetWorld extends ProtectionWorld {
  readonly name?: string;
  readonly branches?: readonly string[];
}

/** What one repository holds. */
export interface RepositoryWorld {
  readonly people?: Readonly<Record<string, string>>;
  readonly labels?: readonly string[];
  readonly milestones?: readonly string[];
  readonly protection?: Readonly<Record<string, ProtectionWorld>>;
  readonly rulesets?: readonly RulesetWorld[];
  readonly files?: Readonly<Record<string, string>>;
}

/** The `world` of a scenario file, already checked by the runner; see docs of the scenario format. */
export interface World extends RepositoryWorld {
  readonly members?: readonly string[];
  readonly teams?: Readonly<Record<string, readonly string[]>>;
  readonly bots?: readonly string[];
  /** Of the App, besides what it usually has: `{administration: read, checks: none}`. */
  readonly permissions?: Readonly<Record<string, string>>;
  /** Besides `acme/shop`, each as `acme/<name>`. */
  readonly repositories?: Readonly<
    Record<string, RepositoryWorld & { readonly installed?: boolean; readonly archived?: boolean }>
  >;
}

export interface FakeOptions {
  readonly world: World;
  readonly clock: Clock;
  /** Where webhooks go, `http://127.0.0.1:8000/webhook`; may be set later with `sendTo`. */
  readonly webhookUrl?: string;
  readonly webhookSecret: string;
  /** 0 takes any free port. */
  readonly port?: number;
  /** `token` gives the bot a personal access token instead of an App. Default `app`. */
  readonly identity?: 'app' | 'token';
  /** Keeps every state from the start for faults that answer from the past; else from when such a fault is armed. */
  readonly remembers?: boolean;
  /** Whether all that is said is held against GitHub's published schemas. Default `true`. */
  readonly proof?: boolean;
}

/** What everybody can see of an issue or pull request, read from the fake's own state. */
export interface ThreadView {
  readonly number: number;
  readonly kind: 'issue' | 'pull';
  readonly state: 'open' | 'closed' | 'merged';
  readonly reason: string | null;
  readonly title: string;
  readonly body: string | null;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly reviewers: readonly string[];
  readonly milestone: string | null;
  readonly draft: boolean;
  readonly locked: boolean;
  /** In GitHub's own merge queue. */
  readonly queued: boolean;
  readonly base: string | null;
  readonly head: string | null;
  readonly approvals: number;
  readonly mergedBy: string | null;
  readonly mergeMethod: string | null;
  readonly mergedShaIsHead: boolean | null;
  /** Every comment, oldest first; `by` is a login, `us` says that our App (or token) wrote it. */
  readonly comments: readonly {
    readonly id: number;
    readonly as: string | null;
    readonly by: string;
    readonly us: boolean;
    readonly body: string;
    readonly minimized: boolean;
    /** Names of the reactions our bot gave. */
    readonly reactions: readonly string[];
  }[];
  /** Every review, oldest first. */
  readonly reviews: readonly {
    readonly as: string | null;
    readonly by: string;
    readonly state: string;
    /** Names of the reactions our bot gave. */
    readonly reactions: readonly string[];
  }[];
}

export interface CommitView {
  /** Newest conclusion by our App for each check name, `pending` while not completed or after a re-run request. */
  readonly checks: Readonly<Record<string, string>>;
  readonly checkSummaries: Readonly<Record<string, { title: string; summary: string; text: string }>>;
  /** Newest state of each commit status by our bot. */
  readonly statuses: Readonly<Record<string, string>>;
  /** The commit, and those before it from which it differs only by merges of the base that our App asked for. */
  readonly since: readonly string[];
}

export interface RepoView {
  readonly branches: readonly string[];
  file(branch: string, path: string): string | null;
  readonly labels: readonly { readonly name: string; readonly color: string; readonly description: string | null }[];
  readonly releases: readonly { readonly tag: string; readonly body: string; readonly draft: boolean }[];
  readonly pulls: readonly {
    readonly number: number;
    readonly title: string;
    readonly base: string;
    readonly draft: boolean;
    readonly labels: readonly string[];
  }[];
  readonly dispatches: readonly { readonly workflow: string; readonly inputs: Readonly<Record<string, string>> }[];
  /** What was asked to run again, oldest first: `ci.yml`, `ci.yml/build` for one job, or an App's slug for its checks. */
  readonly reruns: readonly string[];
  /** Workflow runs of forks that were allowed to start: `ci.yml`. */
  readonly approvedRuns: readonly string[];
}

/** One request that reached the fake, in order of arrival. */
export interface JournalEntry {
  readonly at: number;
  readonly method: string;
  /** As GitHub's docs write it: `POST /repos/{owner}/{repo}/issues/{issue_number}/comments`, `POST /graphql`. */
  readonly route: string;
  readonly path: string;
  readonly status: number;
  /** `app` for JWT calls and token minting, `installation` or `token` for the bot's ordinary work. */
  readonly as: 'app' | 'installation' | 'token' | 'nobody';
  /** Whose limits it counts against: `app`, `token`, `nobody` or `installation 808080`. */
  readonly account: string;
  /** A REST call that is not a GET, or a GraphQL mutation; minting tokens is none. */
  readonly write: boolean;
  readonly applied: boolean;
  readonly note: string;
}

/** One webhook GitHub tried to deliver. */
export interface DeliveryView {
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly at: number;
  /** 0 when the connection failed. */
  readonly status: number;
}

/** What may be done with a write of the bot while it is in flight: let through, or held until `go`. */
export type WriteGate = (write: {
  route: string;
}) => 'pass' | { readonly apply: boolean; readonly stopped: () => void };

/** A stateful GitHub on loopback: REST under `/`, GraphQL under `/graphql`, web links under `/web`. */
export interface FakeGitHub {
  readonly url: string;
  /** App id, PEM and installation for App mode; the token for token mode. */
  readonly app: {
    readonly id: string;
    readonly privateKey: string;
    readonly installationId: number;
    readonly slug: string;
  };
  readonly token: string;
  readonly repo: { readonly id: number; readonly owner: string; readonly name: string };
  sendTo(webhookUrl: string | null): void;
  /** A person does something; `step` and its keys are those of the scenario format (`open-pull`, `edit`, `label` …). */
  act(step: string, keys: Readonly<Record<string, unknown>>): Promise<void>;
  thread(as: string): ThreadView;
  /** `on` is a name given by `as` (its head) or a branch. */
  commit(on: string): CommitView;
  /** `acme/shop` when no name is given. */
  repository(name?: string): RepoView;
  readonly journal: readonly JournalEntry[];
  readonly deliveries: readonly DeliveryView[];
  redeliver(which: { last?: boolean; all?: boolean; count?: number; duplicate?: boolean }): Promise<void>;
  fault(fault: Fault): void;
  /** Faults that did not happen as often as they should, or not at all. */
  faultsLeft(): readonly Fault[];
  /** What a fault wanted to do in the world and could not. */
  trouble(): Error | null;
  /** Requests being answered and webhooks being sent right now. */
  busy(): number;
  gate(gate: WriteGate | null): void;
  /** What GitHub's published schemas refused since the last call, each with route, direction and place. */
  takeViolations(): readonly string[];
  /** Fails when a violation was not taken. */
  stop(): Promise<void>;
}

export type { Fault } from './fault-kinds.ts';
export { startFakeGitHub } from './start.ts';
