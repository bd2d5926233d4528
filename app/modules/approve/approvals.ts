import type { Asked, FileChange, Opinion } from '../../facts/command-facts.ts';
import type { Actor, Facts, Level } from '../../facts/fact.ts';
import { saidInOrder } from '../said-in-order.ts';

export interface Approving {
  readonly self: boolean;
  readonly 'review-acts': boolean;
  readonly keep: 'untouched-files' | 'no';
}

export type Seen = Pick<Facts, 'asks' | 'opinions' | 'head' | 'pull' | 'thread' | 'owners' | 'changes'>;

/** One approval that stands. */
export interface Approval {
  readonly by: Actor;
  readonly how: 'self' | 'command' | 'review';
  /** What the person may do, for what nobody owns. */
  readonly level: Level;
  /** Needs no issue to be named. */
  readonly noIssue: boolean;
  readonly covers: (change: FileChange) => boolean;
}

const everything = () => true;
const nothing = () => false;

interface Bound {
  readonly at: string;
  readonly head: string;
  readonly tree: string;
  /** Null: a review, which names no base. */
  readonly base: string | null;
  readonly blobs: Readonly<Record<string, string>>;
}

/** What of the pull request as it is now an approval is about. */
function coverageOf(bound: Bound, { head, pull, opinions }: Seen, keep: Approving['keep']): Approval['covers'] {
  const isVoid =
    (bound.base !== null && bound.base !== pull?.base) ||
    (opinions.since !== null && Date.parse(bound.at) < Date.parse(opinions.since));
  if (isVoid || !head) return nothing;
  if (bound.head === head.sha) return everything;
  if (keep === 'no') return nothing;
  if (bound.tree !== '' && bound.tree === head.tree) return everything;
  const isGone = (change: FileChange) => change.status === 'removed';
  const isLeft = ({ status, previous }: FileChange) =>
    status !== 'renamed' || (previous !== null && Object.hasOwn(bound.blobs, previous) && bound.blobs[previous] === '');
  return (change) =>
    isLeft(change) &&
    Object.hasOwn(bound.blobs, change.path) &&
    bound.blobs[change.path] === change.blob &&
    (change.blob !== '' || isGone(change));
}

function fromAsk(ask: Asked, seen: Seen, { keep }: Approving): Approval {
  const { by, level, args, blobs = {} } = ask;
  const noIssue = args['what'] === 'no-issue';
  return {
    by,
    how: 'command',
    level,
    noIssue,
    covers: coverageOf({ ...ask, blobs }, seen, keep),
  };
}

function fromOpinion(opinion: Opinion, seen: Seen, { keep }: Approving): Approval {
  const { by, at, commit, tree, blobs = {} } = opinion;
  const level = seen.opinions.standing[String(by.id)]?.level ?? 'none';
  const covers = coverageOf({ at, head: commit, tree, base: null, blobs }, seen, keep);
  return { by, how: 'review', level, noIssue: false, covers };
}

const ofAuthor = (by: Actor, noIssue: boolean): Approval => ({
  ...{ by, how: 'self', level: 'none', noIssue, covers: everything },
});

/** Who approves, by what was said last; whoever wrote a part of it counts only as its author, where rules say so. */
export function approvalsIn(seen: Seen, options: Approving): readonly Approval[] {
  const { author } = seen.thread;
  const given = new Map<number, readonly Approval[]>();
  const add = (id: number, one: Approval) => given.set(id, [...(given.get(id) ?? []), one]);
  if (options.self && author.id !== null) add(author.id, ofAuthor(author, false));
  const wrote = new Set((seen.opinions.writers ?? []).map(({ id }) => id));
  for (const { ask, opinion } of saidInOrder('approve', seen, options['review-acts'])) {
    const { by } = ask ?? opinion;
    if (by.id === null || by.bot) continue;
    const isAuthor = by.id === author.id;
    if (ask ? ask.args['what'] === 'cancel' : opinion.state === 'changes') given.delete(by.id);
    else if (isAuthor && ask && options.self) add(by.id, ofAuthor(by, ask.args['what'] === 'no-issue'));
    else if (isAuthor || wrote.has(by.id)) continue;
    else if (ask) add(by.id, fromAsk(ask, seen, options));
    else if (opinion.state === 'approved') add(by.id, fromOpinion(opinion, seen, options));
  }
  return [...given.values()].flat();
}
