import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FactSource } from './fact.ts';

const shape = z.object({
  headRefOid: z.string(),
  headRefName: z.string(),
  baseRefName: z.string(),
  isDraft: z.boolean(),
  isCrossRepository: z.boolean(),
});

export default {
  permissions: () => ({ pull_requests: 'read' }),
  changedBy: [
    'pull_request.synchronize',
    'pull_request.edited',
    'pull_request.ready_for_review',
    'pull_request.converted_to_draft',
  ],
  select: () => ({ pull: 'headRefOid headRefName baseRefName isDraft isCrossRepository' }),
  learn({ answer }) {
    if (!answer.isPull) return null;
    const seen = shaped(shape, answer.thread, 'the pull request');
    return {
      head: seen.headRefOid,
      headBranch: seen.headRefName,
      base: seen.baseRefName,
      draft: seen.isDraft,
      fork: seen.isCrossRepository,
    };
  },
} satisfies FactSource<'pull'>;
