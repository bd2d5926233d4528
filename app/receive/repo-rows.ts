import { z } from 'zod';
import type { Subject } from '../subject.ts';
import type { Payload, Row, Within } from './row.ts';

/** After which actions the whole repository is decided anew; the rest needs no work. */
const after =
  (...actions: readonly string[]): Row['subjects'] =>
  ({ action }, within) =>
    actions.length === 0 || actions.includes(action ?? '') ? [{ ...within, kind: 'repo' }] : [];

const given = z.array(z.looseObject({ id: z.int(), full_name: z.string().max(300) }));

/** Repositories as these events name them, without an owner of their own. */
function reposIn(list: unknown, { installation }: Payload): readonly Subject[] {
  return given.parse(list ?? []).map(({ id, full_name }) => {
    const [owner = '', name = ''] = full_name.split('/');
    return { kind: 'repo', repo: { id, owner, name }, installation: installation?.id ?? null };
  });
}

// An enterprise has no login.
const account = z.looseObject({ login: z.string().max(100).default('') });
const installed = z.looseObject({ id: z.int(), account: account.nullish() });

function wholeOf({ installation }: Payload): Subject {
  const { id, account: whose } = installed.parse(installation);
  return { kind: 'installation', repo: { id: 0, owner: whose?.login ?? '', name: '' }, installation: id };
}

/**
 * Where an installation begins to work, or may do more. Which repositories it has is said only when it is new, so that
 * for the rest the worker has to ask.
 */
function begun(payload: Payload): readonly Subject[] {
  if (!begins.includes(payload.action ?? '')) return [];
  const named = reposIn(payload['repositories'], payload);
  return named.length > 0 && named.length <= few ? named : [wholeOf(payload)];
}

/** What a delivery names is looked at at once; more than this is for the worker, which looks at one after another. */
const few = 20;

function added(payload: Payload): readonly Subject[] {
  if (payload.action !== 'added') return [];
  const named = reposIn(payload['repositories_added'], payload);
  return named.length > few && payload.installation ? [wholeOf(payload)] : named;
}

const begins = ['created', 'unsuspend', 'new_permissions_accepted'];

const moved = z.looseObject({ changes: z.looseObject({ default_branch: z.unknown().optional() }).optional() });

/** Renamed or transferred its lanes learn the new name; another default branch has other rules. */
function repository(payload: Payload, within: Within): readonly Subject[] {
  const otherBranch = payload.action === 'edited' && moved.parse(payload).changes?.default_branch !== undefined;
  const actions = ['renamed', 'transferred', 'unarchived', 'publicized', 'privatized'];
  return otherBranch ? [{ ...within, kind: 'repo' }] : after(...actions)(payload, within);
}

// Everything a repository's webhook is wrapped in: what has more is another event.
const wrapping = ['action', 'changes', 'repository', 'organization', 'enterprise', 'sender', 'installation'];

/** Events that may change how every open thread of a repository is decided. */
export const repoRows: Readonly<Record<string, Row>> = {
  installation: {
    has: ['action', 'installation'],
    only: ['action', 'installation', 'repositories', 'requester', 'sender', 'organization', 'enterprise'],
    subjects: () => [],
    named: begun,
  },
  installation_repositories: {
    has: ['action', 'repositories_added'],
    subjects: () => [],
    named: added,
  },
  repository: { has: ['action', 'repository'], only: wrapping, subjects: repository },
  branch_protection_rule: { has: ['action', 'rule', 'repository'], subjects: after() },
  repository_ruleset: { has: ['action', 'repository_ruleset'], subjects: after() },
};
