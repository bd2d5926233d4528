import { ApiError, invalid } from '../api-error.ts';
import { branchTip, freshId, ownerOf, signature, type Hub } from '../hub.ts';
import { commitsBetween, mergeBase, mergeCommits, mergeTrees } from '../git-history.ts';
import { editTree, writeCommit, type Signature } from '../git-objects.ts';
import { mergeability, methodBlocks, protectionBlocks } from '../mergeability.ts';
import { reviewJson, pullJson, type PullThread } from '../render/pull.ts';
import type { Account, Fork, Pull, Review } from '../state.ts';
import { announce, record } from './announce.ts';
import { announceLabels, wearLabels } from './labels.ts';
import { land } from './landed.ts';
import { moveFork, moveRef } from './refs.ts';
import { createThread, headKey, refuseTwin, type ThreadFields } from './threads.ts';

export interface NewPull extends ThreadFields {
  readonly base: string;
  readonly head: string;
  readonly fork: Fork | null;
  readonly draft: boolean;
  readonly labels?: readonly string[];
}

export function openPull(hub: Hub, author: Account, fields: NewPull): PullThread {
  const baseSha = branchTip(hub, fields.base);
  const key = headKey({ fork: fields.fork, headRef: fields.head } as Pull);
  const headSha = hub.state.refs.get(key);
  if (baseSha === null) throw invalid('PullRequest', 'base');
  if (headSha === undefined) throw invalid('PullRequest', 'head');
  const commits = commitsBetween(hub.state.git, baseSha, headSha);
  if (commits.length === 0)
    throw invalid('PullRequest', 'head', 'custom', `No commits between ${fields.base} and ${fields.head}`);
  refuseTwin(hub, key, fields.base);
  const pull: Pull = {
    id: freshId(hub),
    headRef: fields.head,
    headSha,
    fork: fields.fork,
    baseRef: fields.base,
    baseSha,
    draft: fields.draft,
    mergedAt: null,
    mergedBy: null,
    mergeMethod: null,
    mergeCommit: null,
    mergedShaIsHead: null,
    reviews: [],
    reviewers: [],
    teams: [],
    maintainerCanModify: fields.fork !== null,
  };
  const thread = createThread(hub, author, fields, pull) as PullThread;
  for (const commit of commits) record(hub, thread, 'committed', author, { sha: commit.sha });
  const labels = wearLabels(hub, author, thread, fields.labels ?? []);
  announce(hub, thread, 'opened', author);
  announceLabels(hub, author, thread, labels);
  return thread;
}

/** Moves the head of a pull request, wherever it lives. */
export function moveHead(hub: Hub, actor: Account, pull: Pull, after: string): void {
  if (pull.fork) moveFork(hub, actor, pull, after);
  else moveRef(hub, actor, `heads/${pull.headRef}`, after);
}

export function commitFiles(
  hub: Hub,
  parent: string,
  message: string,
  files: Readonly<Record<string, string | null>>,
  author: Signature,
): string {
  const git = hub.state.git;
  const tree = editTree(git, git.commits.get(parent)?.tree ?? '', files);
  return writeCommit(git, { tree, parents: [parent], message, author, committer: author }).sha;
}

export interface MergeWish {
  readonly method: string;
  readonly title?: string | undefined;
  readonly message?: string | undefined;
  readonly sha?: string | undefined;
}

const webFlow = (hub: Hub): Signature => ({
  name: 'GitHub',
  email: 'noreply@github.com',
  date: hub.clock.now(),
  login: 'web-flow',
});

function squashMessage(thread: PullThread, wish: MergeWish): string {
  const title = wish.title ?? `${thread.title} (#${thread.number})`;
  return [title, wish.message ?? ''].filter(Boolean).join('\n\n');
}

/** The commit the base moves to, `null` where it conflicts. */
function mergedCommit(hub: Hub, actor: Account, thread: PullThread, tip: string, wish: MergeWish): string | null {
  const { pull } = thread;
  const git = hub.state.git;
  const who = signature(hub, actor);
  if (wish.method === 'rebase') return rebased(hub, tip, pull.headSha);
  const tree = mergeCommits(git, tip, pull.headSha);
  if (tree === null) return null;
  if (wish.method === 'squash') {
    const author = signature(hub, thread.author);
    return writeCommit(git, {
      tree,
      parents: [tip],
      message: squashMessage(thread, wish),
      author,
      committer: webFlow(hub),
    }).sha;
  }
  const from = (pull.fork?.owner ?? ownerOf(hub)).login;
  const title = wish.title ?? `Merge pull request #${thread.number} from ${from}/${pull.headRef}`;
  const message = `${title}\n\n${wish.message ?? thread.title}`;
  return writeCommit(git, { tree, parents: [tip, pull.headSha], message, author: who, committer: webFlow(hub) }).sha;
}

function rebased(hub: Hub, tip: string, head: string): string | null {
  const git = hub.state.git;
  let onto = tip;
  for (const commit of commitsBetween(git, tip, head).filter((one) => one.parents.length === 1)) {
    const parent = git.commits.get(commit.parents[0] ?? '')?.tree ?? null;
    const tree = mergeTrees(git, parent, git.commits.get(onto)?.tree ?? '', commit.tree);
    if (tree === null) return null;
    const { message, author } = commit;
    onto = writeCommit(git, { tree, parents: [onto], message, author, committer: webFlow(hub) }).sha;
  }
  return onto;
}

/** Merges as `PUT …/merge` does: 405 where it may not, 409 where the head is another one. */
export function mergePull(hub: Hub, actor: Account, thread: PullThread, wish: MergeWish): string {
  const { pull } = thread;
  const tip = branchTip(hub, pull.baseRef);
  if (thread.state === 'closed' || tip === null) throw new ApiError(405, 'Pull Request is not mergeable');
  if (pull.draft) throw new ApiError(405, 'Pull Request is still a draft');
  if (wish.sha !== undefined && wish.sha !== pull.headSha)
    throw new ApiError(409, 'Head branch was modified. Review and try the merge again.');
  const blocked = methodBlocks(hub, pull.baseRef, wish.method) ?? protectionBlocks(hub, thread)?.text ?? null;
  if (blocked !== null) throw new ApiError(405, blocked);
  return forceMerge(hub, actor, thread, wish);
}

export function forceMerge(hub: Hub, actor: Account, thread: PullThread, wish: MergeWish): string {
  const { pull } = thread;
  const commit = mergedCommit(hub, actor, thread, branchTip(hub, pull.baseRef) ?? '', wish);
  if (commit === null) throw new ApiError(405, 'Pull Request is not mergeable');
  moveRef(hub, actor, `heads/${pull.baseRef}`, commit, thread);
  land(hub, actor, thread, { method: wish.method, commit, shaIsHead: wish.sha === pull.headSha });
  return commit;
}

export function updateBranch(hub: Hub, actor: Account, thread: PullThread): void {
  const { pull } = thread;
  const git = hub.state.git;
  const tip = branchTip(hub, pull.baseRef) ?? '';
  if (mergeBase(git, tip, pull.headSha) === tip)
    throw new ApiError(422, 'There are no new commits on the base branch.');
  const tree = mergeability(hub, thread).state === 'dirty' ? null : mergeCommits(git, pull.headSha, tip);
  if (tree === null) throw new ApiError(422, 'merge conflict between base and head');
  const message = `Merge branch '${pull.baseRef}' into ${pull.headRef}`;
  const author = signature(hub, actor);
  const sha = writeCommit(git, { tree, parents: [pull.headSha, tip], message, author, committer: webFlow(hub) }).sha;
  moveHead(hub, actor, pull, sha);
}

export function setDraft(hub: Hub, actor: Account, thread: PullThread, draft: boolean): void {
  if (thread.pull.draft === draft) return;
  thread.pull.draft = draft;
  record(hub, thread, draft ? 'convert_to_draft' : 'ready_for_review', actor);
  announce(hub, thread, draft ? 'converted_to_draft' : 'ready_for_review', actor);
}

export function addReview(
  hub: Hub,
  actor: Account,
  thread: PullThread,
  state: Review['state'],
  body: string,
  commit?: string,
): Review {
  const now = hub.clock.now();
  const review: Review = {
    id: freshId(hub),
    as: null,
    user: actor,
    body,
    state,
    commit: commit ?? thread.pull.headSha,
    submittedAt: now,
    reactions: [],
  };
  thread.pull.reviews.push(review);
  thread.pull.reviewers = thread.pull.reviewers.filter((one) => one !== actor);
  record(hub, thread, 'reviewed', actor, { review: review.id });
  sendReview(hub, 'submitted', actor, thread, review);
  return review;
}

export function dismissReview(hub: Hub, actor: Account, thread: PullThread, review: Review): void {
  review.state = 'DISMISSED';
  record(hub, thread, 'review_dismissed', actor, { review: review.id });
  sendReview(hub, 'dismissed', actor, thread, review);
}

function sendReview(hub: Hub, action: string, actor: Account, thread: PullThread, review: Review): void {
  const json = { ...reviewJson(hub, thread, review), state: review.state.toLowerCase() };
  hub.emit('pull_request_review', action, actor, { review: json, pull_request: pullJson(hub, thread) });
}
