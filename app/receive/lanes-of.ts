import { z } from 'zod';
import { rulesPath } from '../engine/set-up.ts';
import type { Subject } from '../subject.ts';
import { repoRows } from './repo-rows.ts';
import { envelope } from './row.ts';
import type { Payload, Row, Within } from './row.ts';

/** Where a delivery's work belongs, or why there is none. */
export type Lanes =
  | { readonly fits: false }
  | {
      readonly fits: true;
      readonly action: string | null;
      /** `owner/name`; null for events of no repository. */
      readonly repo: string | null;
      readonly subjects: readonly Subject[];
      /** Why nothing will be done with it; null when subjects are named. */
      readonly unhandled: string | null;
    };

const numbered = z.looseObject({ number: z.int().positive() });
const hashed = z.looseObject({ head_sha: z.string().regex(/^[0-9a-f]{40,64}$/) });

const thread = (key: 'issue' | 'pull_request') => (payload: Payload, within: Within) => [
  { ...within, kind: 'thread' as const, number: numbered.parse(payload[key]).number },
];
const commitOf = (key: string) => (payload: Payload, within: Within) => [
  { ...within, kind: 'commit' as const, sha: hashed.parse(payload[key]).head_sha },
];

const group = z.looseObject({
  head_sha: z.string().regex(/^[0-9a-f]{40,64}$/),
  head_ref: z.string(),
  base_ref: z.string(),
});

/** GitHub's merge queue names its branches `gh-readonly-queue/<base>/pr-<number>-<sha>`. */
function groupOf(payload: Payload, within: Within): readonly Subject[] {
  const { head_sha: sha, head_ref, base_ref } = group.parse(payload['merge_group']);
  const number = Number(/\/pr-(\d{1,9})-[0-9a-f]+$/.exec(head_ref)?.[1]);
  if (payload.action !== 'checks_requested' || !number) return [];
  return [{ ...within, kind: 'group', sha, base: base_ref.replace(/^refs\/heads\//, ''), number }];
}

const push = z.looseObject({
  ref: z.string(),
  forced: z.boolean().optional(),
  deleted: z.boolean().optional(),
  repository: z.looseObject({ default_branch: z.string().optional() }),
  commits: z.array(
    z.looseObject({ added: z.array(z.string()), modified: z.array(z.string()), removed: z.array(z.string()) }),
  ),
});

const creation = z.looseObject({ ref: z.string().min(1), ref_type: z.string() });

/** A new tag is told twice, by `create` and by `push`: one lane. */
function tagMade(payload: Payload, within: Within): readonly Subject[] {
  const { ref, ref_type } = creation.parse(payload);
  return ref_type === 'tag' ? [{ ...within, kind: 'tag', tag: ref }] : [];
}

/**
 * A push that made or moved a tag, moved a branch that may be a base, or one that may have changed the rules of the repository; a forced one does not list
 * what it took away.
 */
function pushed(payload: Payload, within: Within): readonly Subject[] {
  const { ref, forced, deleted, repository, commits } = push.parse(payload);
  const tag = /^refs\/tags\/(.+)$/s.exec(ref)?.[1];
  if (tag !== undefined) return deleted === true ? [] : [{ ...within, kind: 'tag', tag }];
  const branch = /^refs\/heads\/(.+)$/s.exec(ref)?.[1];
  if (branch === undefined || deleted === true) return [];
  const base: Subject = { ...within, kind: 'branch', branch };
  if (branch !== repository.default_branch) return [base];
  const paths = commits.flatMap(({ added, modified, removed }) => [...added, ...modified, ...removed]);
  return forced || paths.includes(rulesPath) ? [{ ...within, kind: 'repo' }, base] : [base];
}

/** Which subjects a payload may change. An event without a row changes none. */
const rowsByEvent: Readonly<Record<string, Row>> = {
  issues: { has: ['action', 'issue'], hasNot: ['comment'], subjects: thread('issue') },
  issue_comment: { has: ['action', 'issue', 'comment'], subjects: thread('issue') },
  pull_request: {
    has: ['action', 'pull_request', 'number'],
    hasNot: ['review', 'thread'],
    subjects: thread('pull_request'),
  },
  pull_request_review: { has: ['action', 'pull_request', 'review'], subjects: thread('pull_request') },
  pull_request_review_comment: { has: ['action', 'pull_request', 'comment'], subjects: thread('pull_request') },
  pull_request_review_thread: { has: ['action', 'pull_request', 'thread'], subjects: thread('pull_request') },
  check_run: {
    has: ['action', 'check_run'],
    hasNot: ['deployment', 'deployment_status'],
    subjects: commitOf('check_run'),
  },
  create: { has: ['ref', 'ref_type', 'master_branch'], subjects: tagMade },
  check_suite: { has: ['action', 'check_suite'], subjects: commitOf('check_suite') },
  merge_group: { has: ['action', 'merge_group'], subjects: groupOf },
  push: { has: ['ref', 'before', 'after', 'commits'], subjects: pushed },
  status: {
    has: ['sha', 'context', 'state'],
    subjects: (payload, within) => [
      { ...within, kind: 'commit', sha: hashed.parse({ head_sha: payload['sha'] }).head_sha },
    ],
  },
};

/** Events whose payload is told apart by these, though nothing is decided for them yet. */
const shapesByEvent: Readonly<Record<string, readonly string[]>> = {
  delete: ['ref', 'ref_type', 'pusher_type'],
  ping: ['zen', 'hook'],
  label: ['action', 'label'],
  release: ['action', 'release'],
  workflow_run: ['action', 'workflow_run'],
};

// As maps, so that an event called like something every object inherits is just an unknown one.
const rows = new Map(Object.entries({ ...rowsByEvent, ...repoRows }));
const shapes = new Map(Object.entries(shapesByEvent));

/** The events that can make work. */
export const events: readonly string[] = [...rows.keys()];

const hasAll = (payload: Payload, keys: readonly string[]) => keys.every((key) => Object.hasOwn(payload, key));

function isOther({ hasNot, only }: Row, payload: Payload): boolean {
  const keys = Object.keys(payload);
  return keys.some((key) => hasNot?.includes(key) || only?.includes(key) === false);
}

function within({ repository, installation }: Payload): Within | null {
  if (!repository?.owner) return null;
  const repo = { id: repository.id, owner: repository.owner.login, name: repository.name };
  return { repo, installation: installation?.id ?? null };
}

/**
 * The lanes a payload belongs to. The event's name comes from an unsigned header, so it must agree with the signed payload.
 */
export function lanesOf(event: string, body: unknown): Lanes {
  const read = envelope.safeParse(body);
  if (!read.success) return { fits: false };
  const payload = read.data;
  const row = rows.get(event);
  const keys = row?.has ?? shapes.get(event) ?? [];
  if (!hasAll(payload, keys) || (row && isOther(row, payload))) return { fits: false };
  const place = within(payload);
  const { action = null } = payload;
  const repo = place && `${place.repo.owner}/${place.repo.name}`;
  const nothing = `no rule looks at this ${event} event`;
  if (!row) return { fits: true, action, repo, subjects: [], unhandled: nothing };
  if (!place && !row.named)
    return { fits: true, action, repo, subjects: [], unhandled: 'the payload names no repository' };
  try {
    const subjects = row.named?.(payload) ?? (place ? row.subjects(payload, place) : []);
    return { fits: true, action, repo, subjects, unhandled: subjects.length > 0 ? null : nothing };
  } catch (error) {
    if (error instanceof z.ZodError) return { fits: false };
    throw error;
  }
}
