import { invalid } from '../api-error.ts';
import { commitsBetween, contains } from '../git-history.ts';
import { branchTip, freshId, type Hub } from '../hub.ts';
import { milestoneJson } from '../render/repository.ts';
import type { Account, Milestone, Pull, Thread } from '../state.ts';
import { announce, record } from './announce.ts';

export interface ThreadFields {
  readonly title: string;
  readonly body?: string | null | undefined;
}

export function createThread(hub: Hub, author: Account, fields: ThreadFields, pull: Pull | null): Thread {
  if (fields.title.trim() === '') throw invalid('Issue', 'title', 'missing_field');
  const now = hub.clock.now();
  const number = ++hub.state.lastNumber;
  const thread: Thread = {
    id: freshId(hub),
    number,
    title: fields.title,
    body: fields.body ?? null,
    author,
    state: 'open',
    reason: null,
    labels: [],
    assignees: [],
    milestone: null,
    locked: false,
    lockReason: null,
    pinned: false,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
    editedAt: null,
    timeline: [],
    reactions: [],
    pull,
  };
  hub.state.threads.set(number, thread);
  return thread;
}

export interface Edit {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly base?: string | undefined;
}

/** Title, body and base in one edit: one webhook with every change. */
export function editThread(hub: Hub, actor: Account, thread: Thread, edit: Edit): void {
  const changes: Record<string, unknown> = {};
  if (edit.title !== undefined && edit.title !== thread.title) {
    if (edit.title.trim() === '') throw invalid('Issue', 'title', 'missing_field');
    changes['title'] = { from: thread.title };
    record(hub, thread, 'renamed', actor, { from: thread.title, to: edit.title });
    thread.title = edit.title;
  }
  if (edit.body !== undefined && edit.body !== thread.body) {
    changes['body'] = { from: thread.body ?? '' };
    thread.body = edit.body;
    thread.editedAt = hub.clock.now();
    thread.updatedAt = hub.clock.now();
  }
  if (edit.base !== undefined && thread.pull && edit.base !== thread.pull.baseRef)
    changes['base'] = changeBase(hub, actor, thread, thread.pull, edit.base);
  if (Object.keys(changes).length > 0) announce(hub, thread, 'edited', actor, { changes });
}

function changeBase(hub: Hub, actor: Account, thread: Thread, pull: Pull, base: string): Record<string, unknown> {
  const tip = branchTip(hub, base);
  if (tip === null) throw invalid('PullRequest', 'base');
  const from = { ref: { from: pull.baseRef }, sha: { from: pull.baseSha } };
  record(hub, thread, 'base_ref_changed', actor, { from: pull.baseRef, to: base });
  pull.baseRef = base;
  pull.baseSha = tip;
  return from;
}

export function closeThread(hub: Hub, actor: Account, thread: Thread, reason: string | null): void {
  if (thread.state === 'closed') {
    if (reason !== null) thread.reason = reason;
    return;
  }
  thread.state = 'closed';
  thread.reason = thread.pull ? null : (reason ?? 'completed');
  thread.closedAt = hub.clock.now();
  thread.closedBy = actor;
  record(hub, thread, 'closed', actor, { reason: thread.reason });
  announce(hub, thread, 'closed', actor);
}

export function reopenThread(hub: Hub, actor: Account, thread: Thread): void {
  if (thread.state === 'open') return;
  if (thread.pull) followHead(hub, actor, thread, thread.pull);
  thread.state = 'open';
  thread.reason = thread.pull ? null : 'reopened';
  thread.closedAt = null;
  thread.closedBy = null;
  record(hub, thread, 'reopened', actor);
  announce(hub, thread, 'reopened', actor);
}

export const headKey = (pull: Pull): string =>
  pull.fork ? `${pull.fork.owner.login.toLowerCase()}:heads/${pull.headRef}` : `heads/${pull.headRef}`;

export function refuseTwin(hub: Hub, key: string, base: string): void {
  for (const other of hub.state.threads.values())
    if (other.pull && other.state === 'open' && headKey(other.pull) === key && other.pull.baseRef === base)
      throw invalid('PullRequest', 'head', 'custom', `A pull request already exists for ${key.replace('heads/', '')}.`);
}

/** What was pushed on top while it was closed comes along. */
function followHead(hub: Hub, actor: Account, thread: Thread, pull: Pull): void {
  const refused = (message: string) => invalid('PullRequest', 'state', 'invalid', message);
  if (pull.mergedAt !== null) throw refused('state cannot be changed. The pull request cannot be reopened.');
  const tip = hub.state.refs.get(headKey(pull));
  if (tip === undefined) throw refused(`state cannot be changed. The ${pull.headRef} branch has been deleted.`);
  refuseTwin(hub, headKey(pull), pull.baseRef);
  if (tip === pull.headSha) return;
  if (!contains(hub.state.git, tip, pull.headSha))
    throw refused(`state cannot be changed. The ${pull.headRef} branch was force-pushed or recreated.`);
  for (const { sha } of commitsBetween(hub.state.git, pull.headSha, tip))
    record(hub, thread, 'committed', actor, { sha });
  pull.headSha = tip;
  pull.baseSha = branchTip(hub, pull.baseRef) ?? pull.baseSha;
}

export function setMilestone(hub: Hub, actor: Account, thread: Thread, milestone: Milestone | null): void {
  const old = thread.milestone;
  if (old === milestone) return;
  if (old) {
    thread.milestone = null;
    record(hub, thread, 'demilestoned', actor, { title: old.title });
    announce(hub, thread, 'demilestoned', actor, { milestone: milestoneJson(hub, old) });
  }
  if (!milestone) return;
  thread.milestone = milestone;
  record(hub, thread, 'milestoned', actor, { title: milestone.title });
  announce(hub, thread, 'milestoned', actor, { milestone: milestoneJson(hub, milestone) });
}

export function lockThread(hub: Hub, actor: Account, thread: Thread, locked: boolean, reason: string | null): void {
  if (thread.locked === locked) return;
  thread.locked = locked;
  thread.lockReason = locked ? reason : null;
  const kind = locked ? 'locked' : 'unlocked';
  record(hub, thread, kind, actor, { reason });
  announce(hub, thread, kind, actor);
}
