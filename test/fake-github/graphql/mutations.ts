import { addComment, deleteComment, editComment, react, unreact } from '../changes/comments.ts';
import { addLabels, removeLabels } from '../changes/labels.ts';
import { addReview, setDraft } from '../changes/pulls.ts';
import { isPull } from '../changes/announce.ts';
import { closeThread, lockThread, reopenThread } from '../changes/threads.ts';
import { nodeId } from '../render/account.ts';
import type { PullThread } from '../render/pull.ts';
import type { Label, Thread } from '../state.ts';
import { reactionNames, reactionNode } from './actor-nodes.ts';
import { commentNode } from './label-and-comment-nodes.ts';
import { commentByNode, reactionsByNode, threadByNode, whereIs } from './node-lookup.ts';
import { reviewNode } from './pull-nodes.ts';
import { dequeueMutation, enqueueMutation } from './queue-nodes.ts';
import { need, notFound, typed, type Args, type Gql, type Node } from './resolving.ts';
import { threadNodeOf } from './thread-nodes.ts';

type Input = Readonly<Record<string, any>>;
type Mutation = (gql: Gql, input: Input) => Node;

function writable(gql: Gql, thread: Thread | undefined): Thread {
  if (!thread) throw notFound('Could not resolve to a node.');
  need(gql, thread.pull ? 'pull_requests:write' : 'issues:write');
  return thread;
}

const threadOf = (gql: Gql, id: unknown): Thread => writable(gql, threadByNode(gql, id as string));

/** Reasons read back in lower case, as the web shows them. */
function minimize(gql: Gql, input: Input, reason: string | null): Node {
  const comment = commentByNode(gql, input['subjectId'] as string);
  writable(gql, gql.hub.state.threads.get(comment.thread));
  comment.minimized = reason === null ? null : reason.toLowerCase().replace('_', '-');
  comment.minimizedAt = gql.hub.clock.now();
  const node = commentNode(gql, comment);
  return reason === null ? { unminimizedComment: node } : { minimizedComment: node };
}

const commentMutations: Record<string, Mutation> = {
  minimizeComment: (gql, input) => minimize(gql, input, input['classifier'] as string),
  unminimizeComment: (gql, input) => minimize(gql, input, null),
  addComment: (gql, input) => {
    const thread = threadOf(gql, input['subjectId']);
    const comment = addComment(gql.hub, gql.actor, thread, input['body'] as string);
    const node = commentNode(gql, comment);
    return { subject: threadNodeOf(gql, thread), commentEdge: { cursor: String(comment.id), node } };
  },
  updateIssueComment: (gql, input) => {
    const comment = commentByNode(gql, input['id'] as string);
    writable(gql, gql.hub.state.threads.get(comment.thread));
    editComment(gql.hub, gql.actor, comment, input['body'] as string);
    return { issueComment: commentNode(gql, comment) };
  },
  deleteIssueComment: (gql, input) => {
    const comment = commentByNode(gql, input['id'] as string);
    writable(gql, gql.hub.state.threads.get(comment.thread));
    deleteComment(gql.hub, gql.actor, comment);
    return {};
  },
  addReaction: (gql, input) => {
    const { reactions, subject, thread } = reactionsByNode(gql, input['subjectId'] as string);
    writable(gql, thread);
    const { reaction } = react(gql.hub, gql.actor, reactions, reactionNames[input['content'] as string] ?? '');
    return { subject, reaction: reactionNode(gql, reaction), reactionGroups: subject['reactionGroups'] };
  },
  removeReaction: (gql, input) => {
    const { reactions, subject, thread } = reactionsByNode(gql, input['subjectId'] as string);
    writable(gql, thread);
    const content = reactionNames[input['content'] as string];
    const gone = unreact(reactions, (one) => one.user === gql.actor && one.content === content);
    return { subject, reaction: gone && reactionNode(gql, gone), reactionGroups: subject['reactionGroups'] };
  },
};

function labelsByNode(gql: Gql, ids: readonly string[]): Label[] {
  return ids.map((id) => {
    const found = [...gql.hub.state.labels.values()].find((one) => nodeId('LA', one.id) === id);
    if (!found) throw notFound(`Could not resolve to a node with the global id of '${id}'`);
    return found;
  });
}

function pull(gql: Gql, id: unknown): PullThread {
  const thread = threadOf(gql, id);
  if (!isPull(thread)) throw notFound(`Could not resolve to a PullRequest node with the global id of '${String(id)}'.`);
  return thread;
}

const reviewStates: Readonly<Record<string, 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED'>> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
};

const threadMutations: Record<string, Mutation> = {
  addLabelsToLabelable: (gql, input) => {
    const thread = threadOf(gql, input['labelableId']);
    const labels = labelsByNode(gql, input['labelIds'] as string[]);
    addLabels(
      gql.hub,
      gql.actor,
      thread,
      labels.map((one) => one.name),
    );
    return { labelable: threadNodeOf(gql, thread) };
  },
  removeLabelsFromLabelable: (gql, input) => {
    const thread = threadOf(gql, input['labelableId']);
    const labels = labelsByNode(gql, input['labelIds'] as string[]);
    removeLabels(
      gql.hub,
      gql.actor,
      thread,
      labels.filter((one) => thread.labels.includes(one)),
    );
    return { labelable: threadNodeOf(gql, thread) };
  },
  closeIssue: (gql, input) => {
    const thread = threadOf(gql, input['issueId']);
    closeThread(gql.hub, gql.actor, thread, (input['stateReason'] as string | undefined)?.toLowerCase() ?? null);
    return { issue: threadNodeOf(gql, thread) };
  },
  reopenIssue: (gql, input) => {
    const thread = threadOf(gql, input['issueId']);
    reopenThread(gql.hub, gql.actor, thread);
    return { issue: threadNodeOf(gql, thread) };
  },
  lockLockable: (gql, input) => {
    const thread = threadOf(gql, input['lockableId']);
    lockThread(gql.hub, gql.actor, thread, true, (input['lockReason'] as string | undefined)?.toLowerCase() ?? null);
    return { lockedRecord: threadNodeOf(gql, thread) };
  },
  pinIssue: (gql, input) => {
    const thread = threadOf(gql, input['issueId']);
    if ([...gql.hub.state.threads.values()].filter((one) => one.pinned).length >= 3)
      throw typed('UNPROCESSABLE', 'Maximum 3 pinned issues per repository');
    thread.pinned = true;
    return { issue: threadNodeOf(gql, thread) };
  },
  unpinIssue: (gql, input) => {
    const thread = threadOf(gql, input['issueId']);
    thread.pinned = false;
    return { issue: threadNodeOf(gql, thread) };
  },
  enqueuePullRequest: (gql, input) => {
    need(gql, 'contents:write');
    return enqueueMutation(gql, pull(gql, input['pullRequestId']), input);
  },
  dequeuePullRequest: (gql, input) => {
    need(gql, 'contents:write');
    return dequeueMutation(gql, pull(gql, input['id']));
  },
  convertPullRequestToDraft: (gql, input) => {
    const thread = pull(gql, input['pullRequestId']);
    setDraft(gql.hub, gql.actor, thread, true);
    return { pullRequest: threadNodeOf(gql, thread) };
  },
  markPullRequestReadyForReview: (gql, input) => {
    const thread = pull(gql, input['pullRequestId']);
    setDraft(gql.hub, gql.actor, thread, false);
    return { pullRequest: threadNodeOf(gql, thread) };
  },
  addPullRequestReview: (gql, input) => {
    const thread = pull(gql, input['pullRequestId']);
    const state = reviewStates[input['event'] as string] ?? 'COMMENTED';
    const review = addReview(gql.hub, gql.actor, thread, state, (input['body'] as string | undefined) ?? '');
    return { pullRequestReview: reviewNode(gql, thread, review) };
  },
};

/** Where a mutation happens: in the repository of the first node it names. */
function placeOf(gql: Gql, input: Input): Gql {
  const names = Object.keys(input).filter((key) => /^id$|Id$/.test(key) && key !== 'clientMutationId');
  const there = names[0] === undefined ? gql : whereIs(gql, input[names[0]] as string);
  if (there.hub.state.repository.archived) throw typed('FORBIDDEN', 'Repository was archived so is read-only.');
  return there;
}

export function mutationRoot(gql: Gql): Node {
  const all = { ...commentMutations, ...threadMutations };
  return Object.fromEntries(
    Object.entries(all).map(([name, run]) => [
      name,
      (args: Args) => {
        const input = args['input'] as Input;
        return { clientMutationId: input['clientMutationId'] ?? null, ...run(placeOf(gql, input), input) };
      },
    ]),
  );
}
