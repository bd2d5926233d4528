import { z } from 'zod';
import { actorFields, actorFrom, actorShape, shaped } from './actor.ts';
import type { FactSource } from './fact.ts';

const shape = z.object({
  number: z.number(),
  title: z.string(),
  body: z.string(),
  issueState: z.enum(['OPEN', 'CLOSED']).optional(),
  pullState: z.enum(['OPEN', 'CLOSED', 'MERGED']).optional(),
  stateReason: z.string().nullish(),
  author: actorShape,
  locked: z.boolean(),
  createdAt: z.string(),
  url: z.string(),
  assignees: z.object({ nodes: z.array(z.object({ login: z.string() })) }),
  labels: z.object({ nodes: z.array(z.object({ name: z.string() })) }).nullable(),
});

export default {
  permissions: (kind) => (kind === 'pull' ? { pull_requests: 'read' } : { issues: 'read' }),
  changedBy: [
    'issues.opened',
    'issues.edited',
    'issues.closed',
    'issues.reopened',
    'issues.labeled',
    'issues.unlabeled',
    'issues.transferred',
    'pull_request.opened',
    'pull_request.edited',
    'pull_request.closed',
    'pull_request.reopened',
    'pull_request.labeled',
    'pull_request.unlabeled',
  ],
  select: () => ({
    // A thread has at most 100 labels and 10 assignees. Nothing is decided anew because of the latter.
    thread: `number title body locked createdAt url author { ${actorFields} } labels(first: 100) { nodes { name } }
      assignees(first: 20) { nodes { login } }`,
    // The two states are different enums, so GraphQL wants them under different names.
    issue: 'issueState: state stateReason',
    pull: 'pullState: state',
  }),
  learn({ answer }) {
    const seen = shaped(shape, answer.thread, 'the thread');
    const state = (seen.issueState ?? seen.pullState ?? 'OPEN').toLowerCase() as 'open' | 'closed' | 'merged';
    return {
      kind: answer.isPull ? 'pull' : 'issue',
      number: seen.number,
      title: seen.title,
      body: seen.body,
      state,
      reason: seen.stateReason?.toLowerCase() ?? null,
      author: actorFrom(seen.author, answer.viewer),
      labels: (seen.labels?.nodes ?? []).map((label) => label.name),
      assignees: seen.assignees.nodes.map(({ login }) => login),
      locked: seen.locked,
      createdAt: seen.createdAt,
      url: seen.url,
    };
  },
} satisfies FactSource<'thread'>;
