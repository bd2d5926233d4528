import { mergeTexts } from './text-merge.ts';
import type { Sides } from './text-merge.ts';

/** One entry of a git tree. */
export interface Node {
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  /** Bytes; of blobs only. */
  readonly size?: number;
}

/** What becomes of one path, as `POST /repos/{owner}/{repo}/git/trees` takes it: `sha` null deletes, `content` is a new text. */
export type Entry = Pick<Node, 'mode' | 'type'> & { readonly path: string } & (
    { readonly sha: string | null } | { readonly content: string }
  );

/**
 * Why a path is left to a person. In the tree stand then, as git would have it: `text` and `both-added` both sides between
 * markers; `gone` (the target has it not) the picked side; everything else the target's own.
 */
export type ConflictKind =
  ('text' | 'both-added' | 'gone' | 'deleted') | ('binary' | 'too-long' | 'mode' | 'link' | 'submodule' | 'folder');

export interface Conflict {
  readonly path: string;
  readonly kind: ConflictKind;
}

export interface MergedTree {
  /** What is to be changed in our tree. */
  readonly entries: readonly Entry[];
  readonly conflicts: readonly Conflict[];
}

export type Folder = ReadonlyMap<string, Node>;

export interface Objects {
  folder(sha: string): Promise<Folder>;
  /** Null for what is no text in UTF-8. */
  text(sha: string): Promise<string | null>;
}

/** More than this is no work for a bot. */
export const limits = { entries: 1_000, texts: 100, textBytes: 500_000, allText: 400_000 } as const;

/** The change is larger than the limits. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

interface Three<T> {
  readonly base: T;
  readonly ours: T;
  readonly theirs: T;
}

const same = (a: Node | undefined, b: Node | undefined) => a?.sha === b?.sha && a?.mode === b?.mode;
const isTree = (node: Node | undefined): node is Node => node?.type === 'tree';
const isFile = ({ mode }: Node) => mode === '100644' || mode === '100755';

/** Folders whose content decides which right a write needs are never taken as a whole. */
const opened = '.github';

/** The mode both sides agree on; null: they changed it in two ways. */
function modeOf(base: Node | undefined, ours: Node, theirs: Node): string | null {
  if (ours.mode === theirs.mode || base?.mode === theirs.mode) return ours.mode;
  return base?.mode === ours.mode ? theirs.mode : null;
}

class Merge {
  readonly entries: Entry[] = [];
  readonly conflicts: Conflict[] = [];
  #texts = 0;
  #length = 0;
  readonly #objects: Objects;
  readonly #sides: Sides;

  constructor(objects: Objects, sides: Sides) {
    this.#objects = objects;
    this.#sides = sides;
  }

  async #folderOf(node: Node | undefined): Promise<Folder> {
    return isTree(node) ? this.#objects.folder(node.sha) : new Map<string, Node>();
  }

  /** Only what the change touched is looked at, and of that only what the target does not have as it was. */
  async folders(at: string, three: Three<Node | undefined>): Promise<void> {
    const [base, ours, theirs] = [
      await this.#folderOf(three.base),
      await this.#folderOf(three.ours),
      await this.#folderOf(three.theirs),
    ];
    for (const name of [...new Set([...base.keys(), ...theirs.keys()])].sort()) {
      const inside = { base: base.get(name), ours: ours.get(name), theirs: theirs.get(name) };
      if (same(inside.base, inside.theirs) || same(inside.ours, inside.theirs)) continue;
      await this.#one(at === '' ? name : `${at}/${name}`, inside);
    }
  }

  async #one(path: string, three: Three<Node | undefined>): Promise<void> {
    const { base, ours, theirs } = three;
    const all = [base, ours, theirs].filter((node) => node !== undefined);
    if (!all.some(isTree)) return this.#leaf(path, three);
    // A folder on one side and a file on another: nobody but a person knows what was meant.
    if (!all.every(isTree)) return this.#refuse(path, 'folder');
    if (theirs && same(base, ours) && path !== opened) return this.#take(path, theirs);
    return this.folders(path, three);
  }

  async #leaf(path: string, { base, ours, theirs }: Three<Node | undefined>): Promise<void> {
    if (same(base, ours)) {
      if (theirs) this.#take(path, theirs);
      else if (ours) this.#put({ path, mode: ours.mode, type: ours.type, sha: null });
    } else if (!theirs) this.#refuse(path, 'deleted');
    else if (!ours) {
      this.#take(path, theirs);
      this.#refuse(path, 'gone');
    } else await this.#both(path, base, ours, theirs);
  }

  /** Both sides have it, and not as it was. */
  async #both(path: string, base: Node | undefined, ours: Node, theirs: Node): Promise<void> {
    const all = [base, ours, theirs].filter((node) => node !== undefined);
    if (all.some(({ type }) => type === 'commit')) return this.#refuse(path, 'submodule');
    if (!all.every(isFile)) return this.#refuse(path, 'link');
    const agreed = modeOf(base, ours, theirs);
    if (agreed === null) this.#refuse(path, 'mode');
    const mode = agreed ?? ours.mode;
    const type = 'blob';
    if (ours.sha === theirs.sha || base?.sha === theirs.sha) {
      if (mode !== ours.mode) this.#put({ path, mode, type, sha: ours.sha });
    } else if (base?.sha === ours.sha) this.#put({ path, mode, type, sha: theirs.sha });
    else await this.#lines(path, mode, { base, ours, theirs });
  }

  async #lines(
    path: string,
    mode: string,
    { base, ours, theirs }: { base: Node | undefined; ours: Node; theirs: Node },
  ) {
    if ([base, ours, theirs].some((node) => (node?.size ?? 0) > limits.textBytes))
      return this.#refuse(path, 'too-long');
    if (++this.#texts > limits.texts) throw new TooLarge('too many files were changed on both sides');
    const texts = [];
    for (const node of [base, ours, theirs]) texts.push(node ? await this.#objects.text(node.sha) : '');
    const [was, left, right] = texts;
    if (typeof was !== 'string' || typeof left !== 'string' || typeof right !== 'string')
      return this.#refuse(path, 'binary');
    const { text, conflicts } = mergeTexts(was, left, right, this.#sides);
    if (conflicts > 0) this.#refuse(path, base ? 'text' : 'both-added');
    this.#length += text.length;
    if (this.#length > limits.allText) throw new TooLarge('too much text was changed on both sides');
    if (text !== left || mode !== ours.mode) this.#put({ path, mode, type: 'blob', content: text });
  }

  #take(path: string, { mode, type, sha }: Node): void {
    this.#put({ path, mode, type, sha });
  }

  #put(entry: Entry): void {
    if (this.entries.push(entry) > limits.entries) throw new TooLarge('too many files were changed');
  }

  #refuse(path: string, kind: ConflictKind): void {
    this.conflicts.push({ path, kind });
  }
}

const root = (sha: string): Node => ({ mode: '040000', type: 'tree', sha });

/**
 * What of the way from tree `base` to tree `theirs` is to be done to tree `ours`. Nothing is settled that git would leave to a
 * person; renames are what they are in git, a file that goes and one that comes. Throws `TooLarge`.
 */
export async function mergeTrees(trees: Three<string>, objects: Objects, sides: Sides): Promise<MergedTree> {
  const merge = new Merge(objects, sides);
  if (trees.base !== trees.theirs && trees.ours !== trees.theirs) {
    await merge.folders('', { base: root(trees.base), ours: root(trees.ours), theirs: root(trees.theirs) });
  }
  return { entries: merge.entries, conflicts: merge.conflicts };
}
