import { heardKey } from '../../app/facts/callers.ts';
import type { Asked } from '../../app/facts/command-facts.ts';
import type { Given } from '../../app/facts/plain-facts.ts';

/** Who asks: what they are, whoever opened the thread. */
export const people = [
  ...['admin', 'maintain', 'write', 'triage', 'member', 'outsider', 'owner', 'ex-member', 'bot', 'author'],
] as const;
export type Person = (typeof people)[number];

/** Who may say a line on what somebody else opened, and on what they opened themselves. */
export interface Allowed {
  readonly on: 'issue' | 'pull';
  readonly others: readonly Person[];
  readonly own: readonly Person[];
  /** Nobody's rights are asked for. */
  readonly anyone?: true;
  /** What has to be there so that the deed can be done at all: a milestone, a hold, a label. */
  readonly given?: Given;
}

/** Options without which a module has no command to offer, by its name. */
export const options: Readonly<Record<string, unknown>> = { labels: { extra: ['bug', 'cleanup'] } };

const humans = people.filter((person) => person !== 'bot');
const write: readonly Person[] = ['admin', 'maintain', 'write'];
const triage: readonly Person[] = [...write, 'triage'];
const reviewers: readonly Person[] = [...triage, 'owner'];

const testers: readonly Person[] = [...triage, 'member'];

const anyone = { others: humans, own: humans, anyone: true } as const;
/** The author adds nothing to these. */
const only = (who: readonly Person[]) => ({ others: who, own: who });

const chen = { id: 2003, login: 'chen', bot: false, us: false };
const hold: Asked = {
  ...{ key: 'IC_9:0', name: 'hold', module: 'hold', args: {}, surface: 'comment', by: chen, level: 'write', head: '' },
  ...{ at: '2026-01-05T09:20:00Z', tree: '', base: 'main', withdrawn: false },
};
const held: Given = { thread: { labels: ['do-not-merge/hold'] }, asks: [hold], done: [heardKey(hold.key)] };
const failing = (...names: readonly string[]): Given => ({
  contexts: { list: names.map((name) => ({ name, kind: 'check', app: 15368, state: 'failure', ours: false })) },
});
const passed: Given = {
  done: [heardKey('IC_8:0')],
  asks: [
    {
      ...{ ...hold, key: 'IC_8:0', name: 'override', module: 'override', head: 'b'.repeat(40), tip: 'e'.repeat(40) },
      args: { contexts: ['ci/build'], reason: 'the runner is down' },
    },
  ],
};
const both = { assignee: true, reviewer: true };
const known: Given = { eligible: { mia: both, bob: both, lin: both } };
const named: Given = { catalogue: ['bug', 'cleanup'] };
const planned: Given['milestones'] = { list: [{ number: 1, title: 'v1.0' }], current: null };

const build = { name: 'build', id: 90, app: 99, state: 'failure', startedAt: '2026-01-05T09:10:00Z' } as const;
/** Nobody vouched for it, so only those who are trusted themselves may have it run. */
const ran: Given = {
  runs: {
    suites: [{ id: 9, slug: 'ci', asked: false, updatedAt: '2026-01-05T09:10:00Z', checks: [build] }],
    required: [{ name: 'build', app: null }],
  },
};

/** What the rules promise, line by line. A line that is missing here fails the test of the matrix. */
export const table: Readonly<Record<string, Allowed>> = {
  '/commands': { on: 'pull', ...anyone },
  '/help': { on: 'pull', ...anyone },
  '/help lgtm': { on: 'pull', ...anyone },
  '/ping': { on: 'pull', ...anyone },
  '/ignore': { on: 'pull', ...only(write) },
  '/ignore cancel': { on: 'pull', ...only(write) },
  // Nobody says it of what they opened; whoever opened it may take it all back.
  '/lgtm': { on: 'pull', others: reviewers, own: [] },
  '/lgtm cancel': { on: 'pull', others: reviewers, own: humans },
  '/merge': { on: 'pull', ...only(write) },
  '/merge squash': { on: 'pull', ...only(write) },
  '/merge cancel': { on: 'pull', ...only(write) },
  // Nobody approves what they own nothing of; whoever opened it counts for their own files.
  '/approve': { on: 'pull', others: ['owner'], own: humans },
  '/approve no-issue': { on: 'pull', others: ['owner'], own: humans },
  '/approve cancel': { on: 'pull', others: reviewers, own: humans },
  '/assign': { on: 'issue', ...anyone, given: known },
  '/assign @bob, @lin': { on: 'issue', ...anyone, given: known },
  '/assign me': { on: 'issue', ...anyone, given: known },
  '/unassign': { on: 'issue', ...anyone },
  '/unassign @bob': { on: 'issue', ...anyone },
  // Nobody reviews what they opened themselves, and bob opened what is not theirs.
  '/cc': { on: 'pull', ...anyone, own: [], given: known },
  '/cc @bob': { on: 'pull', ...anyone, others: [], given: known },
  '/cc @acme/reviewers': { on: 'pull', ...anyone },
  '/uncc': { on: 'pull', ...anyone },
  '/uncc @bob': { on: 'pull', ...anyone },
  // Whoever owns all of what they opened has nobody to ask.
  '/auto-cc': { on: 'pull', ...anyone, own: humans.filter((one) => one !== 'owner') },
  '/remove-help': { on: 'issue', ...anyone },
  '/good-first-issue': { on: 'issue', ...anyone },
  '/remove-good-first-issue': { on: 'issue', ...anyone },
  '/hold': { on: 'pull', ...anyone },
  '/hold needs a look for 2d': { on: 'pull', ...anyone },
  '/hold until 2026-01-31': { on: 'pull', ...anyone },
  '/hold #12': { on: 'pull', ...anyone, given: { thread: { number: 7 }, awaited: { '12': 'open' } } },
  '/unhold': { on: 'pull', others: write, own: humans, given: held },
  '/hold cancel': { on: 'pull', others: write, own: humans, given: held },
  '/label bug': { on: 'issue', ...anyone, given: named },
  '/label bug, cleanup': { on: 'issue', ...anyone, given: named },
  '/remove-label bug': { on: 'issue', ...anyone, given: { ...named, thread: { labels: ['bug'] } } },
  '/close': { on: 'issue', others: triage, own: humans },
  '/close not-planned': { on: 'issue', others: triage, own: humans },
  '/close duplicate #12': { on: 'issue', others: triage, own: humans, given: { thread: { number: 7 } } },
  '/reopen': { on: 'issue', others: triage, own: humans, given: { thread: { state: 'closed' } } },
  '/lifecycle stale': { on: 'issue', ...anyone },
  '/remove-lifecycle stale': { on: 'issue', ...anyone, given: { thread: { labels: ['lifecycle/stale'] } } },
  '/override ci/build -- the runner is down': { on: 'pull', ...only(['admin']), given: failing('ci/build') },
  '/override "build (ubuntu, 20)" lint -- flaky since Monday': {
    on: 'pull',
    ...only(['admin']),
    given: failing('build (ubuntu, 20)', 'lint'),
  },
  '/override github-bot/pr-title -- an exception for the release': {
    on: 'pull',
    ...only(['admin']),
    given: { thread: { title: 'dark mode' } },
  },
  '/override cancel': { on: 'pull', ...only(['admin']), given: passed },
  '/override cancel ci/build': { on: 'pull', ...only(['admin']), given: passed },
  '/milestone v1.0': { on: 'issue', ...only(write), given: { milestones: planned } },
  '/milestone clear': { on: 'issue', ...only(write), given: { milestones: planned } },
  // Members of the organisation, whatever else they may do.
  '/cherry-pick release-1': { on: 'pull', ...only(['member']) },
  '/cherrypick release-1 release-2': { on: 'pull', ...only(['member']) },
  '/retitle feat: search in notes': { on: 'pull', others: triage, own: humans },
  '/verify-owners': { on: 'pull', ...anyone },
  '/check-required-labels': { on: 'pull', ...anyone },
  '/retest': { on: 'pull', ...only(testers), given: ran },
  '/retest-required': { on: 'pull', ...only(testers), given: ran },
  '/test all': { on: 'pull', ...only(testers), given: ran },
  '/test build': { on: 'pull', ...only(testers), given: ran },
  '/test ?': { on: 'pull', ...only(testers), given: ran },
  '/test': { on: 'pull', ...only(testers), given: ran },
  // Of a fork the SHA would have to be named; whoever may write cannot be a stranger.
  '/ok-to-test': { on: 'pull', ...only(testers), given: { trust: { level: 'write', member: false, teams: [] } } },
  '/ok-to-test cancel': { on: 'pull', ...only(testers) },
  '/why': { on: 'pull', ...anyone },
  '/status': { on: 'pull', ...anyone },
};
