import type { Role } from './state.ts';

export type Level = 'read' | 'write' | 'admin';
export type Permissions = Readonly<Record<string, Level>>;

const rank: Readonly<Record<string, number>> = { read: 1, write: 2, admin: 3 };

export const allows = (has: Permissions, name: string, level: string): boolean =>
  (rank[has[name] ?? ''] ?? 0) >= (rank[level] ?? 9);

/** What the organisation granted the App. No administration: the bot has to live without it. */
export const granted: Permissions = {
  actions: 'write',
  checks: 'write',
  contents: 'write',
  deployments: 'write',
  issues: 'write',
  members: 'read',
  merge_queues: 'write',
  metadata: 'read',
  pull_requests: 'write',
  statuses: 'write',
  workflows: 'write',
};

/** The events the App is subscribed to: those it can be sent with the rights above. */
export const subscribed: readonly string[] = [
  ...['check_run', 'check_suite', 'create', 'issue_comment', 'issues', 'merge_group', 'pull_request'],
  ...['pull_request_review', 'push', 'repository', 'status'],
];

/** A person's token can do what the person can: write on the repository, but no checks, which are for Apps. */
export const personal: Permissions = { ...granted, checks: 'read' };

/** What `permission` says of a role: `maintain` and `triage` are younger than that field. */
export const legacyPermission: Readonly<Record<Role, string>> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
};
