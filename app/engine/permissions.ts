import type { Permissions } from '../github/github.ts';
import type { Kinds, Sources } from './load.ts';

const threads = ['issue', 'pull'] as const;

/** What every installation is asked for, whatever the rules say. */
export const everywhere: Permissions = { metadata: 'read', contents: 'read' };

/** The rights that a fact or a want takes on any thread. */
export function rightsOf(unit: { permissions(on: (typeof threads)[number]): Permissions }): Permissions {
  return union(threads.map((on) => unit.permissions(on)));
}

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
  const read = union([everywhere, ...[...sources.values()].map(rightsOf)]);
  return { read, write: union([read, ...[...kinds.values()].map(rightsOf)]) };
}

/**
 * The events the bot follows besides those of its facts, with the right that GitHub asks for their subscription: pushes
 * change rules and make tags, which `create` tells too; groups of a merge queue wait for a check; a repository gets
 * another name or default branch. Each has a row in `app/receive/lanes-of.ts`.
 */
export const engineEvents: Readonly<Record<string, Permissions>> = {
  create: { contents: 'read' },
  merge_group: { merge_queues: 'read' },
  push: { contents: 'read' },
  repository: { metadata: 'read' },
};

/** What an App is to be given: the rights of its tokens, and those that only subscriptions take. */
export function appPermissionsOf(sources: Sources, kinds: Kinds): Permissions {
  return union([permissionsOf(sources, kinds).write, ...Object.values(engineEvents)]);
}

/** The name of an event without its action. */
export const eventName = (event: string): string => event.split('.')[0] ?? event;

/** The webhook events the bot works on, by event name without action. */
export function eventsOf(sources: Sources): readonly string[] {
  const names = [...sources.values()].flatMap((source) => source.changedBy.map(eventName));
  return [...new Set([...names, ...Object.keys(engineEvents)])].sort();
}
