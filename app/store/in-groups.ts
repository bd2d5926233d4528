import { setImmediate } from 'node:timers/promises';

/** What became of one entry of a group. */
export type Settled<R> = { readonly value: R } | { readonly error: unknown };

interface Waiting<T, R> {
  readonly entry: T;
  readonly resolve: (value: R) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects entries until the loop turns and hands them on together, at most `most` at once, one group after the other.
 * Each call settles when its group has; when `save` rejects, so does every call of the group.
 */
export function inGroups<T, R>(
  most: number,
  save: (entries: readonly T[]) => Promise<readonly Settled<R>[]>,
): (entry: T) => Promise<R> {
  let waiting: Waiting<T, R>[] = [];
  let busy = false;

  async function saveGroup(group: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const settled = await save(group.map(({ entry }) => entry));
      group.forEach(({ resolve, reject }, position) => {
        const one = settled[position];
        if (one === undefined) reject(new Error('the group lost an entry'));
        else if ('error' in one) reject(one.error);
        else resolve(one.value);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  async function saveAll(): Promise<void> {
    while (waiting.length > 0) {
      // What arrived meanwhile can join.
      await setImmediate();
      const group = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await saveGroup(group);
    }
    busy = false;
  }

  return (entry) =>
    new Promise((resolve, reject) => {
      waiting.push({ entry, resolve, reject });
      if (busy) return;
      busy = true;
      void saveAll();
    });
}
