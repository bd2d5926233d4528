import type { Seen } from '../../facts/fact.ts';
import type { Asked } from '../../facts/command-facts.ts';
import { levels } from '../../facts/fact.ts';
import { isAmong } from '../../facts/who.ts';

type Known = Seen<'asks' | 'pull' | 'trust'>;

/**
 * Whether what a pull request holds may run: its author is trusted, somebody said so of this very head and base, or neither.
 * `unknown`: GitHub did not say what the author may do.
 */
export type Trust =
  | { readonly kind: 'author' | 'none' | 'unknown' }
  | { readonly kind: 'said'; readonly by: Asked['by']; readonly head: string };

/** The last `/ok-to-test` that counts. */
function said({ asks, pull }: Known): Asked | null {
  const own = asks.filter(({ module }) => module === 'retest');
  const since = own.slice(own.findLastIndex(({ args }) => args['what'] === 'cancel') + 1);
  const counts = ({ withdrawn, head, base }: Asked) => !withdrawn && head === pull?.head && base === pull.base;
  return since.findLast(counts) ?? null;
}

/** Labels are no evidence: what people put on by hand counts for nothing. */
export function trustOf(facts: Known, who: readonly string[]): Trust {
  const { thread, pull, trust } = facts;
  const { author } = thread;
  const word = said(facts);
  // An App that pushes to a branch of the repository was given the right to write there.
  if (author.us || (author.bot && pull?.fork === false)) return { kind: 'author' };
  if (trust && isAmong(who, trust, author)) return { kind: 'author' };
  if (word) return { kind: 'said', by: word.by, head: word.head };
  return { kind: trust ? 'none' : 'unknown' };
}

export const isTrusted = ({ kind }: Trust): boolean => kind === 'author' || kind === 'said';

/** Somebody who cannot write here can move the head of a fork at any moment: what is allowed has to be named. */
export function hasToName({ pull, trust }: Known): boolean {
  return pull?.fork === true && levels.indexOf(trust?.level ?? 'none') < levels.indexOf('write');
}
