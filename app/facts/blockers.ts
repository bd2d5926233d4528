import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FactSource } from './fact.ts';

const shape = z.object({
  blockingIssues: z.object({
    totalCount: z.number(),
    nodes: z.array(z.object({ number: z.number(), title: z.string() })),
  }),
});

/** Marks that may be in the name of a branch, or end a part of the title; a dot at its end is none of a name's. */
const mark = /[,;:!?()[\]、，。；：！？（）【】「」《》]|\.+$/;

/** What stands behind `branch:` as far as the next blank, and without the rest of a sentence that sticks to it. */
const readings = (plain: string) => [...new Set([plain, plain.split(mark, 1)[0] ?? ''])].filter((name) => name !== '');

/** The branches a title names as `branch:main`, `branch:"release 1"`; of two readings of a name both count. */
export function branchesIn(title: string): string[] {
  const named = title.matchAll(/(?:^|\s)branch:(?:"([^"]+)"|'([^']+)'|(\S+))/gi);
  return [...named].flatMap(([, double, single, plain = '']) => double ?? single ?? readings(plain));
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
