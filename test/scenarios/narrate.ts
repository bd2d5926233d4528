import type { Step } from './scenario.ts';

type Keys = Readonly<Record<string, unknown>>;

const word = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : `${value as string}`);
const names = (value: unknown) => (Array.isArray(value) ? value.join(', ') : word(value));
const quote = (value: unknown) => `“${word(value).split('\n')[0]}”`;
const who = (keys: Keys) => (typeof keys['by'] === 'string' ? keys['by'] : 'someone');

const sentences: Readonly<Record<string, (keys: Keys, by: string) => string>> = {
  'open-issue': ({ title }, by) => `${by} opens the issue ${quote(title)}`,
  'open-pull': ({ title, draft }, by) => `${by} opens the ${draft ? 'draft ' : ''}pull request ${quote(title)}`,
  edit: ({ of, title, base }, by) => {
    if (title !== undefined) return `${by} changes the title of ${word(of)} to ${quote(title)}`;
    return base === undefined ? `${by} edits ${word(of)}` : `${by} points ${word(of)} at ${word(base)}`;
  },
  comment: ({ of, body }, by) => `${by} comments on ${word(of)}: ${quote(body)}`,
  'edit-comment': ({ comment, body }, by) => `${by} changes the comment ${word(comment)} to ${quote(body)}`,
  'delete-comment': ({ comment }, by) => `${by} deletes the comment ${word(comment)}`,
  'delete-bot-comment': ({ of }, by) => `${by} deletes the bot's newest comment on ${word(of)}`,
  review: ({ of, state }, by) => `${by} reviews ${word(of)}: ${word(state)}`,
  'dismiss-review': ({ review }, by) => `${by} dismisses the review ${word(review)}`,
  label: ({ of, labels }, by) => `${by} puts ${names(labels)} on ${word(of)}`,
  unlabel: ({ of, labels }, by) => `${by} takes ${names(labels)} off ${word(of)}`,
  assign: ({ of, people }, by) => `${by} assigns ${names(people)} to ${word(of)}`,
  unassign: ({ of, people }, by) => `${by} unassigns ${names(people)} from ${word(of)}`,
  'request-review': ({ of, people }, by) => `${by} asks ${names(people)} to review ${word(of)}`,
  push: ({ of, force }, by) => `${by} ${force ? 'force-pushes' : 'pushes'} to ${word(of)}`,
  'push-base': ({ branch = 'main' }, by) => `${by} pushes to ${word(branch)}`,
  status: ({ name, state, of = 'it' }) => `the status ${word(name)} of ${word(of)} becomes ${word(state)}`,
  check: ({ name, conclusion = 'in progress', of = 'it' }) =>
    `the check ${word(name)} of ${word(of)} is ${word(conclusion)}`,
  ready: ({ of }, by) => `${by} marks ${word(of)} ready for review`,
  draft: ({ of }, by) => `${by} makes ${word(of)} a draft`,
  rerequest: ({ of }) => `someone asks for our check on ${word(of)} again`,
  milestone: ({ of, title }, by) => `${by} sets the milestone of ${word(of)} to ${word(title)}`,
  tag: ({ name }, by) => `${by} pushes the tag ${word(name)}`,
  'create-branch': ({ branch }, by) => `${by} creates the branch ${word(branch)}`,
  role: ({ login, role }) => `${word(login)} gets the role ${word(role)}`,
  'queue-group': ({ of }) => `GitHub's merge queue asks for checks of ${word(of)}`,
  unqueue: ({ of }, by) => `${by} takes ${word(of)} out of GitHub's merge queue`,
  'workflow-run': ({ workflow, conclusion = 'under way' }) => `the workflow ${word(workflow)} is ${word(conclusion)}`,
  'rename-repository': ({ name }, by) => `${by} renames the repository to ${word(name)}`,
  transfer: ({ to }, by) => `${by} transfers the repository to ${word(to)}`,
  archive: (_, by) => `${by} archives the repository`,
  unarchive: (_, by) => `${by} opens the archived repository again`,
  'add-repository': ({ repo }, by) => `${by} gives the bot ${word(repo)}`,
  'remove-repository': ({ repo }, by) => `${by} takes ${word(repo)} from the bot`,
  suspend: (_, by) => `${by} suspends the bot's installation`,
  unsuspend: (_, by) => `${by} lets the bot's installation work again`,
  wait: (keys) => `${word(keys['for'])} pass`,
  redeliver: ({ all }) => `GitHub sends ${all ? 'every delivery' : 'deliveries'} again`,
  fault: ({ kind, times = 1 }) => `GitHub has a fault: ${word(kind)}, ${Number(times)} time(s)`,
  crash: ({ at, applied }) =>
    at ? `the bot will be killed in its next write, ${applied ? 'done' : 'not done'} by GitHub` : 'the bot is killed',
  down: () => 'the bot goes down',
  up: () => 'the bot comes up',
  http: ({ method = 'GET', path }) => `somebody calls ${word(method)} ${word(path)} of the bot`,
  expect: ({ of }) => (of === undefined ? 'a look at the repository' : `a look at ${word(of)}`),
};

/** One short sentence for people about what a step does. */
export function narrate({ name, keys }: Step): string {
  const sentence = sentences[name];
  return sentence ? sentence(keys, who(keys)) : `${who(keys)}: ${name} ${word(keys['of'] ?? '')}`.trim();
}
