import type { Facts } from './fact.ts';
import { nothing } from './nothing.ts';

/** What differs from the plain facts: objects are merged one level deep, lists are replaced. */
export type Given = {
  readonly [K in keyof Facts]?: Facts[K] extends readonly unknown[] ? Facts[K] : Partial<Facts[K]>;
};

const plain: Facts = {
  ...nothing,
  now: '2026-01-05T10:00:00Z',
  done: [],
  since: {},
  considered: null,
  thread: {
    kind: 'pull',
    number: 12,
    title: 'feat: dark mode',
    body: 'Adds a dark mode.',
    state: 'open',
    reason: null,
    author: { id: 2002, login: 'bob', bot: false, us: false },
    labels: [],
    assignees: [],
    locked: false,
    createdAt: '2026-01-05T09:00:00Z',
    url: 'https://github.com/acme/shop/pull/12',
  },
  pull: {
    ...{ head: 'b'.repeat(40), headBranch: 'dark-mode', base: 'main', draft: false, fork: true },
    reviewers: { people: [], teams: [], reviewed: [] },
  },
  repo: {
    name: 'acme/shop',
    description: 'A small library',
    organization: true,
    private: false,
    us: 'github-bot[bot]',
    defaultBranch: 'main',
    methods: ['merge', 'squash', 'rebase'],
    labels: { names: ['bug', 'enhancement', 'invalid'], complete: true },
  },
  files: { paths: ['src/theme.ts'], complete: true },
  proposal: null,
  commits: {
    list: [
      {
        sha: 'b'.repeat(40),
        message: 'feat: dark mode',
        headline: 'feat: dark mode',
        parents: 1,
        author: { name: 'Bob', email: 'bob@example.com', login: 'bob' },
      },
    ],
    total: 1,
    complete: true,
  },
  contexts: {
    list: [{ name: 'build', kind: 'check', app: 15368, state: 'success', ours: false }],
    since: '2026-01-05T09:00:00Z',
    complete: true,
  },
  required: { contexts: [], strict: false, queue: false, methods: ['merge', 'squash', 'rebase'] },
  reviews: {
    list: [
      {
        ...{ id: 900, by: { id: 2001, login: 'lin', bot: false, us: false }, state: 'approved', level: 'write' },
        ...{ at: '2026-01-05T09:30:00Z', current: true, wrote: false },
      },
    ],
    heads: ['b'.repeat(40)],
    since: null,
    askers: {},
    complete: true,
  },
  mergeability: { nodeId: 'PR_12', mergeable: true, blocked: false, behind: false, queued: false },
  behind: false,
  tip: 'e'.repeat(40),
};

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A whole, believable set of facts: open pull request #12 of `bob` on `main`, with what is given changed. */
export function plainFacts(given: Given = {}): Facts {
  const start: Facts = given.thread?.kind === 'issue' ? { ...plain, pull: null } : plain;
  const merged = Object.entries(given).map(([name, value]) => {
    const old: unknown = plain[name as keyof Facts];
    return [name, isObject(old) && isObject(value) ? { ...old, ...value } : value] as const;
  });
  return { ...start, ...Object.fromEntries(merged) };
}
