import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FactSource } from './fact.ts';

const titled = z.object({ number: z.number(), title: z.string() });
const inRepository = z.object({ milestones: z.object({ nodes: z.array(titled.nullable()).nullable() }).nullable() });
const onThread = z.object({ milestone: z.object({ title: z.string() }).nullable() });

export default {
  permissions: (kind) => (kind === 'pull' ? { pull_requests: 'read' } : { issues: 'read' }),
  // Nothing is decided anew because of a milestone.
  changedBy: [],
  select: () => ({
    repository: 'milestones(first: 100, states: OPEN) { nodes { number title } }',
    thread: 'milestone { title }',
  }),
  learn({ answer }) {
    const found = shaped(inRepository, answer.repository, 'the milestones').milestones?.nodes ?? [];
    const { milestone } = shaped(onThread, answer.thread, 'the milestone');
    return { list: found.filter((one) => one !== null), current: milestone?.title ?? null };
  },
} satisfies FactSource<'milestones'>;
