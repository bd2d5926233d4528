import { iso, isBot, isoOrNull, thread as findThread } from '../hub.ts';
import { association, nodeId, webRepo } from '../render/account.ts';
import { webThread } from '../render/thread.ts';
import type { Comment, Label, Milestone } from '../state.ts';
import { actorNode, reactable } from './actor-nodes.ts';
import type { Gql, Node } from './resolving.ts';
import { threadNodeOf } from './thread-nodes.ts';

export function labelNode({ hub }: Gql, label: Label): Node {
  return {
    __typename: 'Label',
    id: nodeId('LA', label.id),
    name: label.name,
    color: label.color,
    description: label.description,
    isDefault: false,
    url: `${webRepo(hub)}/labels/${encodeURIComponent(label.name)}`,
  };
}

export function milestoneNode({ hub }: Gql, milestone: Milestone): Node {
  return {
    __typename: 'Milestone',
    id: nodeId('MI', milestone.id),
    number: milestone.number,
    title: milestone.title,
    description: milestone.description,
    state: milestone.state.toUpperCase(),
    dueOn: milestone.dueOn,
    url: `${webRepo(hub)}/milestone/${milestone.number}`,
  };
}

export function commentNode(gql: Gql, comment: Comment): Node {
  const { hub } = gql;
  const thread = findThread(hub, comment.thread);
  return {
    __typename: 'IssueComment',
    id: nodeId('IC', comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    bodyText: comment.body,
    author: actorNode(gql, comment.user),
    authorAssociation: association(hub, comment.user),
    viewerDidAuthor: isBot(hub, comment.user),
    viewerCanUpdate: true,
    viewerCanMinimize: true,
    isMinimized: comment.minimized !== null,
    minimizedReason: comment.minimized,
    createdAt: iso(comment.createdAt),
    updatedAt: iso(comment.updatedAt),
    publishedAt: iso(comment.createdAt),
    lastEditedAt: isoOrNull(comment.editedAt),
    includesCreatedEdit: comment.editedAt !== null,
    editor: () => {
      const last = comment.edits.at(-1);
      return last ? actorNode(gql, last.by) : null;
    },
    url: `${webThread(hub, thread)}#issuecomment-${comment.id}`,
    issue: () => threadNodeOf(gql, thread),
    ...reactable(gql, comment.reactions),
  };
}
