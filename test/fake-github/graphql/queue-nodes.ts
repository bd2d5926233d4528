import { dequeue, enqueue, entryOf, queueOf } from '../changes/queue.ts';
import { iso } from '../hub.ts';
import { contextsOf } from '../mergeability.ts';
import { rulesFor } from '../protection.ts';
import { nodeId } from '../render/account.ts';
import { queueParameters } from '../render/protection.ts';
import type { PullThread } from '../render/pull.ts';
import type { QueueEntry } from '../branch-state.ts';
import { actorNode } from './actor-nodes.ts';
import { commitNode } from './commit-nodes.ts';
import { repositoryNodeOf } from './repository-node.ts';
import { listOf, notFound, type Args, type Gql, type Node } from './resolving.ts';
import { threadNodeOf } from './thread-nodes.ts';

const states = { passed: 'MERGEABLE', failed: 'UNMERGEABLE', pending: 'AWAITING_CHECKS' } as const;

export function entryNode(gql: Gql, entry: QueueEntry): Node {
  const { hub } = gql;
  const { group, base } = entry;
  const commit = (sha: string | undefined) => {
    const found = hub.state.git.commits.get(sha ?? '');
    return found ? commitNode(gql, found) : null;
  };
  return {
    __typename: 'MergeQueueEntry',
    id: nodeId('MQE', entry.id),
    state: group ? states[contextsOf(hub, base, group.sha)] : 'QUEUED',
    position: queueOf(hub, base).indexOf(entry) + 1,
    enqueuedAt: iso(entry.at),
    enqueuer: actorNode(gql, entry.by),
    estimatedTimeToMerge: null,
    jump: entry.jump,
    solo: false,
    baseCommit: () => commit(group?.parent),
    headCommit: () => commit(group?.sha),
    mergeQueue: () => queueNode(gql, base),
    pullRequest: () => threadNodeOf(gql, hub.state.threads.get(entry.number) as PullThread),
  };
}

/** The queue of a branch, `null` where none is on. */
export function queueNode(gql: Gql, branch: string): Node | null {
  const { hub } = gql;
  if (!rulesFor(hub, branch).queue) return null;
  return {
    __typename: 'MergeQueue',
    id: nodeId('MQ', branch),
    configuration: {
      checkResponseTimeout: queueParameters.check_response_timeout_minutes,
      maximumEntriesToBuild: queueParameters.max_entries_to_build,
      maximumEntriesToMerge: queueParameters.max_entries_to_merge,
      mergeMethod: queueParameters.merge_method,
      mergingStrategy: queueParameters.grouping_strategy,
      minimumEntriesToMerge: queueParameters.min_entries_to_merge,
      minimumEntriesToMergeWaitTime: queueParameters.min_entries_to_merge_wait_minutes,
    },
    entries: listOf(
      () => queueOf(hub, branch),
      (one) => entryNode(gql, one),
      'entries',
    ),
    nextEntryEstimatedTimeToMerge: null,
    repository: () => repositoryNodeOf(gql),
    url: `${hub.web}/queue/${branch}`,
  };
}

/** What a pull request says of its queue. */
export function queueFields(gql: Gql, { number, pull }: PullThread): Node {
  const entry = () => entryOf(gql.hub, number);
  return {
    isInMergeQueue: () => entry() !== undefined,
    isMergeQueueEnabled: () => rulesFor(gql.hub, pull.baseRef).queue,
    mergeQueue: () => queueNode(gql, pull.baseRef),
    mergeQueueEntry: () => {
      const found = entry();
      return found ? entryNode(gql, found) : null;
    },
  };
}

export function enqueueMutation(gql: Gql, thread: PullThread, input: Args): Node {
  const wish = { head: input['expectedHeadOid'] as string | undefined, jump: input['jump'] as boolean | undefined };
  return { mergeQueueEntry: entryNode(gql, enqueue(gql.hub, gql.actor, thread, wish)) };
}

export function dequeueMutation(gql: Gql, thread: PullThread): Node {
  const entry = entryOf(gql.hub, thread.number);
  if (!entry) throw notFound('The pull request is not in the merge queue.');
  const node = entryNode(gql, entry);
  dequeue(gql.hub, gql.actor, entry, 'MANUAL');
  return { mergeQueueEntry: node };
}
