import { z } from 'zod';
import { Trouble } from '../github/troubles.ts';
import { actorFields, actorFrom, actorShape, fullId, shaped } from './actor.ts';
import type { Actor, FactSource, Learning, Level } from './fact.ts';
import type { Review } from './merge-facts.ts';
import { headsLike, updateFields, updateShape } from './own-updates.ts';
import { standingOf } from './standing.ts';

const review = z.object({
  fullDatabaseId: fullId.nullable(),
  state: z.string(),
  submittedAt: z.string().nullable(),
  commit: z.object({ oid: z.string() }).nullable(),
  author: actorShape,
});
const account = z.object({ databaseId: z.number().nullable() }).nullable();
const person = z.object({ user: account }).nullable();
const commit = z.object({
  ...updateShape,
  authors: z.object({ nodes: z.array(person) }),
  committer: z.object({ email: z.string().nullable(), user: account }).nullable(),
});
const shape = z.object({
  opinions: z.object({ totalCount: z.number(), nodes: z.array(review) }).nullable(),
  retargets: z.object({ nodes: z.array(z.object({ createdAt: z.string() })) }),
  written: z.object({ totalCount: z.number(), nodes: z.array(z.object({ commit })) }),
});
type Seen = z.output<typeof shape>;
type Commit = z.output<typeof commit>;

const states: Readonly<Record<string, Review['state']>> = { APPROVED: 'approved', CHANGES_REQUESTED: 'changes' };

function writersOf(commits: readonly Commit[], { ask, known }: Learning): Set<number> {
  const people = commits.flatMap(({ authors, committer }) => [...authors.nodes, committer]);
  const pushers = [...ask.recalled.pushers, ...(known.head?.pushers ?? [])];
  return new Set([...people.flatMap((one) => one?.user?.databaseId ?? []), ...pushers.map(({ id }) => id)]);
}

/** Live, by number; what GitHub does not tell is no right. */
async function levelOf(by: Actor, learning: Learning): Promise<Level> {
  try {
    return (await standingOf(by, ['write'], learning)).level;
  } catch (error) {
    if (error instanceof Trouble && (error.kind === 'forbidden' || error.kind === 'gone')) return 'none';
    throw error;
  }
}

async function opinion(
  { author, state, commit, submittedAt, fullDatabaseId }: z.output<typeof review>,
  standing: { readonly wrote: ReadonlySet<number>; readonly heads: readonly string[] },
  learning: Learning,
): Promise<Review[]> {
  const kind = states[state];
  const by = actorFrom(author, learning.answer.viewer);
  if (!kind || by.id === null || by.bot || by.id === learning.known.thread?.author.id) return [];
  const current = commit !== null && standing.heads.includes(commit.oid);
  // Whoever's word would not count in any case is not looked up.
  const matters = kind === 'changes' || (current && !standing.wrote.has(by.id));
  const level = matters ? await levelOf(by, learning) : 'none';
  const common = { id: fullDatabaseId ?? 0, by, state: kind, at: submittedAt ?? '', level };
  return [{ ...common, current, wrote: standing.wrote.has(by.id) }];
}

/** Who may merge is looked up when it counts: the command may have waited for days. */
async function askersOf(learning: Learning): Promise<Record<string, Level>> {
  const found: Record<string, Level> = {};
  for (const { module, args, withdrawn, by } of learning.known.asks ?? []) {
    const counts = module === 'merge' && args['how'] !== 'cancel' && !withdrawn;
    if (counts) found[String(by.id)] ??= await levelOf(by, learning);
  }
  return found;
}

export default {
  permissions: () => ({ pull_requests: 'read', metadata: 'read', contents: 'read' }),
  changedBy: [
    ...['pull_request_review.submitted', 'pull_request_review.dismissed', 'pull_request_review.edited'],
    ...['pull_request.synchronize', 'pull_request.edited'],
  ],
  select: () => ({
    pull: `opinions: latestOpinionatedReviews(first: 100) { totalCount nodes {
        fullDatabaseId state submittedAt commit { oid } author { ${actorFields} } } }
      retargets: timelineItems(last: 1, itemTypes: [BASE_REF_CHANGED_EVENT]) { nodes { ... on BaseRefChangedEvent { createdAt } } }
      written: commits(last: 100) { totalCount nodes { commit { ${updateFields}
        authors(first: 10) { nodes { user { databaseId } } } committer { user { databaseId } } } } }`,
  }),
  async learn(learning) {
    const { answer, known } = learning;
    const { pull, thread } = known;
    if (!pull || thread?.state !== 'open' || pull.draft)
      return { list: [], heads: [], since: null, askers: {}, complete: true };
    const seen: Seen = shaped(shape, answer.thread, 'the reviews');
    const commits = seen.written.nodes.map(({ commit }) => commit);
    const standing = {
      wrote: writersOf(commits, learning),
      heads: headsLike(pull.head, commits, answer.viewer).map(({ sha }) => sha),
    };
    const list: Review[] = [];
    for (const node of seen.opinions?.nodes ?? []) list.push(...(await opinion(node, standing, learning)));
    const all = (seen.opinions?.nodes.length ?? 0) === (seen.opinions?.totalCount ?? 0);
    const complete = all && commits.length === seen.written.totalCount;
    const since = seen.retargets.nodes[0]?.createdAt ?? null;
    return { list, heads: standing.heads, since, askers: await askersOf(learning), complete };
  },
} satisfies FactSource<'reviews'>;
