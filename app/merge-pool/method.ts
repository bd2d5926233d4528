import type { Facts } from '../facts/fact.ts';
import type { MergeMethod } from '../facts/merge-facts.ts';
import { code } from '../quote.ts';
import { listed } from '../text.ts';
import { wishOf } from './asked.ts';
import type { Hindrance } from './blockers.ts';
import type { MergeOptions } from './options.ts';
import * as words from './words.ts';

const prefix = 'merge-method/';
const all = ['merge', 'squash', 'rebase'] as const satisfies MergeMethod[];

/** What the repository's settings and the branch's rules leave of the ways to merge. */
export const allowedMethods = ({ repo, required }: Pick<Facts, 'repo' | 'required'>): readonly MergeMethod[] =>
  repo.methods.filter((one) => required?.methods.includes(one) ?? true);

/** How the pull request lands, or why that cannot be said. What was said by command beats a label, and that the rules. */
export function methodFor(facts: Facts, { method }: MergeOptions): MergeMethod | Hindrance {
  const { thread } = facts;
  const labels = thread.labels.map((name) => name.toLowerCase());
  const asked = all.filter((one) => labels.includes(prefix + one));
  if (asked.length > 1) {
    return { who: 'maintainer', what: words.twoMethods({ names: words.names(asked.map((one) => prefix + one)) }) };
  }
  const chosen = wishOf(facts).method ?? asked[0] ?? method;
  const allowed = allowedMethods(facts);
  if (allowed.includes(chosen)) return chosen;
  const names = listed(allowed.map((one) => code(one)));
  return { who: 'maintainer', what: words.badMethod({ method: code(chosen), allowed: names }) };
}
