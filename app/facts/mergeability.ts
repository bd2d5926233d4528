import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FactSource } from './fact.ts';

const shape = z.object({
  nodeId: z.string(),
  mergeable: z.enum(['MERGEABLE', 'CONFLICTING', 'UNKNOWN']),
  mergeStateStatus: z.string(),
  isInMergeQueue: z.boolean(),
});

const verdicts = { MERGEABLE: true, CONFLICTING: false, UNKNOWN: null } as const;

export default {
  permissions: () => ({ pull_requests: 'read', contents: 'read' }),
  changedBy: [
    'push',
    'pull_request.synchronize',
    'pull_request.edited',
    'pull_request.enqueued',
    'pull_request.dequeued',
  ],
  select: () => ({ pull: 'nodeId: id mergeable mergeStateStatus isInMergeQueue' }),
  learn({ answer }) {
    if (!answer.isPull) return { nodeId: '', mergeable: null, blocked: false, behind: false, queued: false };
    const { nodeId, mergeable, mergeStateStatus, isInMergeQueue } = shaped(shape, answer.thread, 'mergeability');
    return {
      nodeId,
      mergeable: verdicts[mergeable],
      blocked: mergeStateStatus === 'BLOCKED',
      behind: mergeStateStatus === 'BEHIND',
      queued: isInMergeQueue,
    };
  },
} satisfies FactSource<'mergeability'>;
