import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FileChange, Opinion } from './command-facts.ts';
import type { Learning } from './fact.ts';

const baseShape = z.object({ baseRef: z.object({ target: z.object({ oid: z.string() }).nullable() }).nullable() });
const comparison = z.object({
  files: z
    .array(
      z.object({
        filename: z.string(),
        previous_filename: z.string().optional(),
        sha: z.string().nullable(),
        status: z.string(),
      }),
    )
    .optional(),
});

/** Each costs a request the first time; who approved older commits than these is asked again. */
const mostCommits = 5;

/** Where a file was renamed to says nothing of its being gone from where it was: both are what was looked at. */
export function blobsOf(changes: readonly Pick<FileChange, 'path' | 'previous' | 'status' | 'blob'>[]) {
  const left = changes.flatMap(({ previous, status }) => (status === 'renamed' && previous !== null ? [previous] : []));
  return Object.fromEntries<string>([
    ...left.map((path) => [path, ''] as const),
    ...changes.map(({ path, blob }) => [path, blob] as const),
  ]);
}

/** The files the pull request would change if that commit were its head, the first 300 of them. */
async function changedIn(commit: string, base: string, { read }: Learning): Promise<Record<string, string> | null> {
  // Of two commits the answer never changes. The files stand on the first page whatever its size.
  const params = { basehead: `${base}...${commit}`, per_page: 1, page: 1 };
  const found = await read.get('GET /repos/{owner}/{repo}/compare/{basehead}', params, Infinity);
  if (found === null) return null;
  const { files = [] } = shaped(comparison, found, 'a comparison');
  return blobsOf(
    files.map(({ filename: path, previous_filename: previous = null, sha, status }) => ({
      ...{ path, previous, status: status === 'renamed' ? 'renamed' : 'modified' },
      blob: status === 'removed' ? '' : (sha ?? ''),
    })),
  );
}

/** Adds to approvals of older commits what they were about, where a rule keeps them for files that stayed as they were. */
export async function reviewedBlobs(list: readonly Opinion[], learning: Learning): Promise<readonly Opinion[]> {
  const { ask, answer, known } = learning;
  if (ask.marked['keep']?.includes('untouched-files') !== true || known.thread?.state !== 'open') return list;
  const base = shaped(baseShape, answer.thread, 'the base').baseRef?.target?.oid;
  const isOlder = ({ state, commit, tree }: Opinion) =>
    state === 'approved' && commit !== '' && commit !== known.pull?.head && tree !== known.head?.tree;
  const commits = [...new Set(list.filter(isOlder).map(({ commit }) => commit))].slice(-mostCommits);
  const blobs = new Map<string, Record<string, string> | null>();
  if (base !== undefined) for (const commit of commits) blobs.set(commit, await changedIn(commit, base, learning));
  return list.map((one) => {
    const those = blobs.get(one.commit);
    return those ? { ...one, blobs: those } : one;
  });
}
