import { wordsOf } from '../../commands/arguments.ts';
import type { Facts } from '../../facts/fact.ts';
import type { Checked, WorkflowRun } from '../../facts/run-facts.ts';
import { askedSince, beganSince } from '../../wants/retest.ts';
import type { Target } from './target.ts';

type Runs = Facts['runs'];

/** What a command means: what can run again, and commit statuses, which cannot. */
export interface Chosen {
  readonly targets: readonly Target[];
  readonly statuses: readonly string[];
  /** Names that nothing has. */
  readonly unknown: readonly string[];
}

type Named = Pick<Checked, 'name' | 'app'>;

/** People start these by themselves; they belong to no push. */
const byHand = ['workflow_dispatch', 'repository_dispatch', 'schedule'];

const isFailed = ({ state }: { readonly state: string }): boolean => state === 'failure';
const statusesIn = (runs: Runs, holds: (one: Runs['statuses'][number]) => boolean): string[] =>
  runs.statuses.filter(holds).map(({ name }) => name);

/** Whether the base asks for a check of this name; where an App is pinned, from that App. */
export const asksFor =
  (required: NonNullable<Runs['required']>) =>
  ({ name, app }: Named): boolean =>
    required.some((one) => one.name === name && (one.app === null || app === null || one.app === app));

const namesOf = (checks: readonly Named[]): string[] => checks.map(({ name }) => name);

/**
 * What has failed, as far as it is wanted, also while the rest of it goes on; and what began again since the command was
 * said, as it does where the command was carried out and that is not remembered.
 */
export function failedIn(runs: Runs, isWanted: ((check: Named) => boolean) | null, at: string): Chosen {
  const counts = (check: Checked) => isFailed(check) && (isWanted === null || isWanted(check));
  const workflows = (runs.workflows ?? []).filter(
    (run) =>
      run.jobs.some(counts) || beganSince(run, at) || (isWanted === null && (isFailed(run) || run.state === 'waiting')),
  );
  const suites = runs.suites.filter((one) => one.checks.some(counts) || askedSince(one, at));
  const statuses = statusesIn(runs, (one) => isFailed(one) && (isWanted?.({ name: one.name, app: null }) ?? true));
  const targets = [
    ...workflows.map((run) => ({ what: 'failed', run }) as const),
    ...suites.map((suite) => ({ what: 'suite', suite, names: namesOf(suite.checks.filter(counts)) }) as const),
  ];
  return { targets, statuses, unknown: [] };
}

/** Everything that a push starts. */
export function everything(runs: Runs): Chosen {
  const workflows = (runs.workflows ?? []).filter(({ event }) => !byHand.includes(event));
  const targets = [
    ...workflows.map((run) => ({ what: 'run', run }) as const),
    ...runs.suites.map((suite) => ({ what: 'suite', suite, names: namesOf(suite.checks) }) as const),
  ];
  return { targets, statuses: statusesIn(runs, () => true), unknown: [] };
}

type Same = (name: string) => boolean;

const isCalled = ({ name, file }: WorkflowRun, same: Same): boolean =>
  same(name) || same(file) || same(`.github/workflows/${file}`);

function called(runs: Runs, same: Same): Chosen {
  const workflows = runs.workflows ?? [];
  const whole = workflows.filter((run) => isCalled(run, same));
  // A job of a workflow that runs again as a whole does so, too.
  const jobs = workflows
    .filter((run) => !whole.includes(run))
    .flatMap((run) => run.jobs.filter(({ name }) => same(name)).map((job) => ({ what: 'job', run, job }) as const));
  const suites = runs.suites.filter(({ checks }) => checks.some(({ name }) => same(name)));
  const targets = [
    ...whole.map((run) => ({ what: 'run', run }) as const),
    ...jobs,
    ...suites.map((suite) => ({ what: 'suite', suite, names: namesOf(suite.checks).filter(same) }) as const),
  ];
  return { targets, statuses: statusesIn(runs, ({ name }) => same(name)), unknown: [] };
}

const isNothing = ({ targets, statuses }: Chosen): boolean => targets.length + statuses.length === 0;

/** What has exactly this name; where nothing has, in any case. Part of a name is none. */
function byName(runs: Runs, wanted: string): Chosen {
  const exact = called(runs, (name) => name === wanted);
  if (!isNothing(exact)) return exact;
  const loose = called(runs, (name) => name.toLowerCase() === wanted.toLowerCase());
  return isNothing(loose) ? { ...loose, unknown: [wanted] } : loose;
}

const tidy = (word: string): string => word.trim().replace(/,$/, '');

/** What `/test` names: the whole line where something is called that, else word by word, with commas or without. */
export function namedIn(runs: Runs, line: string): Chosen {
  const whole = byName(runs, tidy(line));
  if (!isNothing(whole)) return whole;
  const words = (wordsOf(line) ?? line.split(/[ \t]+/)).map(tidy).filter((word) => word !== '');
  const found = [...new Set(words)].map((word) =>
    word.toLowerCase() === 'all' ? everything(runs) : byName(runs, word),
  );
  return {
    targets: found.flatMap(({ targets }) => targets),
    statuses: [...new Set(found.flatMap(({ statuses }) => statuses))],
    unknown: found.flatMap(({ unknown }) => unknown),
  };
}

/** Every name that `/test` understands. */
export function namesIn({ workflows, suites }: Runs): readonly string[] {
  const all = [
    ...(workflows ?? []).flatMap(({ name, jobs }) => [name, ...jobs.map((job) => job.name)]),
    ...suites.flatMap(({ checks }) => checks.map(({ name }) => name)),
  ];
  return [...new Set(all)];
}
