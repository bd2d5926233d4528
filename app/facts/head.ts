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

const activityShape = z.array(z.object({ after: z.string(), timestamp: z.string(), activity_type: z.string() }));

/** GitHub's own record of when a branch was moved to this commit; forks and old pushes are not in it. */
async function fromActivity(sha: string, { read, known }: Learning) {
  if (!known.pull || known.pull.fork) return null;
  const params = { ref: `refs/heads/${known.pull.headBranch}`, per_page: 30 };
  const answer = await read.get('GET /repos/{owner}/{repo}/activity', params);
  const moves = answer === null ? [] : shaped(activityShape, answer, 'the activity of a branch');
  const move = moves.find(({ after }) => after === sha);
  return move ? { since: move.timestamp, first: move.activity_type === 'branch_creation' } : null;
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
  select: () => ({ pull: 'headRefOid tip: commits(last: 1) { nodes { commit { oid tree { oid } } } }' }),
  async learn(learning) {
    const { answer, ask, known } = learning;
    if (!answer.isPull) return null;
    const { headRefOid: sha, tip } = shaped(shape, answer.thread, 'the head');
    const commit = tip.nodes[0]?.commit;
    const tree = commit?.oid === sha ? commit.tree.oid : '';
    const { head: before, pushedAt, openedWith } = ask.recalled;
    if (before?.sha === sha) return { ...stayed(before, pushedAt), tree };
    if (pushedAt !== null) return { sha, tree, since: pushedAt, first: false };
    if (!before && openedWith === sha && known.thread) return { sha, tree, since: known.thread.createdAt, first: true };
    const found = await fromActivity(sha, learning);
    return { sha, tree, since: found?.since ?? null, first: false };
  },
} satisfies FactSource<'head'>;
