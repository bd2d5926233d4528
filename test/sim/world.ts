import type { ThreadView } from '../fake-github/fake-github.ts';

/** Who may do what in every simulated repository; `helper[bot]` is somebody else's. */
export const people = { lin: 'admin', chen: 'write', zoe: 'triage', bob: 'read' } as const;

export const rulesPath = '.github/github-bot.yml';
const common = [
  'pr-title: {types: [feat, fix, docs]}',
  'title-label: true',
  'issue-template: {headings: [Version], grace: never}',
  'lgtm: true',
  'hold: true',
  // What the bot says may read like a command.
  'auto-reply: {rules: [{on: labeled, label: need demo, say: "Please add a link to a demo.\\n\\n/lgtm"}]}',
  '',
].join('\n');
/** By name of the repository: in the second one nothing lands that nobody asked to land. */
export const rules = {
  shop: `merge: {require: {checks: required}}\n${common}`,
  other: `merge: {ask: command, require: {checks: required, approvals: 1}}\n${common}`,
} as const;
/** Those files, where they stand. */
export const rulesFiles = Object.entries(rules).map(([name, text]) => ({ repo: `acme/${name}`, text }));
const repository = {
  labels: ['bug', 'need demo', 'needs-rebase', 'do-not-merge/wait', 'lgtm'],
  protection: { main: { checks: [{ name: 'build', app: 'ci' }], approvals: 0 } },
};
const filesOf = (name: keyof typeof rules) => ({ files: { [rulesPath]: rules[name] } });
/** Two repositories of one installation. */
export const world = {
  ...{ people, bots: ['helper'], ...repository, ...filesOf('shop') },
  repositories: { 'acme/other': { ...repository, ...filesOf('other') } },
};

/** Threads whose name begins with a q are in the second repository. */
export const [pulls, issues] = [['p1', 'p2', 'q1'], ['i1']] as const;
export const threads = [...pulls, ...issues];
export const repositories = ['shop', 'other'] as const;

const goodTitle = /^(feat|fix|docs): \S/;

/** What the rules have against a thread. */
export const isBad = ({ kind, title, body }: ThreadView): boolean =>
  kind === 'pull' ? !goodTitle.test(title) : !/## Version\n+1/.test(body ?? '');

/** How the one comment begins that says what is wrong with a thread. */
export const card = '<!-- github-bot:card -->';
