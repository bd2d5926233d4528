import { ApiError } from '../api-error.ts';
import { isBot, freshId, type Hub } from '../hub.ts';
import { commitsBetween, contains } from '../git-history.ts';
import { pushedCommit } from '../render/commit.ts';
import { webRepo } from '../render/account.ts';
import type { Account, Pull, Thread } from '../state.ts';
import { announce, isPull, record } from './announce.ts';
import { ourSuite } from './suites.ts';
import { closeThread, headKey } from './threads.ts';
import { markMerged } from './landed.ts';

const nothing = '0'.repeat(40);

/** Moves, creates or deletes (`after` null) a branch or tag of the repository and tells everybody who looks at it. */
export function moveRef(hub: Hub, actor: Account, name: string, after: string | null, mergedPull?: Thread): void {
  const before = hub.state.refs.get(name) ?? null;
  if (before === after) return;
  if (after === null) hub.state.refs.delete(name);
  else hub.state.refs.set(name, after);
  const forced = before !== null && after !== null && !contains(hub.state.git, after, before);
  remember(hub, actor, name, before, after, forced);
  if (before === null || after === null) announceRef(hub, actor, name, after === null ? 'delete' : 'create');
  announcePush(hub, actor, name, before, after, forced);
  if (!name.startsWith('heads/')) return;
  const branch = name.slice('heads/'.length);
  if (after === null) return branchGone(hub, actor, branch);
  if (isBot(hub, actor) && !belongsToPull(hub, branch)) hub.state.candidate = after;
  ourSuite(hub, actor, after, branch);
  headsMoved(hub, actor, name, after, forced);
  markMerged(hub, actor, branch, before, after, mergedPull);
}

const belongsToPull = (hub: Hub, branch: string): boolean =>
  branch === 'main' ||
  [...hub.state.threads.values()].some(({ pull }) => pull && (pull.baseRef === branch || pull.headRef === branch));

function remember(hub: Hub, actor: Account, ref: string, before: string | null, after: string | null, forced: boolean) {
  const kind =
    before === null ? 'branch_creation' : after === null ? 'branch_deletion' : forced ? 'force_push' : 'push';
  const entry = { id: freshId(hub), ref: `refs/${ref}`, before: before ?? nothing, after: after ?? nothing };
  hub.state.activity.push({ ...entry, at: hub.clock.now(), actor, kind });
}

function announceRef(hub: Hub, actor: Account, name: string, event: 'create' | 'delete'): void {
  const [kind = '', ...rest] = name.split('/');
  const payload = { ref: rest.join('/'), ref_type: kind === 'tags' ? 'tag' : 'branch', pusher_type: 'user' };
  const more = event === 'create' ? { master_branch: 'main', description: null } : {};
  hub.emit(event, null, actor, { ...payload, ...more });
}

const mostCommits = 2048;

function announcePush(
  hub: Hub,
  actor: Account,
  name: string,
  before: string | null,
  after: string | null,
  forced: boolean,
): void {
  const git = hub.state.git;
  const seen = before ?? hub.state.refs.get('heads/main') ?? '';
  const commits = after === null || name.startsWith('tags/') ? [] : commitsBetween(git, seen, after);
  const head = git.commits.get(after ?? '');
  hub.emit('push', null, actor, {
    ref: `refs/${name}`,
    before: before ?? nothing,
    after: after ?? nothing,
    created: before === null,
    deleted: after === null,
    forced,
    base_ref: null,
    compare: `${webRepo(hub)}/compare/${(before ?? nothing).slice(0, 12)}...${(after ?? nothing).slice(0, 12)}`,
    commits: commits.slice(-mostCommits).map((commit) => pushedCommit(hub, commit)),
    head_commit: head ? pushedCommit(hub, head) : null,
    pusher: { name: actor.login, email: actor.email },
  });
}

/** Every open pull request whose head is this branch follows it. */
export function headsMoved(hub: Hub, actor: Account, key: string, after: string, forced: boolean): void {
  for (const thread of hub.state.threads.values()) {
    if (!isPull(thread) || thread.state !== 'open' || headKey(thread.pull) !== key) continue;
    const before = thread.pull.headSha;
    const added = commitsBetween(hub.state.git, before, after);
    thread.pull.headSha = after;
    thread.pull.baseSha = hub.state.refs.get(`heads/${thread.pull.baseRef}`) ?? thread.pull.baseSha;
    if (forced) record(hub, thread, 'head_ref_force_pushed', actor, { before, after });
    else for (const commit of added) record(hub, thread, 'committed', actor, { sha: commit.sha });
    announce(hub, thread, 'synchronize', actor, { before, after });
  }
}

function branchGone(hub: Hub, actor: Account, branch: string): void {
  for (const thread of hub.state.threads.values()) {
    if (!thread.pull) continue;
    const isHead = !thread.pull.fork && thread.pull.headRef === branch;
    if (isHead) record(hub, thread, 'head_ref_deleted', actor, {});
    if (thread.state === 'open' && (isHead || thread.pull.baseRef === branch)) closeThread(hub, actor, thread, null);
  }
}

/** The branch of a fork moves: the repository hears of it only through its pull requests. */
export function moveFork(hub: Hub, actor: Account, pull: Pull, after: string): void {
  const key = headKey(pull);
  const before = hub.state.refs.get(key);
  hub.state.refs.set(key, after);
  const forced = before !== undefined && !contains(hub.state.git, after, before);
  headsMoved(hub, actor, key, after, forced);
}

export function needCommit(hub: Hub, sha: string) {
  const commit = hub.state.git.commits.get(sha);
  if (!commit) throw new ApiError(422, 'Object does not exist');
  return commit;
}
