import { createHash } from 'node:crypto';

/** Blobs are kept in base64 so that binary files survive; trees and commits carry git's own hashes. */
export interface GitData {
  readonly blobs: Map<string, string>;
  readonly trees: Map<string, readonly TreeEntry[]>;
  readonly commits: Map<string, Commit>;
}

export interface TreeEntry {
  readonly name: string;
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
}

export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: number;
  /** The account the address belongs to, `null` for somebody without one. */
  readonly login: string | null;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
}

export interface FileEntry {
  readonly mode: string;
  readonly sha: string;
}

/** Every file of a tree by its full path. */
export type FileMap = Map<string, FileEntry>;

export const emptyGit = (): GitData => ({ blobs: new Map(), trees: new Map(), commits: new Map() });

function objectHash(kind: string, content: Buffer): string {
  return createHash('sha1').update(`${kind} ${content.length}\0`).update(content).digest('hex');
}

export function writeBlob(git: GitData, content: string | Buffer): string {
  const bytes = Buffer.from(content as string);
  const sha = objectHash('blob', bytes);
  git.blobs.set(sha, bytes.toString('base64'));
  return sha;
}

export function blobBytes(git: GitData, sha: string): Buffer {
  return Buffer.from(git.blobs.get(sha) ?? '', 'base64');
}

export const blobText = (git: GitData, sha: string): string => blobBytes(git, sha).toString('utf8');

export const isBinary = (bytes: Buffer): boolean => bytes.subarray(0, 8000).includes(0);

export function writeTree(git: GitData, files: ReadonlyMap<string, FileEntry>): string {
  const folders = new Map<string, Map<string, FileEntry>>();
  const entries: TreeEntry[] = [];
  for (const [path, file] of files) {
    const slash = path.indexOf('/');
    if (slash < 0) {
      entries.push({ name: path, mode: file.mode, type: file.mode === '160000' ? 'commit' : 'blob', sha: file.sha });
      continue;
    }
    const name = path.slice(0, slash);
    const inside = folders.get(name) ?? new Map<string, FileEntry>();
    folders.set(name, inside.set(path.slice(slash + 1), file));
  }
  for (const [name, inside] of folders)
    entries.push({ name, mode: '040000', type: 'tree', sha: writeTree(git, inside) });
  return storeTree(git, entries);
}

function storeTree(git: GitData, entries: TreeEntry[]): string {
  const key = (entry: TreeEntry) => (entry.type === 'tree' ? `${entry.name}/` : entry.name);
  entries.sort((a, b) => Buffer.compare(Buffer.from(key(a)), Buffer.from(key(b))));
  const parts = entries.flatMap((entry) => [
    Buffer.from(`${entry.mode.replace(/^0/, '')} ${entry.name}\0`),
    Buffer.from(entry.sha, 'hex'),
  ]);
  const sha = objectHash('tree', Buffer.concat(parts));
  git.trees.set(sha, entries);
  return sha;
}

export function readTree(git: GitData, tree: string, prefix = '', into: FileMap = new Map()): FileMap {
  for (const entry of git.trees.get(tree) ?? []) {
    if (entry.type === 'tree') readTree(git, entry.sha, `${prefix}${entry.name}/`, into);
    else into.set(prefix + entry.name, { mode: entry.mode, sha: entry.sha });
  }
  return into;
}

/** The entry at a path, `null` where there is none; the empty path is the tree itself. */
export function entryAt(git: GitData, tree: string, path: string): TreeEntry | null {
  let entry: TreeEntry = { name: '', mode: '040000', type: 'tree', sha: tree };
  for (const name of path.split('/').filter(Boolean)) {
    const found = entry.type === 'tree' ? git.trees.get(entry.sha)?.find((one) => one.name === name) : undefined;
    if (!found) return null;
    entry = found;
  }
  return entry;
}

/** Files by path, `null` deletes. */
export function editTree(git: GitData, tree: string, files: Readonly<Record<string, string | null>>): string {
  const map = readTree(git, tree);
  for (const [path, text] of Object.entries(files)) {
    if (text === null) map.delete(path);
    else map.set(path, { mode: map.get(path)?.mode ?? '100644', sha: writeBlob(git, text) });
  }
  return writeTree(git, map);
}

export function writeCommit(git: GitData, commit: Omit<Commit, 'sha'>): Commit {
  const line = (kind: string, who: Signature) =>
    `${kind} ${who.name} <${who.email}> ${Math.floor(who.date / 1000)} +0000`;
  const text = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    line('author', commit.author),
    line('committer', commit.committer),
    '',
    commit.message,
  ].join('\n');
  const whole = { sha: objectHash('commit', Buffer.from(text)), ...commit };
  git.commits.set(whole.sha, whole);
  return whole;
}
