import type { Asked } from '../facts/command-facts.ts';
import type { MergeMethod } from '../facts/merge-facts.ts';

const methods: readonly string[] = ['merge', 'squash', 'rebase'] satisfies MergeMethod[];
const methodOf = ({ args }: Asked) => methods.find((one): one is MergeMethod => one === args['how']) ?? null;

/** What people said by `/merge` since somebody stopped it last, and that stop; a deleted stop goes on holding. */
export function mergeWords(asks: readonly Asked[]): { readonly stop: Asked | null; readonly since: readonly Asked[] } {
  const own = asks.filter(({ module }) => module === 'merge');
  const last = own.findLastIndex(({ args }) => args['how'] === 'cancel');
  return { stop: own[last] ?? null, since: own.slice(last + 1).filter(({ withdrawn }) => !withdrawn) };
}

/** The way of merging that was named last. */
export const namedMethod = (words: readonly Asked[]): MergeMethod | null =>
  words.map(methodOf).findLast((one) => one !== null) ?? null;
