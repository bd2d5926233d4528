import type { Kind, RevisitWant } from './want.ts';

/** Nothing to change on GitHub: the engine hands the time to the queue. */
export default {
  rank: 9,
  needs: [],
  permissions: () => ({}),
  id: () => 'revisit',
  join: (a, b) => (a.at <= b.at ? a : b),
  diff: () => [],
  project: (_want, facts) => facts,
} satisfies Kind<RevisitWant>;
