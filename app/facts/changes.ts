import { z } from 'zod';
import { Trouble } from '../github/troubles.ts';
import { shaped } from './actor.ts';
import type { FileChange } from './command-facts.ts';
import type { FactSource, Learning } from './fact.ts';

const file = z.object({
  sha: z.string().nullable(),
  filename: z.string(),
  previous_filename: z.string().optional(),
  status: z.string(),
  additions: z.number(),
  deletions: z.number(),
  contents_url: z.string().optional(),
});
const counts = z.object({ changedFiles: z.number(), headRefOid: z.string() });

const perPage = 100;
// docs.github.com/rest/pulls/pulls: a pull request lists at most 3,000 files.
const mostPages = 30;

const statuses: Readonly<Record<string, FileChange['status']>> = {
  added: 'added',
  copied: 'added',
  removed: 'removed',
  renamed: 'renamed',
};

/** The list is asked for after the head: an approval of that head must not cover what was pushed in between. */
function isOfAnother({ contents_url = '' }: z.output<typeof file>, head: string): boolean {
  const [, ref = head] = /[?&]ref=([0-9a-f]+)/.exec(contents_url) ?? [];
  return ref !== head;
}

interface Counted {
  readonly changedFiles: number;
  readonly headRefOid: string;
}

/** GraphQL tells neither the ids of blobs nor where a renamed file was. */
export async function listChanges(
  { changedFiles, headRefOid }: Counted,
  { read, subject }: Pick<Learning, 'read' | 'subject'>,
) {
  const list: FileChange[] = [];
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files';
  for (let page = 1; page <= mostPages && list.length < changedFiles; page++) {
    const found = await read.get(route, { pull_number: subject.number, per_page: perPage, page });
    const files = shaped(z.array(file), found ?? [], 'the files');
    if (files.some((one) => isOfAnother(one, headRefOid))) throw new Trouble('stale', 'the head moved meanwhile');
    for (const { sha, filename: path, previous_filename: previous = null, status, additions, deletions } of files) {
      const blob = status === 'removed' ? '' : (sha ?? '');
      list.push({ path, previous, status: statuses[status] ?? 'modified', blob, additions, deletions });
    }
    if (files.length < perPage) break;
  }
  return list;
}

export default {
  permissions: () => ({ pull_requests: 'read' }),
  changedBy: ['pull_request.synchronize', 'pull_request.edited'],
  select: () => ({ pull: 'changedFiles headRefOid' }),
  async learn(learning) {
    const { answer } = learning;
    if (!answer.isPull) return { list: [], complete: true };
    const counted = shaped(counts, answer.thread, 'the number of files');
    const list = await listChanges(counted, learning);
    return { list, complete: list.length === counted.changedFiles };
  },
} satisfies FactSource<'changes'>;
