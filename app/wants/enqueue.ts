import { freshEnough } from './merge.ts';
import type { EnqueueWant, Kind } from './want.ts';

const takeOut = `mutation Dequeue($id: ID!) {
  dequeuePullRequest(input: { id: $id }) { mergeQueueEntry { id } }
}`;
const putIn = `mutation Enqueue($id: ID!, $head: GitObjectID!) {
  enqueuePullRequest(input: { pullRequestId: $id, expectedHeadOid: $head }) { mergeQueueEntry { id } }
}`;

export default {
  rank: 6,
  needs: ['thread', 'pull', 'mergeability'],
  permissions: (on) => (on === 'pull' ? { contents: 'write', pull_requests: 'write' } : {}),
  id: (want) => `${want.on ? 'enqueue' : 'dequeue'}@${want.head}`,
  diff(want, { thread, pull, mergeability }) {
    if (thread.state !== 'open' || pull?.head !== want.head || mergeability.queued === want.on) return [];
    const id = mergeability.nodeId;
    const call = want.on
      ? ({ via: 'graphql', document: putIn, variables: { id, head: want.head } } as const)
      : ({ via: 'graphql', document: takeOut, variables: { id } } as const);
    const says = want.on ? `put ${want.head} into the merge queue` : `take ${want.head} out of the merge queue`;
    return [{ kind: 'enqueue', id: this.id(want), says, call, visibleTwice: false, freshFor: freshEnough }];
  },
  project(want, facts) {
    if (facts.pull?.head !== want.head) return facts;
    return { ...facts, mergeability: { ...facts.mergeability, queued: want.on } };
  },
} satisfies Kind<EnqueueWant>;
