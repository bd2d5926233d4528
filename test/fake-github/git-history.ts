import {
  blobBytes,
  blobText,
  isBinary,
  readTree,
  writeBlob,
  writeTree,
  type Commit,
  type FileEntry,
  type FileMap,
  type GitData,
} from './git-objects.ts';
import { diffTexts, mergeTexts } from './line-diff.ts';

export function ancestors(git: GitData, sha: string): Set<string> {
  const seen = new Set<string>();
  const open = [sha];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(git.commits.get(next)?.parents ?? []));
  }
  return seen;
}

export const contains = (git: GitData, tip: string, sha: string): boolean => ancestors(git, tip).has(sha);

/** The newest common ancestor: the first commit of `right`'s history, breadth first, that `left` has too. */
export function mergeBase(git: GitData, left: string, right: string): string | null {
  const known = ancestors(git, left);
  const open = [right];
  const seen = new Set<string>();
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    if (known.has(next)) return next;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(git.commits.get(next)?.parents ?? []));
  }
  return null;
}

/** Commits of `head` that `base` lacks, oldest first, parents before children. */
export function commitsBetween(git: GitData, base: string, head: string): Commit[] {
  const known = ancestors(git, base);
  const list: Commit[] = [];
  const visit = (sha: string) => {
    const commit = git.commits.get(sha);
    if (!commit || known.has(sha)) return;
    known.add(sha);
    commit.parents.forEach(visit);
    list.push(commit);
  };
  visit(head);
  return list;
}

/** The history of a commit, newest first. */
export function history(git: GitData, sha: string): Commit[] {
  const order = commitsBetween(git, '', sha).reverse();
  return order.toSorted((a, b) => b.committer.date - a.committer.date);
}

export interface ChangedFile {
  readonly filename: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly previous: string | null;
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  readonly patch: string | null;
}

function changedFile(
  git: GitData,
  path: string,
  before: FileEntry | undefined,
  after: FileEntry | undefined,
): ChangedFile {
  const bytes = [before, after].map((file) => (file ? blobBytes(git, file.sha) : Buffer.alloc(0)));
  const status = !before ? 'added' : !after ? 'removed' : 'modified';
  const shared = { filename: path, status, previous: null, sha: (after ?? before)?.sha ?? '' } as const;
  if (bytes.some(isBinary)) return { ...shared, additions: 0, deletions: 0, patch: null };
  return { ...shared, ...diffTexts(bytes[0]?.toString() ?? '', bytes[1]?.toString() ?? '') };
}

/** A removed and an added file with one blob are a rename; GitHub also finds similar files, the fake does not. */
function joinRenames(files: ChangedFile[]): ChangedFile[] {
  const removed = files.filter((file) => file.status === 'removed');
  const gone = new Set<ChangedFile>();
  const joined = files.map((file) => {
    const from = file.status === 'added' ? removed.find((one) => one.sha === file.sha && !gone.has(one)) : undefined;
    if (!from) return file;
    gone.add(from);
    return { ...file, status: 'renamed' as const, previous: from.filename, additions: 0, deletions: 0, patch: null };
  });
  return joined.filter((file) => !gone.has(file));
}

export function changedFiles(git: GitData, fromTree: string, toTree: string): ChangedFile[] {
  const [before, after] = [readTree(git, fromTree), readTree(git, toTree)];
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changed = paths.filter((path) => {
    const [left, right] = [before.get(path), after.get(path)];
    return left?.sha !== right?.sha || left?.mode !== right?.mode;
  });
  return joinRenames(changed.map((path) => changedFile(git, path, before.get(path), after.get(path))));
}

function mergeFile(
  git: GitData,
  base: FileEntry | undefined,
  ours: FileEntry | undefined,
  theirs: FileEntry | undefined,
) {
  if (ours?.sha === theirs?.sha || theirs?.sha === base?.sha) return ours ?? null;
  if (ours?.sha === base?.sha) return theirs ?? null;
  if (!base || !ours || !theirs || ours.mode === '160000') return 'conflict';
  const text = mergeTexts(blobText(git, base.sha), blobText(git, ours.sha), blobText(git, theirs.sha));
  return text === null ? 'conflict' : { mode: ours.mode, sha: writeBlob(git, text) };
}

/** The tree of a three-way merge, `null` where it conflicts. */
export function mergeTrees(git: GitData, base: string | null, ours: string, theirs: string): string | null {
  const [old, left, right] = [
    base ? readTree(git, base) : (new Map() as FileMap),
    readTree(git, ours),
    readTree(git, theirs),
  ];
  const merged: FileMap = new Map();
  for (const path of new Set([...old.keys(), ...left.keys(), ...right.keys()])) {
    const file = mergeFile(git, old.get(path), left.get(path), right.get(path));
    if (file === 'conflict') return null;
    if (file) merged.set(path, file);
  }
  return writeTree(git, merged);
}

/** The tree of merging one commit into another, `null` where it conflicts. */
export function mergeCommits(git: GitData, into: string, from: string): string | null {
  const base = mergeBase(git, into, from);
  const tree = (sha: string | null) => (sha ? (git.commits.get(sha)?.tree ?? null) : null);
  const [ours, theirs] = [tree(into), tree(from)];
  return ours && theirs ? mergeTrees(git, tree(base), ours, theirs) : null;
}
