import type { Facts } from '../facts/fact.ts';
import type { RerunWant, Terms } from '../wants/want.ts';
import type { Hindrance } from './blockers.ts';
import type { MergeOptions } from './options.ts';
import * as words from './words.ts';

export interface Rerun {
  readonly hindrance: Hindrance;
  /** None while the run goes on, or what was run again has not shown up yet. */
  readonly wants: readonly (Terms & RerunWant)[];
}

/** When nothing is heard of a re-run: the webhook may be lost. */
const silence = 600_000;

/** Under keys that begin so the re-runs of one workflow run are remembered. */
const keysOf = (head: string, run: number): string => `rerun:${head}:${run}:`;

/**
 * Whether failed jobs of GitHub Actions are all that holds the merge and may run again. One failure is tried again once: its
 * key names the check run, so what GitHub still shows of it after a re-run does not count twice.
 */
export function rerunFor(facts: Facts, { retries }: MergeOptions, open: readonly Hindrance[]): Rerun | null {
  const [only, ...others] = open;
  const { contexts, pull, done, now } = facts;
  if (!only?.failed || others.length > 0 || !pull) return null;
  const failed = contexts.list.filter(
    ({ name, state, ours }) => state === 'failure' && !ours && only.failed?.includes(name),
  );
  // What we only stood in for cannot be run again.
  if (!only.failed.every((name) => failed.some((one) => one.name === name))) return null;
  const jobs = failed.flatMap(({ job }) => (job ? [job] : []));
  if (jobs.length < failed.length) return null;
  const runs = Map.groupBy(jobs, ({ run }) => run);
  // One that broke ends the others of its matrix, which are then cancelled too.
  if ([...runs.values()].some((all) => !all.some(({ broke }) => broke))) return null;
  const tries = [...runs].map(([run, all]) => {
    const once = `${keysOf(pull.head, run)}${Math.max(...all.map(({ check }) => check))}`;
    const tried = done.filter((key) => key.startsWith(keysOf(pull.head, run))).length;
    // GitHub runs nothing again before the whole run has ended.
    const goesOn = contexts.list.some(({ job, state }) => job?.run === run && state === 'pending');
    const isDone = done.includes(once);
    return { want: { kind: 'rerun', head: pull.head, run, once } as const, isDone, goesOn, tried };
  });
  if (tries.some(({ isDone, tried }) => !isDone && tried >= retries)) return null;
  const what = words.rerunning({ names: words.names([...only.failed].sort()), most: retries });
  return {
    hindrance: { who: null, what, until: Date.parse(now) + silence, soon: true },
    wants: tries.filter(({ isDone, goesOn }) => !isDone && !goesOn).map(({ want }) => want),
  };
}
