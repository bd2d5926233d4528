import { z } from 'zod';
import { actorFields, actorFrom, actorShape, shaped } from './actor.ts';
import type { FactSource, Learning } from './fact.ts';

const shape = z.object({
  mergedBy: actorShape,
  headRef: z.object({ target: z.object({ oid: z.string() }).nullable() }).nullable(),
});
const branchShape = z.object({ protected: z.boolean(), commit: z.object({ sha: z.string() }) });
const list = z.array(z.unknown());

/** No open pull request comes from the branch or goes onto it: those would be closed with it. */
async function isUnused(branch: string, { read, subject }: Learning): Promise<boolean> {
  const open = { state: 'open', per_page: 1 };
  for (const which of [{ head: `${subject.repo.owner}:${branch}` }, { base: branch }]) {
    const answer = await read.get('GET /repos/{owner}/{repo}/pulls', { ...open, ...which });
    if (answer === null || shaped(list, answer, 'pull requests of a branch').length > 0) return false;
  }
  return true;
}

export default {
  permissions: () => ({ pull_requests: 'read', contents: 'read' }),
  changedBy: ['pull_request.closed'],
  select: () => ({ pull: `mergedBy { ${actorFields} } headRef { target { oid } }` }),
  async learn(learning) {
    const { answer, known, read } = learning;
    const { pull, thread, repo } = known;
    if (!pull || pull.fork || thread?.state !== 'merged' || pull.headBranch === repo?.defaultBranch) return null;
    const { mergedBy, headRef } = shaped(shape, answer.thread, 'the merge');
    if (!actorFrom(mergedBy, answer.viewer).us || headRef?.target?.oid !== pull.head) return null;
    const answered = await read.get('GET /repos/{owner}/{repo}/branches/{branch}', { branch: pull.headBranch });
    const branch = answered === null ? null : shaped(branchShape, answered, 'the merged branch');
    if (!branch || branch.protected || branch.commit.sha !== pull.head) return null;
    return (await isUnused(pull.headBranch, learning)) ? pull.headBranch : null;
  },
} satisfies FactSource<'leftover'>;
