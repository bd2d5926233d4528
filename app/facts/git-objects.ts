import { z } from 'zod';
import type { Reader } from '../github/github.ts';
import type { Folder, Objects } from '../three-way/tree-merge.ts';
import { TooLarge } from '../three-way/tree-merge.ts';
import { shaped } from './actor.ts';

const signed = z.object({ name: z.string(), email: z.string(), date: z.string() });
const commit = z.object({
  sha: z.string(),
  message: z.string(),
  tree: z.object({ sha: z.string() }),
  parents: z.array(z.object({ sha: z.string() })),
  author: signed,
  committer: signed,
});

/** A commit as git has it. */
export type GitCommit = z.output<typeof commit>;

// What has a git id never changes, so an answer that is known is not asked for again.
const forever = Infinity;

export async function commitAt(sha: string, read: Reader): Promise<GitCommit> {
  const answer = await read.get('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', { commit_sha: sha }, forever);
  return shaped(commit, answer, 'a commit');
}

const tree = z.object({
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.string(),
      type: z.enum(['blob', 'tree', 'commit']),
      sha: z.string(),
      size: z.number().optional(),
    }),
  ),
  truncated: z.boolean(),
});

// Folder by folder: most are the same on all sides, and a list of all files at once would be cut in large repositories.
async function folderAt(sha: string, read: Reader): Promise<Folder> {
  const answer = await read.get('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', { tree_sha: sha }, forever);
  const { tree: list, truncated } = shaped(tree, answer, 'a tree');
  if (truncated) throw new TooLarge('a folder has more entries than GitHub lists');
  return new Map(
    list.map(({ path, mode, type, sha, size }) => [path, { mode, type, sha, ...(size !== undefined && { size }) }]),
  );
}

const blob = z.object({ content: z.string(), encoding: z.string() });

async function textAt(sha: string, read: Reader): Promise<string | null> {
  const answer = await read.get('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', { file_sha: sha }, forever);
  const { content, encoding } = shaped(blob, answer, 'a file');
  const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The git objects of a repository, each asked for once. */
export function objectsIn(read: Reader): Objects {
  const folders = new Map<string, Promise<Folder>>();
  return {
    folder(sha) {
      const known = folders.get(sha) ?? folderAt(sha, read);
      folders.set(sha, known);
      return known;
    },
    text: (sha) => textAt(sha, read),
  };
}
