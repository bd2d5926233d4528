import { mergeWords, namedMethod } from '../commands/merge-words.ts';
import type { Asked } from '../facts/command-facts.ts';
import { levels } from '../facts/fact.ts';
import type { Facts, Level, MergeMethod } from '../facts/fact.ts';

/** What people asked of the pool by `/merge`, as far as it counts now. */
export interface Wish {
  /** Somebody asked for the merge of this head onto this base, and nobody took it back. */
  readonly asked: boolean;
  /** The last `/merge` was about another head or base. */
  readonly fallen: boolean;
  /** Who said `/merge cancel` since, in any mode; null: nobody. */
  readonly cancelled: Asked['by'] | null;
  /** The way that was named last; it outlives a push, since it says how and not whether. */
  readonly method: MergeMethod | null;
}

const mayMerge = (level: Level) => levels.indexOf(level) >= levels.indexOf('write');

/** Pure; a `/merge` that is deleted, or of somebody who lost the right since, asks for nothing; `/merge cancel` goes on holding. */
export function wishOf({ asks, pull, reviews }: Pick<Facts, 'asks' | 'pull' | 'reviews'>): Wish {
  const { stop, since: said } = mergeWords(asks);
  const since = said.filter(({ by, level }) => mayMerge(reviews.askers[String(by.id)] ?? level));
  // Our own updates of the branch bring in nothing but the base.
  const heads = [pull?.head, ...reviews.heads];
  const moved = reviews.since === null ? -Infinity : Date.parse(reviews.since);
  const isOfThis = ({ head, base, at }: Asked) =>
    base === pull?.base && heads.includes(head) && Date.parse(at) >= moved;
  const asked = since.some(isOfThis);
  const cancelled = since.length === 0 ? (stop?.by ?? null) : null;
  return { asked, fallen: since.length > 0 && !asked, cancelled, method: namedMethod(since) };
}
