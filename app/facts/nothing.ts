import type { Facts } from './fact.ts';

/** What is not needed is left empty; no module can see it, since it did not declare it. */
export const nothing = {
  comments: [],
  checks: { ours: [], statuses: [] },
  happened: [],
  remarks: [],
  standing: { level: 'none', member: false, teams: [] },
  spoken: [],
  callers: {},
  asks: [],
  head: null,
  opinions: { list: [], standing: {}, since: null, complete: true },
  changes: { list: [], complete: true },
  owners: null,
  roles: {},
  newcomer: false,
  files: { paths: [], complete: true },
  forms: [],
  commits: { list: [], total: 0, complete: true },
  contexts: { list: [], since: null, complete: true },
  required: null,
  reviews: { list: [], heads: [], since: null, complete: true },
  mergeability: { nodeId: '', mergeable: null, blocked: false, behind: false, queued: false },
  behind: null,
  blockers: { list: [], complete: true },
  leftover: null,
} satisfies Partial<Facts>;
