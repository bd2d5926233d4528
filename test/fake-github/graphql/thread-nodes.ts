import { iso, isBot, isoOrNull } from '../hub.ts';
import { association } from '../render/account.ts';
import { commentsOf, threadNode, webThread } from '../render/thread.ts';
import type { Account, Thread } from '../state.ts';
import { isPull } from '../changes/announce.ts';
import { actorNode, reactable } from './actor-nodes.ts';
import { commentNode, labelNode, milestoneNode } from './label-and-comment-nodes.ts';
import { pullFields } from './pull-nodes.ts';
import { repositoryNodeOf } from './repository-node.ts';
import { listOf, need, type Args, type Gql, type Node } from './resolving.ts';
import { timelineConnection } from './timeline-nodes.ts';

function lists(gql: Gql, thread: Thread): Node {
  const actor = (one: Account) => actorNode(gql, one);
  const comments = () => commentsOf(gql.hub, thread);
  const participants = () => [...new Set([thread.author, ...comments().map((one) => one.user)])];
  return {
    labels: listOf(
      () => thread.labels,
      (one) => labelNode(gql, one),
      'labels',
    ),
    assignees: listOf(() => thread.assignees, actor, 'assignees'),
    participants: listOf(participants, actor, 'participants'),
    comments: (args: Args) => {
      const order = args['orderBy'] as { direction: string } | undefined;
      const shown = order?.direction === 'DESC' ? comments().toReversed() : comments();
      return listOf(
        () => shown,
        (one) => commentNode(gql, one),
        'comments',
      )(args);
    },
    timelineItems: (args: Args) => timelineConnection(gql, thread, args),
  };
}

/** What an issue and a pull request share. */
function sharedFields(gql: Gql, thread: Thread): Node {
  return {
    id: threadNode(thread),
    number: thread.number,
    title: thread.title,
    body: thread.body ?? '',
    bodyText: thread.body ?? '',
    closed: thread.state === 'closed',
    closedAt: isoOrNull(thread.closedAt),
    locked: thread.locked,
    activeLockReason: thread.lockReason?.toUpperCase().replace(/[ -]/g, '_') ?? null,
    createdAt: iso(thread.createdAt),
    updatedAt: iso(thread.updatedAt),
    publishedAt: iso(thread.createdAt),
    lastEditedAt: isoOrNull(thread.editedAt),
    author: actorNode(gql, thread.author),
    authorAssociation: association(gql.hub, thread.author),
    viewerDidAuthor: isBot(gql.hub, thread.author),
    url: webThread(gql.hub, thread),
    milestone: thread.milestone && milestoneNode(gql, thread.milestone),
    repository: () => repositoryNodeOf(gql),
    ...lists(gql, thread),
    ...reactable(gql, thread.reactions),
  };
}

export function threadNodeOf(gql: Gql, thread: Thread): Node {
  if (isPull(thread)) {
    need(gql, 'pull_requests:read');
    return { ...sharedFields(gql, thread), ...pullFields(gql, thread) };
  }
  need(gql, 'issues:read');
  return {
    ...sharedFields(gql, thread),
    __typename: 'Issue',
    databaseId: thread.id,
    fullDatabaseId: String(thread.id),
    state: thread.state.toUpperCase(),
    stateReason: thread.reason?.toUpperCase() ?? null,
    isPinned: thread.pinned,
  };
}
