import { freshEnough } from './merge.ts';
import type { EnqueueWant, Kind } from './want.ts';

const document = `mutation Enqueue($id: ID!, $head: GitObjectID!) {
  enqueuePullRequest(input: { pullRequestId: $id, expectedHeadOid: $head }) { mergeQueueEntry { id } }
}`;

export default {
  rank: 6,
  needs: ['thread', 'pull', 'mergeability'],
  permissions: (on) => (on === 'pull' ? { contents: 'write', pull_requests: 'write' } : {}),
  id: (want) => `enqueue@${want.head}`,
  diff(want, { thread, pull, mergeability }) {
    if (thread.state !== 'open' || pull?.head !== want.head || mergeability.queued) return [];
    const call = { via: 'graphql', document, variables: { id: mergeability.nodeId, head: want.head } } as const;
    const says = `put ${want.head} into the merge queue`;
    return [{ kind: 'enqueue', id: this.id(want), says, call, visibleTwice: false, freshFor: freshEnough }];
  },
  project(want, facts) {
    if (facts.pull?.head !== want.head) return facts;
    return { ...facts, mergeability: { ...facts.mergeability, queued: true } };
  },
} satisfies Kind<EnqueueWant>;
