import type { Reviewers } from '../facts/fact.ts';
import type { Kind, RequestReviewWant } from './want.ts';

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const isTeam = (reviewer: string) => reviewer.startsWith('@');

const askedIn = ({ people, teams }: Reviewers, reviewer: string) =>
  (isTeam(reviewer) ? teams : people).find((asked) => same(asked, reviewer));

/** One request for each: GitHub refuses a request whole for one name in it that it does not accept. */
export default {
  rank: 1,
  needs: ['thread', 'pull'],
  permissions: () => ({ pull_requests: 'write' }),
  id: (want) => `request-review:${want.reviewer.toLowerCase()}`,
  // Somebody is asked as long as one module has a reason for it.
  join: (a, b) => (a.on ? a : b),
  diff(want, { thread, pull }) {
    const asked = pull ? askedIn(pull.reviewers, want.reviewer) : undefined;
    if (!pull || want.on === (asked !== undefined)) return [];
    const who = asked ?? want.reviewer;
    const names = isTeam(who)
      ? { reviewers: [], team_reviewers: [who.slice(who.indexOf('/') + 1)] }
      : { reviewers: [who] };
    const route = `${want.on ? 'POST' : 'DELETE'} /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers`;
    const params = { pull_number: thread.number, ...names };
    const says = `${want.on ? 'request' : 'withdraw'} review of ${want.reviewer}`;
    // 422: the author, or nobody who may see the repository.
    const call = { via: 'rest', route, params, fine: [422] } as const;
    return [{ kind: 'request-review', id: this.id(want), says, call, visibleTwice: false }];
  },
  project(want, facts) {
    const { pull } = facts;
    if (!pull || want.on === (askedIn(pull.reviewers, want.reviewer) !== undefined)) return facts;
    const list = isTeam(want.reviewer) ? 'teams' : 'people';
    const others = pull.reviewers[list].filter((asked) => !same(asked, want.reviewer));
    const reviewers = { ...pull.reviewers, [list]: want.on ? [...others, want.reviewer] : others };
    return { ...facts, pull: { ...pull, reviewers } };
  },
} satisfies Kind<RequestReviewWant>;
