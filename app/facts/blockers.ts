import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FactSource } from './fact.ts';

const shape = z.object({
  blockingIssues: z.object({
    totalCount: z.number(),
    nodes: z.array(z.object({ number: z.number(), title: z.string() })),
  }),
});

/** The branches a title names as `branch:main`, `branch:"release 1"`. */
export function branchesIn(title: string): string[] {
  const named = title.matchAll(/(?:^|\s)branch:(?:"([^"]+)"|'([^']+)'|(\S+))/gi);
  return [...named].map(([, double, single, plain]) => double ?? single ?? plain ?? '');
}

export default {
  permissions: () => ({ issues: 'read' }),
  changedBy: [
    ...['issues.opened', 'issues.edited', 'issues.closed', 'issues.reopened', 'issues.deleted'],
    ...['issues.transferred', 'issues.labeled', 'issues.unlabeled'],
  ],
  select: ({ marked }) => {
    const labels = marked['blockers'] ?? [];
    if (labels.length === 0) return {};
    const fields = 'totalCount nodes { number title }';
    return {
      repository: `blockingIssues: issues(states: OPEN, labels: ${JSON.stringify(labels)}, first: 100) { ${fields} }`,
    };
  },
  learn({ answer, ask }) {
    if ((ask.marked['blockers'] ?? []).length === 0) return { list: [], complete: true };
    const { totalCount, nodes } = shaped(shape, answer.repository, 'issues that hold merges').blockingIssues;
    const list = nodes.map(({ number, title }) => ({ number, branches: branchesIn(title) }));
    return { list, complete: list.length === totalCount };
  },
} satisfies FactSource<'blockers'>;
