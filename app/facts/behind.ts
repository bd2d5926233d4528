import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FactSource } from './fact.ts';

const shape = z.object({ baseRef: z.object({ target: z.object({ oid: z.string() }).nullable() }).nullable() });
const comparison = z.object({ merge_base_commit: z.object({ sha: z.string() }) });

export default {
  permissions: () => ({ pull_requests: 'read', contents: 'read' }),
  changedBy: ['push', 'pull_request.synchronize', 'pull_request.edited'],
  select: () => ({ pull: 'baseRef { target { oid } }' }),
  async learn({ answer, known, read }) {
    const { pull, thread } = known;
    if (!pull || thread?.state !== 'open' || pull.draft) return null;
    const tip = shaped(shape, answer.thread, 'the base').baseRef?.target?.oid;
    if (tip === undefined) return null;
    // Files are listed on the first page only, and nobody needs them here.
    const params = { basehead: `${tip}...${pull.head}`, per_page: 1, page: 2 };
    // What two commits have in common never changes.
    const found = await read.get('GET /repos/{owner}/{repo}/compare/{basehead}', params, Infinity);
    return found === null ? null : shaped(comparison, found, 'a comparison').merge_base_commit.sha !== tip;
  },
} satisfies FactSource<'behind'>;
