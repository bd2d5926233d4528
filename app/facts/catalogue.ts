import { z } from 'zod';
import { shaped } from './actor.ts';
import { unheard } from './callers.ts';
import type { FactSource } from './fact.ts';

const document = `query Labels($owner: String!, $name: String!, $after: String) { repository(owner: $owner, name: $name) {
  labels(first: 100, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } } }`;
const shape = z.object({
  repository: z.object({
    labels: z
      .object({
        nodes: z.array(z.object({ name: z.string() })),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      })
      .nullable(),
  }),
});

const mostPages = 20;

export default {
  permissions: () => ({ metadata: 'read' }),
  changedBy: [],
  async learn({ answer, ask, known, read, subject }) {
    const { spoken = [], now = '', repo } = known;
    const first = repo?.labels ?? { names: [], complete: true };
    const asks = spoken.some((said) => unheard(said, now, ask, answer.viewer.login));
    if (first.complete || !asks) return first.names;
    const names: string[] = [];
    const { owner, name } = subject.repo;
    let after: string | null = null;
    for (let page = 0; page < mostPages; page++) {
      const found: unknown = await read.graphql(document, { owner, name, after });
      const labels = shaped(shape, found, 'the labels').repository.labels;
      names.push(...(labels?.nodes ?? []).map((label) => label.name));
      after = labels?.pageInfo.endCursor ?? null;
      if (labels?.pageInfo.hasNextPage !== true || after === null) break;
    }
    return names;
  },
} satisfies FactSource<'catalogue'>;
