import type { Actor, Facts, Level } from '../../facts/fact.ts';
import { mayUse } from '../../commands/who-may.ts';
import { reviewers } from '../reviewers-of.ts';
import { saidInOrder } from '../said-in-order.ts';

/** One person's word on one state of the pull request. */
export interface Lgtm {
  readonly by: Actor;
  readonly at: string;
  readonly head: string;
  readonly tree: string;
  /** Null: a review, which names no base. */
  readonly base: string | null;
  /** What the person could do when the command was accepted; null: a review. */
  readonly level: Level | null;
}

type Seen = Pick<Facts, 'asks' | 'opinions' | 'head' | 'pull' | 'thread' | 'owners'>;

/** Nobody's word counts for what they wrote or committed themselves. */
export const wroteIt = (by: Actor, { thread, opinions }: Pick<Seen, 'thread' | 'opinions'>) =>
  by.id === thread.author.id || opinions.writers === null || opinions.writers.some(({ id }) => id === by.id);

function mayReview(by: Actor, seen: Seen): boolean {
  const standing = seen.opinions.standing[String(by.id)] ?? null;
  return mayUse(reviewers, { by, standing, isAuthor: false, owners: seen.owners });
}

/** What everybody's last word is; `/lgtm cancel` takes back every one, a request for changes that person's own. */
function words(seen: Seen, reviewActs: boolean): Map<number, Lgtm> {
  const counted = new Map<number, Lgtm>();
  for (const { ask, opinion } of saidInOrder('lgtm', seen, reviewActs)) {
    const by = (ask ?? opinion).by;
    if (by.id === null) continue;
    if (ask && ask.args['what'] === 'cancel') counted.clear();
    else if (wroteIt(by, seen) && (ask || opinion.state === 'approved')) counted.delete(by.id);
    else if (ask) counted.set(by.id, { ...ask, by });
    else if (opinion.state === 'changes') counted.delete(by.id);
    else if (opinion.state === 'approved' && mayReview(by, seen))
      counted.set(by.id, {
        by,
        at: opinion.at,
        head: opinion.commit,
        tree: opinion.tree,
        ...{ base: null, level: null },
      });
  }
  return counted;
}

export interface Counting {
  readonly 'review-acts': boolean;
  readonly 'keep-on-same-tree': boolean;
}

/** The words that count for the head and base as they are, and those that counted until they moved. */
export function counted(seen: Seen, options: Counting): { valid: readonly Lgtm[]; fallen: readonly Lgtm[] } {
  const { head, pull, opinions } = seen;
  // Our own updates of the branch bring in nothing but the base, which nobody reviews here.
  const heads = [...(head ? [head] : []), ...opinions.heads];
  const isLike = ({ head, tree }: Lgtm) => heads.some((one) => one.sha === head || (tree !== '' && one.tree === tree));
  const isValid = (one: Lgtm) => {
    const same = one.head === head?.sha || (options['keep-on-same-tree'] && isLike(one));
    const since = opinions.since !== null && Date.parse(one.at) < Date.parse(opinions.since);
    return same && !since && (one.base === null || one.base === pull?.base);
  };
  const all = [...words(seen, options['review-acts']).values()];
  return { valid: all.filter(isValid), fallen: all.filter((one) => !isValid(one)) };
}
