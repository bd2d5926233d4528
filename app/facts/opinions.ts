import { z } from 'zod';
import { Trouble } from '../github/troubles.ts';
import { actorFields, actorFrom, actorShape, fullId, shaped } from './actor.ts';
import type { Opinion } from './command-facts.ts';
import type { Actor, FactSource, Learning, Standing } from './fact.ts';
import { reviewedBlobs } from './reviewed-blobs.ts';
import { standingOf } from './standing.ts';
import { headsIn, writersIn, writtenFields } from './writers.ts';

const review = z.object({
  id: z.string(),
  fullDatabaseId: fullId.nullable(),
  state: z.string(),
  submittedAt: z.string().nullable(),
  author: actorShape,
  commit: z.object({ oid: z.string(), tree: z.object({ oid: z.string() }) }).nullable(),
});
const shape = z.object({
  moved: z.object({ nodes: z.array(z.object({ createdAt: z.string() })) }),
  said: z.object({ totalCount: z.number(), nodes: z.array(review.nullable()) }),
});

const states: Readonly<Record<string, Opinion['state']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes',
  DISMISSED: 'dismissed',
};

async function standing(by: Actor, learning: Learning): Promise<Standing | null> {
  try {
    return await standingOf(by, ['some-right'], learning);
  } catch (error) {
    if (error instanceof Trouble && (error.kind === 'forbidden' || error.kind === 'gone')) return null;
    throw error;
  }
}

export default {
  permissions: () => ({ pull_requests: 'read', metadata: 'read', contents: 'read' }),
  changedBy: ['pull_request_review.submitted', 'pull_request_review.dismissed', 'pull_request.edited'],
  select: () => ({
    pull: `said: reviews(last: 100, states: [APPROVED, CHANGES_REQUESTED, DISMISSED]) { totalCount nodes {
      id fullDatabaseId state submittedAt author { ${actorFields} } commit { oid tree { oid } } } }
      moved: timelineItems(last: 1, itemTypes: [BASE_REF_CHANGED_EVENT]) { nodes { ... on BaseRefChangedEvent { createdAt } } }
      baseRef { target { oid } } ${writtenFields}`,
  }),
  async learn(learning) {
    const { answer } = learning;
    if (!answer.isPull) return { list: [], standing: {}, since: null, writers: [], heads: [], complete: true };
    const { said, moved } = shaped(shape, answer.thread, 'the reviews');
    const list = said.nodes.flatMap((node): Opinion[] => {
      const state = node && states[node.state];
      if (!node || !state || node.submittedAt === null) return [];
      const by = actorFrom(node.author, answer.viewer);
      const commit = { commit: node.commit?.oid ?? '', tree: node.commit?.tree.oid ?? '' };
      return [{ id: node.fullDatabaseId ?? 0, nodeId: node.id, by, state, at: node.submittedAt, ...commit }];
    });
    const found: Record<string, Standing | null> = {};
    // Only whose word could count is looked up: no bot, not the author, and a word at all.
    const author = learning.known.thread?.author.id;
    const people = list.filter(
      ({ by, state }) => !by.bot && by.id !== null && by.id !== author && state === 'approved',
    );
    for (const { by } of people) found[String(by.id)] ??= await standing(by, learning);
    return {
      list: await reviewedBlobs(list, learning),
      standing: found,
      since: moved.nodes[0]?.createdAt ?? null,
      writers: await writersIn(learning),
      heads: headsIn(learning),
      complete: said.totalCount === said.nodes.length,
    };
  },
} satisfies FactSource<'opinions'>;
