import { z } from 'zod';
import { shaped } from './actor.ts';
import type { HeadFact } from './command-facts.ts';
import type { FactSource, Learning } from './fact.ts';

const shape = z.object({
  headRefOid: z.string(),
  tip: z.object({
    nodes: z.array(z.object({ commit: z.object({ oid: z.string(), tree: z.object({ oid: z.string() }) }) })),
  }),
});

const person = z.object({ id: z.number(), login: z.string(), type: z.string() });
const activityShape = z.array(
  z.object({ after: z.string(), timestamp: z.string(), activity_type: z.string(), actor: person.nullish() }),
);
type Moves = z.output<typeof activityShape>;

/** GitHub's own record of how a branch was moved; forks and old pushes are not in it. */
async function movesOf({ read, known }: Learning): Promise<Moves> {
  if (!known.pull || known.pull.fork) return [];
  const params = { ref: `refs/heads/${known.pull.headBranch}`, per_page: 30 };
  const answer = await read.get('GET /repos/{owner}/{repo}/activity', params);
  return answer === null ? [] : shaped(activityShape, answer, 'the activity of a branch');
}

const ownerShape = z.object({ __typename: z.string(), databaseId: z.number().nullish(), login: z.string().optional() });
const contentShape = z.object({
  content: z.object({ nodes: z.array(z.object({ commit: z.object({ oid: z.string() }) })) }),
  headRepositoryOwner: ownerShape.nullable(),
});
const pushes = ['push', 'force_push', 'branch_creation'];

/**
 * Whoever brought commits of it to the branch, of which no delivery may have told: before it was opened, or while we heard
 * nothing. Whose fork it is did so, or let it be done.
 */
function pushersIn(moves: Moves, { answer, known }: Learning): NonNullable<HeadFact['pushers']> {
  const { content, headRepositoryOwner: owner } = shaped(contentShape, answer.thread, 'the commits');
  const own = new Set(content.nodes.map(({ commit }) => commit.oid));
  const brought = moves.filter(({ after, activity_type }) => own.has(after) && pushes.includes(activity_type));
  const people = brought.flatMap(({ actor }) => (actor?.type === 'User' ? [{ id: actor.id, login: actor.login }] : []));
  if (known.pull?.fork !== true || owner?.__typename !== 'User') return people;
  const { databaseId: id, login } = owner;
  return id != null && login !== undefined ? [...people, { id, login }] : people;
}

/** A push that is told of now may have put back what was there before another one. */
function stayed(before: HeadFact, pushedAt: string | null): HeadFact {
  if (pushedAt === null || before.since === null) return before;
  const isLater = Date.parse(pushedAt) > Date.parse(before.since);
  return { ...before, since: isLater ? pushedAt : before.since, first: false };
}

export default {
  permissions: () => ({ pull_requests: 'read', contents: 'read' }),
  changedBy: ['pull_request.synchronize'],
  select: () => ({
    pull: `headRefOid tip: commits(last: 1) { nodes { commit { oid tree { oid } } } }
      content: commits(last: 100) { nodes { commit { oid } } }
      headRepositoryOwner { __typename login ... on User { databaseId } }`,
  }),
  async learn(learning) {
    const { answer, ask, known } = learning;
    if (!answer.isPull) return null;
    const { headRefOid: sha, tip } = shaped(shape, answer.thread, 'the head');
    const commit = tip.nodes[0]?.commit;
    const tree = commit?.oid === sha ? commit.tree.oid : '';
    const { head: before, pushedAt, openedWith } = ask.recalled;
    if (before?.sha === sha) return { ...stayed(before, pushedAt), tree };
    // Of a push that a delivery told of, who it was is known from there.
    const moves = before && pushedAt !== null ? [] : await movesOf(learning);
    const all = [...(before?.pushers ?? []), ...pushersIn(moves, learning)];
    const pushers = [...new Map(all.map((one) => [one.id, one])).values()];
    const head = { sha, tree, ...(pushers.length > 0 && { pushers }) };
    if (pushedAt !== null) return { ...head, since: pushedAt, first: false };
    if (!before && openedWith === sha && known.thread) return { ...head, since: known.thread.createdAt, first: true };
    return { ...head, since: moves.find(({ after }) => after === sha)?.timestamp ?? null, first: false };
  },
} satisfies FactSource<'head'>;
