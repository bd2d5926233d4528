import type { Layer } from './rules.ts';

/** Where something stands in a file of rules, 1-based. */
export interface Spot {
  readonly layer: Layer;
  readonly line: number;
  readonly column: number;
}

export interface Leaf {
  readonly kind: 'leaf';
  readonly value: string | number | boolean | null;
  /** As it was written, without quotes. */
  readonly source: string;
  readonly at: Spot;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Tree[];
  readonly at: Spot;
}

export interface Entry {
  readonly key: Spot;
  readonly value: Tree;
}

export interface Branch {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
  readonly at: Spot;
}

/** YAML that knows where each part of it was written; at most 20 levels deep. */
export type Tree = Leaf | List | Branch;

export type Path = readonly PropertyKey[];

/** The same as plain JSON. Keys become own properties, whatever their name. */
export function plain(tree: Tree): unknown {
  if (tree.kind === 'leaf') return tree.value;
  if (tree.kind === 'list') return tree.items.map(plain);
  return Object.fromEntries([...tree.entries].map(([key, entry]) => [key, plain(entry.value)]));
}

/** Maps merge key by key; everything else of `lower` replaces what `upper` says. */
export function merge(upper: Branch, lower: Branch): Branch {
  const entries = new Map(upper.entries);
  for (const [key, entry] of lower.entries) {
    const old = entries.get(key)?.value;
    const both = old?.kind === 'map' && entry.value.kind === 'map';
    entries.set(key, both ? { key: entry.key, value: merge(old, entry.value) } : entry);
  }
  return { kind: 'map', entries, at: lower.at };
}

/** The deepest part of `tree` on the way to `path`, its key if it has one, and whether the way went to the end. */
export function follow(tree: Tree, path: Path): { tree: Tree; key: Spot | null; whole: boolean } {
  let here: Tree = tree;
  let key: Spot | null = null;
  for (const step of path) {
    const entry: Entry | undefined = here.kind === 'map' ? here.entries.get(String(step)) : undefined;
    const next: Tree | undefined = here.kind === 'list' ? here.items[Number(step)] : entry?.value;
    if (next === undefined) return { tree: here, key, whole: false };
    key = entry?.key ?? null;
    here = next;
  }
  return { tree: here, key, whole: true };
}

/** Every value of a map by its dotted path, with the spot of its key. */
export function spots(tree: Branch, prefix = ''): [path: string, spot: Spot][] {
  return [...tree.entries].flatMap(([name, { key, value }]) => {
    const path = prefix + name;
    const below = value.kind === 'map' ? spots(value, `${path}.`) : [];
    return [[path, key] satisfies [string, Spot], ...below];
  });
}
