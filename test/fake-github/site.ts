import type { Permissions } from './permissions.ts';
import type { Account, App, State, Team } from './state.ts';

/** What tells a repository apart; its number never changes, its name and owner may. */
export interface Repository {
  readonly id: number;
  name: string;
  owner: Account;
  archived: boolean;
  /** The installation that reaches it; `null` where the App was not given it. */
  installation: number | null;
  /** Names it had, lower case, `owner/name`: GitHub sends on from them. */
  readonly formerly: string[];
}

export interface Installation {
  readonly id: number;
  readonly account: Account;
  permissions: Permissions;
  suspendedAt: number | null;
  suspendedBy: Account | null;
}

/** A name given by `as`, and the repository of what it was given to. */
export interface Named {
  readonly kind: 'thread' | 'comment' | 'review';
  readonly id: number;
  readonly repository: number;
}

/** What all repositories of the fake share. Plain data, so that one copy of it is the whole world at one moment. */
export interface Site {
  readonly accounts: Map<string, Account>;
  readonly members: Set<string>;
  readonly teams: Map<string, Team>;
  readonly apps: Map<string, App>;
  readonly names: Map<string, Named>;
  readonly installations: Map<number, Installation>;
  /** By number, in the order in which they were made; the first is the one a scenario speaks of when it names none. */
  readonly repositories: Map<number, State>;
  /** App manifests that were sent in, by the code GitHub gave back. */
  readonly manifests: Map<string, { readonly manifest: unknown; readonly at: number }>;
  lastId: number;
}

export function emptySite(): Site {
  return {
    accounts: new Map(),
    members: new Set(),
    teams: new Map(),
    apps: new Map(),
    names: new Map(),
    installations: new Map(),
    repositories: new Map(),
    manifests: new Map(),
    lastId: 1000,
  };
}
