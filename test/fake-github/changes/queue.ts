import { typedError } from '../graphql/typed-error.ts';
import { mergeCommits } from '../git-history.ts';
import { writeCommit, type Commit } from '../git-objects.ts';
import { account, branchTip, freshId, signature, type Hub } from '../hub.ts';
import { contextsOf, mergeability, protectionBlocks } from '../mergeability.ts';
import { rulesFor } from '../protection.ts';
import { headCommit } from '../render/commit.ts';
import type { PullThread } from '../render/pull.ts';
import type { QueueEntry, QueueGroup } from '../branch-state.ts';
import type { Account } from '../state.ts';
import { announce, record } from './announce.ts';
import { land } from './landed.ts';
import { moveRef } from './refs.ts';

const queueBot = (hub: Hub): Account => account(hub, 'github-merge-queue[bot]');
export const queueOf = (hub: Hub, branch: string): QueueEntry[] =>
  hub.state.queue.filter(({ base }) => base === branch);
export const entryOf = (hub: Hub, number: number): QueueEntry | undefined =>
  hub.state.queue.find((one) => one.number === number);
const pullOf = (hub: Hub, { number }: QueueEntry): PullThread => hub.state.threads.get(number) as PullThread;

function announceGroup(hub: Hub, action: string, { sha, base, parent, branch }: QueueGroup, extra: object = {}): void {
  hub.emit('merge_group', action, queueBot(hub), {
    ...extra,
    merge_group: {
      head_sha: sha,
      head_ref: `refs/heads/${branch}`,
      base_sha: parent,
      base_ref: `refs/heads/${base}`,
      head_commit: headCommit(hub.state.git.commits.get(sha) as Commit),
    },
  });
}

/** The commit that would land, on a branch of the queue's own; `null` where it conflicts with what stands before it. */
export function buildGroup(hub: Hub, thread: PullThread, parent: string): QueueGroup | null {
  const { baseRef: base, headSha, headRef } = thread.pull;
  const tree = mergeCommits(hub.state.git, parent, headSha);
  if (tree === null) return null;
  const who = signature(hub, thread.author);
  const message = `Merge pull request #${thread.number} from ${headRef}`;
  const made = { tree, parents: [parent, headSha], message, author: who, committer: who };
  const { sha } = writeCommit(hub.state.git, made);
  const branch = `gh-readonly-queue/${base}/pr-${thread.number}-${parent}`;
  const group: QueueGroup = { sha, base, parent, head: headSha, branch };
  hub.state.group = sha;
  moveRef(hub, queueBot(hub), `heads/${branch}`, sha);
  announceGroup(hub, 'checks_requested', group);
  return group;
}

function destroyGroup(hub: Hub, entry: QueueEntry, reason: 'merged' | 'invalidated' | 'dequeued'): void {
  const { group } = entry;
  if (!group) return;
  entry.group = null;
  announceGroup(hub, 'destroyed', group, { reason });
  moveRef(hub, queueBot(hub), `heads/${group.branch}`, null);
}

export interface Enqueueing {
  readonly head?: string | undefined;
  readonly jump?: boolean | undefined;
}

export function enqueue(hub: Hub, actor: Account, thread: PullThread, { head, jump = false }: Enqueueing): QueueEntry {
  const { pull } = thread;
  const refuse = (text: string) => typedError('UNPROCESSABLE', text);
  if (!rulesFor(hub, pull.baseRef).queue) throw refuse('The merge queue is not enabled for the base branch.');
  if (head !== undefined && head !== pull.headSha)
    throw refuse('The head of the pull request is not the expected one.');
  if (entryOf(hub, thread.number)) throw refuse('Pull request is already in the queue.');
  const block = protectionBlocks(hub, thread);
  const { state } = mergeability(hub, thread);
  if (block?.state === 'blocked') throw refuse(`Pull request ${block.text}`);
  if (thread.state === 'closed' || pull.draft || state === 'dirty') throw refuse('Pull request is not mergeable.');
  const what = { head: pull.headSha, base: pull.baseRef, jump, group: null };
  const entry: QueueEntry = { id: freshId(hub), number: thread.number, by: actor, at: hub.clock.now(), ...what };
  if (jump) hub.state.queue.unshift(entry);
  else hub.state.queue.push(entry);
  record(hub, thread, 'added_to_merge_queue', actor);
  announce(hub, thread, 'enqueued', actor);
  return entry;
}

/** Takes a pull request out of the queue; what stands behind it is built anew by `workQueues`. */
export function dequeue(hub: Hub, actor: Account, entry: QueueEntry, reason: string): void {
  const thread = pullOf(hub, entry);
  hub.state.queue.splice(hub.state.queue.indexOf(entry), 1);
  destroyGroup(hub, entry, reason === 'MERGE' ? 'merged' : 'dequeued');
  record(hub, thread, 'removed_from_merge_queue', actor, { reason });
  announce(hub, thread, 'dequeued', actor, { reason });
}

function landGroup(hub: Hub, entry: QueueEntry, { sha }: QueueGroup): void {
  const thread = pullOf(hub, entry);
  const bot = queueBot(hub);
  moveRef(hub, bot, `heads/${entry.base}`, sha, thread);
  dequeue(hub, bot, entry, 'MERGE');
  land(hub, bot, thread, { method: 'merge', commit: sha, shaIsHead: true });
}

/** Why an entry can stay no longer; `null` where it can. */
function ended(hub: Hub, entry: QueueEntry): string | null {
  const { state, pull } = pullOf(hub, entry);
  if (pull.mergedAt !== null) return 'ALREADY_MERGED';
  const moved = pull.headSha !== entry.head || pull.baseRef !== entry.base || pull.draft;
  if (state === 'closed' || moved) return 'UNKNOWN_REMOVAL_REASON';
  if (!rulesFor(hub, entry.base).queue) return 'QUEUE_CLEARED';
  return entry.group && contextsOf(hub, entry.base, entry.group.sha) === 'failed' ? 'CI_FAILURE' : null;
}

/** Each group stands on the one before it, the first on the branch itself. False when an entry fell out. */
function build(hub: Hub, base: string): boolean {
  let parent = branchTip(hub, base) ?? '';
  for (const entry of queueOf(hub, base)) {
    if (entry.group && entry.group.parent !== parent) destroyGroup(hub, entry, 'invalidated');
    entry.group ??= buildGroup(hub, pullOf(hub, entry), parent);
    if (!entry.group) {
      dequeue(hub, queueBot(hub), entry, 'MERGE_CONFLICT');
      return false;
    }
    parent = entry.group.sha;
  }
  return true;
}

function step(hub: Hub, base: string): boolean {
  const over = queueOf(hub, base).find((entry) => ended(hub, entry) !== null);
  if (over) {
    dequeue(hub, queueBot(hub), over, ended(hub, over) ?? '');
    return true;
  }
  if (!build(hub, base)) return true;
  const [first] = queueOf(hub, base);
  if (!first?.group || contextsOf(hub, base, first.group.sha) !== 'passed') return false;
  landGroup(hub, first, first.group);
  return true;
}

/** What GitHub's queues do by themselves after anything has changed: build, land, drop. */
export function workQueues(hub: Hub): void {
  for (const base of new Set(hub.state.queue.map((entry) => entry.base))) while (step(hub, base));
}
