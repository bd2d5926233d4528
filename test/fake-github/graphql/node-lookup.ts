import { GraphQLError } from 'graphql';
import { inRepository } from '../hub.ts';
import { nodeId, repositoryNode, userNode } from '../render/account.ts';
import type { PullThread } from '../render/pull.ts';
import { reaches } from '../route-table.ts';
import { threadNode } from '../render/thread.ts';
import type { Comment, Reaction, Review, Thread } from '../state.ts';
import { actorNode } from './actor-nodes.ts';
import { commitNode, runNode, suiteNode } from './commit-nodes.ts';
import { commentNode, labelNode } from './label-and-comment-nodes.ts';
import { reviewNode } from './pull-nodes.ts';
import { repositoryNodeOf } from './repository-node.ts';
import { notFound, type Gql, type Node } from './resolving.ts';
import { threadNodeOf } from './thread-nodes.ts';

const missing = (id: string) => notFound(`Could not resolve to a node with the global id of '${id}'`);

export function commentByNode({ hub }: Gql, id: string): Comment {
  const found = [...hub.state.comments.values()].find((one) => nodeId('IC', one.id) === id);
  if (!found) throw missing(id);
  return found;
}

export function threadByNode({ hub }: Gql, id: string): Thread {
  const found = [...hub.state.threads.values()].find((one) => threadNode(one) === id);
  if (!found) throw missing(id);
  return found;
}

export function reviewByNode({ hub }: Gql, id: string): { thread: PullThread; review: Review } {
  for (const thread of hub.state.threads.values()) {
    const review = thread.pull?.reviews.find((one) => nodeId('PRR', one.id) === id);
    if (review) return { thread: thread as PullThread, review };
  }
  throw missing(id);
}

/** The reactions of anything people can react to. */
export function reactionsByNode(gql: Gql, id: string): { reactions: Reaction[]; subject: Node; thread: Thread } {
  if (id.startsWith('IC_')) {
    const comment = commentByNode(gql, id);
    const thread = gql.hub.state.threads.get(comment.thread) as Thread;
    return { reactions: comment.reactions, subject: commentNode(gql, comment), thread };
  }
  if (id.startsWith('PRR_')) {
    const { review, thread } = reviewByNode(gql, id);
    return { reactions: review.reactions, subject: reviewNode(gql, thread, review), thread };
  }
  const thread = threadByNode(gql, id);
  return { reactions: thread.reactions, subject: threadNodeOf(gql, thread), thread };
}

export function nodeById(gql: Gql, id: string): Node {
  const { state } = gql.hub;
  const number = Number(id.split('_kwDO')[1]);
  if (id === repositoryNode(gql.hub)) return repositoryNodeOf(gql);
  if (id.startsWith('IC_')) return commentNode(gql, commentByNode(gql, id));
  if (id.startsWith('PRR_')) {
    const { thread, review } = reviewByNode(gql, id);
    return reviewNode(gql, thread, review);
  }
  if (/^(I|PR)_/.test(id)) return threadNodeOf(gql, threadByNode(gql, id));
  const run = id.startsWith('CR_') ? state.runs.get(number) : undefined;
  if (run) return runNode(gql, run);
  const suite = id.startsWith('CS_') ? state.suites.get(number) : undefined;
  if (suite) return suiteNode(gql, suite);
  const commit = id.startsWith('C_') ? state.git.commits.get(id.split('_kwDO')[1] ?? '') : undefined;
  if (commit) return commitNode(gql, commit);
  const label = [...state.labels.values()].find((one) => nodeId('LA', one.id) === id);
  if (label) return labelNode(gql, label);
  const who = [...state.accounts.values()].find((one) => userNode(one) === id);
  if (who) return actorNode(gql, who);
  throw missing(id);
}

/** The same asker, looking at the repository that holds this node; an error where it sees none that does. */
export function whereIs(gql: Gql, id: string): Gql {
  for (const state of gql.hub.state.site.repositories.values()) {
    if (!reaches(gql.grant, state)) continue;
    const there = { ...gql, hub: inRepository(gql.hub, state) };
    try {
      nodeById(there, id);
      return there;
    } catch (error) {
      if (!(error instanceof GraphQLError) || error.extensions['type'] !== 'NOT_FOUND') throw error;
    }
  }
  throw missing(id);
}
