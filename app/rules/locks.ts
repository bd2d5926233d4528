import { code } from '../quote.ts';
import type { Lock } from './check-layer.ts';
import type { Fault } from './read-yaml.ts';
import type { Branch, Entry, Tree } from './tree.ts';
import { words } from './words.ts';

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((step, at) => path[at] === step);
}

/** The lock on a value: on itself, on what it is part of, or on a part of what it replaces as a whole. */
function lockOn(path: readonly string[], value: Tree, locks: readonly Lock[]): Lock | undefined {
  return locks.find((lock) => startsWith(path, lock.path) || (value.kind !== 'map' && startsWith(lock.path, path)));
}

/** A layer without what the layers above it have locked. */
export function applyLocks(
  layer: Branch,
  above: Branch | null,
  locks: readonly Lock[],
): { tree: Branch; ignored: Fault[] } {
  const ignored: Fault[] = [];
  const without = (branch: Branch, path: readonly string[]): Branch => {
    const entries = new Map<string, Entry>();
    for (const [name, { key, value }] of branch.entries) {
      const here = [...path, name];
      const lock = lockOn(here, value, locks);
      if (lock) {
        const { layer: upper, line } = lock.at;
        const message = words.locked({ key: code(here.join('.')), file: code(upper.file), line });
        ignored.push({ at: key, message });
      } else entries.set(name, { key, value: value.kind === 'map' ? without(value, here) : value });
    }
    return { ...branch, entries };
  };
  const tree = without(layer, []);
  const entries = new Map(
    [...tree.entries].filter(([name]) => above?.entries.has(name) || !modeIgnored(layer, tree, name)),
  );
  return { tree: { ...tree, entries }, ignored };
}

/** Without its mode, a section written as `false` would switch its module on. */
function modeIgnored(before: Branch, after: Branch, name: string): boolean {
  return hasMode(before, name) && !hasMode(after, name);
}

function hasMode(branch: Branch, name: string): boolean {
  const section = branch.entries.get(name)?.value;
  return section?.kind === 'map' && section.entries.has('mode');
}
