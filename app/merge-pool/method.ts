import type { Facts } from '../facts/fact.ts';
import type { MergeMethod } from '../facts/merge-facts.ts';
import { code } from '../quote.ts';
import { listed } from '../text.ts';
import type { Hindrance } from './blockers.ts';
import type { MergeOptions } from './options.ts';
import * as words from './words.ts';

const prefix = 'merge-method/';
const all = ['merge', 'squash', 'rebase'] as const satisfies MergeMethod[];

/** How the pull request lands, or why that cannot be said. A label beats the rules. */
export function methodFor({ thread, repo, required }: Facts, { method }: MergeOptions): MergeMethod | Hindrance {
  const labels = thread.labels.map((name) => name.toLowerCase());
  const asked = all.filter((one) => labels.includes(prefix + one));
  if (asked.length > 1) {
    return { who: 'maintainer', what: words.twoMethods({ names: words.names(asked.map((one) => prefix + one)) }) };
  }
  const chosen = asked[0] ?? method;
  const allowed = repo.methods.filter((one) => required?.methods.includes(one) ?? true);
  if (allowed.includes(chosen)) return chosen;
  const names = listed(allowed.map((one) => code(one)));
  return { who: 'maintainer', what: words.badMethod({ method: code(chosen), allowed: names }) };
}
