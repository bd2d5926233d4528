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
export const options: Readonly<Record<string, unknown>> = {};

const humans = people.filter((person) => person !== 'bot');
const write: readonly Person[] = ['admin', 'maintain', 'write'];
const triage: readonly Person[] = [...write, 'triage'];
const reviewers: readonly Person[] = [...triage, 'owner'];

const anyone = { others: humans, own: humans, anyone: true } as const;
/** The author adds nothing to these. */
const only = (who: readonly Person[]) => ({ others: who, own: who });

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
};
