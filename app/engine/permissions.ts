import type { Permissions } from '../github/github.ts';
import type { Kinds, Sources } from './load.ts';

const threads = ['issue', 'pull'] as const;

function union(all: readonly Permissions[]): Permissions {
  const merged: Record<string, 'read' | 'write'> = {};
  for (const [name, right] of all.flatMap((permissions) => Object.entries(permissions))) {
    if (merged[name] !== 'write') merged[name] = right;
  }
  return merged;
}

/**
 * The rights of the two kinds of token: what facts read, and that with what wants write.
 * The rules file is read along with every thread, which takes `contents`.
 */
export function permissionsOf(sources: Sources, kinds: Kinds): Readonly<Record<'read' | 'write', Permissions>> {
  const reads = [...sources.values()].flatMap((source) => threads.map((on) => source.permissions(on)));
  const writes = [...kinds.values()].flatMap((kind) => threads.map((on) => kind.permissions(on)));
  const read = union([{ metadata: 'read', contents: 'read' }, ...reads]);
  return { read, write: union([read, ...writes]) };
}

/** Pushes change rules and make tags; a tag is told by `create` too. */
const engineEvents = ['create', 'push'];

/** The webhook events after which some fact can be different, by event name without action. */
export function eventsOf(sources: Sources): readonly string[] {
  const names = [...sources.values()].flatMap((source) =>
    source.changedBy.map((event) => event.split('.')[0] ?? event),
  );
  return [...new Set([...names, ...engineEvents])].sort();
}
