import type { Call } from './github.ts';

/** What one request takes of an account's budget. */
export interface Cost {
  readonly kind: 'read' | 'write' | 'token';
  /** Counts against GitHub's limit on new content: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
  readonly creates: boolean;
  /** Smaller goes first when several wait: merges, checks, labels, the rest, comments, reactions. */
  readonly rank: number;
}

export const readCost: Cost = { kind: 'read', creates: false, rank: 0 };
/** Minting a token counts against no installation's limit, and its success does not say that a limit is over. */
export const tokenCost: Cost = { kind: 'token', creates: false, rank: 0 };

const ranks: readonly [number, RegExp][] = [
  [5, /reactions|addReaction|removeReaction/],
  [4, /comments|reviews|replies|\bPOST \S+\/issues$|Comment\b|PullRequestReview\b|createIssue/],
  [0, /\/merge\b|\/git\/refs|mergePullRequest|enqueuePullRequest|AutoMerge/],
  [1, /check-runs|statuses|checkRun/i],
  [2, /labels|Labels/],
];

const restCreates = /^POST \S+\/(comments|issues|reviews|replies|pulls|releases|discussions)$/;
const graphqlCreates = /\b(add\w*Comment|addPullRequestReview\w*|createIssue|createPullRequest|createDiscussion)\b/;

/** The first field of a document tells what a mutation does; its selection may name anything. */
const fieldOf = (document: string): string => /\{\s*(?:\w+\s*:\s*)?(\w+)/.exec(document)?.[1] ?? '';

export function costOf(call: Exclude<Call, { via: 'steps' }>): Cost {
  const what = call.via === 'rest' ? call.route : fieldOf(call.document);
  const rank = ranks.find(([, pattern]) => pattern.test(what))?.[0] ?? 3;
  return { kind: 'write', creates: (call.via === 'rest' ? restCreates : graphqlCreates).test(what), rank };
}
