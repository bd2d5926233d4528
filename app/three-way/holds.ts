import { createHash } from 'node:crypto';
import type { Entry, Folder, Node, Objects } from './tree-merge.ts';

/** The id that git gives a text. */
export function blobId(content: string): string {
  const bytes = Buffer.from(content);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

const shaOf = (entry: Entry) => ('content' in entry ? blobId(entry.content) : entry.sha);

function isAs(entry: Entry, node: Node | undefined): boolean {
  const sha = shaOf(entry);
  return sha === null ? node === undefined : node?.sha === sha && node.mode === entry.mode;
}

/** Whether a tree is exactly another one with these entries changed, and nothing else. */
export async function holdsExactly(
  tree: string,
  before: string,
  entries: readonly Entry[],
  { folder }: Pick<Objects, 'folder'>,
): Promise<boolean> {
  const wanted = new Map(entries.map((entry) => [entry.path, entry]));
  const inside = (path: string) => entries.some((entry) => entry.path.startsWith(`${path}/`));
  const namesIn = (at: string) =>
    entries.flatMap(({ path }) => (path.startsWith(at) ? [path.slice(at.length).split('/', 1)[0] ?? ''] : []));
  const open = async (node: Node | undefined): Promise<Folder> =>
    node?.type === 'tree' ? folder(node.sha) : new Map<string, Node>();
  const isRight = async (path: string, now: Node | undefined, was: Node | undefined): Promise<boolean> => {
    const entry = wanted.get(path);
    if (entry) return isAs(entry, now);
    if (!inside(path)) return now?.sha === was?.sha && now?.mode === was?.mode;
    return areRight(`${path}/`, await open(now), await open(was));
  };
  const areRight = async (at: string, now: Folder, was: Folder): Promise<boolean> => {
    // What is wanted may be missing on both sides.
    for (const name of new Set([...now.keys(), ...was.keys(), ...namesIn(at)]))
      if (!(await isRight(at + name, now.get(name), was.get(name)))) return false;
    return true;
  };
  return areRight('', await folder(tree), await folder(before));
}
