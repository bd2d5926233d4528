import { z } from 'zod';
import { Trouble } from '../github/troubles.ts';
import { shaped } from './actor.ts';
import type { Asked } from './command-facts.ts';
import type { Facts, FactSource, Learning } from './fact.ts';

const there = z.object({
  comments: z.object({
    nodes: z.array(z.object({ id: z.string(), createdAt: z.string() }).nullable()),
    pageInfo: z.object({ hasPreviousPage: z.boolean() }),
  }),
});

const stillThere = `query StillThere($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Node { id } } }`;
const nodesShape = z.object({ nodes: z.array(z.object({ id: z.string() }).nullable()) });

/** What is older than this is on every copy of GitHub's data, so that what is not there is gone for good. */
const longAgo = 600_000;
const goneKey = (comment: string) => `gone:${comment}`;

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

/** What is gone for good, to be remembered: to ask for it again costs a request for each. */
export const goneKeys = ({ asks, now }: Pick<Facts, 'asks' | 'now'>): readonly string[] =>
  asks
    .filter(({ withdrawn, at }) => withdrawn && Date.parse(now) - Date.parse(at) > longAgo)
    .map((ask) => goneKey(commentOf(ask)));

// GitHub refuses to look for more at once.
const atOnce = 100;

/** Those of these comments that are gone: only what GitHub was asked about can be. */
async function goneOf(ids: readonly string[], isWhole: boolean, learning: Learning): Promise<readonly string[]> {
  if (isWhole) return ids;
  const gone: string[] = [];
  for (let at = 0; at < ids.length; at += atOnce) {
    const some = ids.slice(at, at + atOnce);
    const found = await older(some, learning);
    gone.push(...some.filter((id) => !found.includes(id)));
  }
  return gone;
}

export default {
  permissions: (kind) => (kind === 'pull' ? { pull_requests: 'read' } : { issues: 'read' }),
  changedBy: ['issue_comment.deleted'],
  select: () => ({ thread: 'comments(last: 100) { nodes { id createdAt } pageInfo { hasPreviousPage } }' }),
  async learn(learning) {
    const { asked, done } = learning.ask.recalled;
    if (asked.length === 0) return [];
    const { nodes, pageInfo } = shaped(there, learning.answer.thread, 'the comments').comments;
    const seen = new Set(nodes.flatMap((node) => node?.id ?? []));
    const comments = asked.filter(({ surface }) => surface === 'comment').map(commentOf);
    const known = new Set(comments.filter((id) => done.includes(goneKey(id))));
    const missing = [...new Set(comments)].filter((id) => !seen.has(id) && !known.has(id));
    const gone = known.union(new Set(await goneOf(missing, !pageInfo.hasPreviousPage, learning)));
    return asked.map((one) => ({ ...one, withdrawn: one.withdrawn || gone.has(commentOf(one)) }));
  },
} satisfies FactSource<'asks'>;
