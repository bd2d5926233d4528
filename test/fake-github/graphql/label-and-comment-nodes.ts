import { iso, isBot, isoOrNull, thread as findThread } from '../hub.ts';
import { association, nodeId, webRepo } from '../render/account.ts';
import { webThread } from '../render/thread.ts';
import type { Comment, Label, Milestone } from '../state.ts';
import { actorNode, reactable } from './actor-nodes.ts';
import { connection, type Args, type Gql, type Node } from './resolving.ts';
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

/** Newest first, down to the text it was written with; null where it was never edited. */
function editsOf(gql: Gql, comment: Comment, args: Args): Node | null {
  const { edits, user, createdAt, body, id } = comment;
  if (edits.length === 0) return null;
  const made = [{ at: createdAt, by: user }, ...edits];
  const versions = made.map(({ at, by }, index) => ({ id: index, at, by, diff: edits[index]?.from ?? body }));
  const node = (one: (typeof versions)[number]) => ({
    __typename: 'UserContentEdit',
    id: nodeId('UCE', `${id}_${one.id}`),
    createdAt: iso(one.at),
    editedAt: iso(one.at),
    updatedAt: iso(one.at),
    deletedAt: null,
    deletedBy: null,
    diff: one.diff,
    editor: actorNode(gql, one.by),
  });
  return connection(versions.toReversed(), args, (one) => one.id, node, 'userContentEdits');
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
    userContentEdits: (args: Args) => editsOf(gql, comment, args),
    url: `${webThread(hub, thread)}#issuecomment-${comment.id}`,
    issue: () => threadNodeOf(gql, thread),
    ...reactable(gql, comment.reactions),
  };
}
