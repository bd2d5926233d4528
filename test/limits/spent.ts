import type { JournalEntry } from '../fake-github/fake-github.ts';

const minute = 60_000;
const hour = 60 * minute;

/**
 * What GitHub allows one account, as its pages "Rate limits for the REST API" and "Rate limits and node limits for the
 * GraphQL API" say; between two writes they ask for a second.
 */
export const allowed = {
  'requests in an hour': 5_000,
  'queries in an hour': 5_000,
  'points in a minute': 900,
  'points of queries in a minute': 2_000,
  'new content in a minute': 80,
  'new content in an hour': 500,
} as const;
export const writeGap = 1_000;

export type Spent = Record<keyof typeof allowed, number> & {
  /** The shortest time between two writes, in milliseconds. */
  readonly gap: number;
  readonly writes: number;
};

/** The most of it that fell into any `ms` milliseconds. */
function most(entries: readonly JournalEntry[], ms: number, amount: (entry: JournalEntry) => number): number {
  let [from, sum, highest] = [0, 0, 0];
  for (const entry of entries) {
    sum += amount(entry);
    for (let first = entries[from]; first && first.at <= entry.at - ms; first = entries[++from]) sum -= amount(first);
    highest = Math.max(highest, sum);
  }
  return highest;
}

const isQuery = ({ route }: JournalEntry) => route === 'POST /graphql';
const isContent = ({ route, method }: JournalEntry) =>
  method === 'POST' &&
  /\/(issues|pulls|comments|reviews|releases|statuses)(\/\{\w+\}\/(comments|reviews))?$/.test(route);
const points = ({ write }: JournalEntry) => (write ? 5 : 1);

/** The most that one account asked of GitHub at any time. */
export function spentBy(account: string, journal: readonly JournalEntry[]): Spent {
  const own = journal.filter((entry) => entry.account === account);
  const [rest, queries] = [own.filter((entry) => !isQuery(entry)), own.filter(isQuery)];
  const writes = own.filter(({ write }) => write);
  const gaps = writes.slice(1).map(({ at }, index) => at - (writes[index]?.at ?? 0));
  return {
    // What is not modified costs nothing of this one.
    'requests in an hour': most(rest, hour, ({ status }) => (status === 304 ? 0 : 1)),
    'queries in an hour': most(queries, hour, () => 1),
    'points in a minute': most(rest, minute, points),
    'points of queries in a minute': most(queries, minute, points),
    'new content in a minute': most(own, minute, (entry) => (isContent(entry) ? 1 : 0)),
    'new content in an hour': most(own, hour, (entry) => (isContent(entry) ? 1 : 0)),
    gap: Math.min(...gaps),
    writes: writes.length,
  };
}

const saidToWait = 300_000;

/** Calls of an account while GitHub had told it to wait. */
function insidePause(account: string, journal: readonly JournalEntry[]): string[] {
  const own = journal.filter((entry) => entry.account === account);
  const told = own.filter(({ note }) => note === 'fault secondary-limit');
  return told.flatMap(({ at }) =>
    own
      .filter((entry) => entry.at > at && entry.at < at + saidToWait)
      .map(({ route, at: when }) => `${account}: ${route} ${when - at} ms into a pause`),
  );
}

const isRefused = ({ status, note }: JournalEntry) => note === '' && (status === 403 || status === 429);

/** Where an account went beyond a limit of GitHub's, or GitHub said that it did. */
export function beyond(account: string, journal: readonly JournalEntry[]): string[] {
  const spent = spentBy(account, journal);
  const names = Object.keys(allowed) as (keyof typeof allowed)[];
  const over = names.filter((name) => spent[name] > allowed[name]);
  const refused = journal.filter((entry) => entry.account === account && isRefused(entry));
  return [
    ...over.map((name) => `${account}: ${spent[name]} ${name}`),
    ...(spent.gap < writeGap ? [`${account}: two writes within ${spent.gap} ms`] : []),
    ...insidePause(account, journal),
    ...refused.map(({ route, at }) => `${account}: ${route} was refused at ${new Date(at).toISOString()}`),
  ];
}
