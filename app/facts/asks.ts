import { z } from 'zod';
import { Trouble } from '../github/troubles.ts';
import { shaped } from './actor.ts';
import type { Asked } from './command-facts.ts';
import type { FactSource, Learning } from './fact.ts';

const there = z.object({
  comments: z.object({
    nodes: z.array(z.object({ id: z.string(), createdAt: z.string() }).nullable()),
    pageInfo: z.object({ hasPreviousPage: z.boolean() }),
  }),
});

const stillThere = `query StillThere($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Node { id } } }`;
const nodesShape = z.object({ nodes: z.array(z.object({ id: z.string() }).nullable()) });

const commentOf = ({ key }: Asked) => key.slice(0, key.lastIndexOf(':'));

/**
 * Comments of which this page does not tell whether they still exist. GitHub refuses the question whole for one that is gone,
 * so it is asked by halves then.
 */
async function older(ids: readonly string[], learning: Learning): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  try {
    const answer = await learning.read.graphql(stillThere, { ids });
    return shaped(nodesShape, answer, 'older comments').nodes.flatMap((node) => node?.id ?? []);
  } catch (error) {
    if (!(error instanceof Trouble) || error.kind !== 'gone') throw error;
    if (ids.length === 1) return [];
    const half = Math.ceil(ids.length / 2);
    return [...(await older(ids.slice(0, half), learning)), ...(await older(ids.slice(half), learning))];
  }
}

export default {
  permissions: (kind) => (kind === 'pull' ? { pull_requests: 'read' } : { issues: 'read' }),
  changedBy: ['issue_comment.deleted'],
  select: () => ({ thread: 'comments(last: 100) { nodes { id createdAt } pageInfo { hasPreviousPage } }' }),
  async learn(learning) {
    const { asked } = learning.ask.recalled;
    if (asked.length === 0) return [];
    const { nodes, pageInfo } = shaped(there, learning.answer.thread, 'the comments').comments;
    const seen = new Set(nodes.flatMap((node) => node?.id ?? []));
    const comments = asked.filter(({ surface }) => surface === 'comment').map(commentOf);
    const missing = [...new Set(comments)].filter((id) => !seen.has(id));
    const found = pageInfo.hasPreviousPage ? await older(missing.slice(0, 100), learning) : [];
    const gone = new Set(missing.filter((id) => !found.includes(id)));
    return asked.map((one) => ({ ...one, withdrawn: one.withdrawn || gone.has(commentOf(one)) }));
  },
} satisfies FactSource<'asks'>;
