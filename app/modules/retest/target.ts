import type { Call } from '../../commands/command.ts';
import type { Seen } from '../../facts/fact.ts';
import type { Checked, Suite, WorkflowRun } from '../../facts/run-facts.ts';
import { refusalKey } from '../../wants/refusal.ts';
import retest, { askedSince, beganSince } from '../../wants/retest.ts';
import type { RetestWant } from '../../wants/want.ts';

/** Something that can run again. */
export type Target =
  | { readonly what: 'run' | 'failed'; readonly run: WorkflowRun }
  | { readonly what: 'job'; readonly run: WorkflowRun; readonly job: Checked }
  | { readonly what: 'suite'; readonly suite: Suite; readonly names: readonly string[] };

/** How things stand with what was asked for. Names are those that people see. */
export interface Sorted {
  readonly wants: readonly RetestWant[];
  /** They began again after the command was said: it was carried out before. */
  readonly since: readonly string[];
  /** They still run. */
  readonly busy: readonly string[];
  /** Somebody has to allow them first. */
  readonly waiting: readonly string[];
  /** GitHub refused to run them again. */
  readonly refused: readonly string[];
  /** Only an App may ask for them, and we are none. */
  readonly barred: readonly string[];
}

type Fate = { readonly fate: Exclude<keyof Sorted, 'wants'> } | { readonly fate: 'wants'; readonly want: RetestWant };

const nameOf = (target: Target): string =>
  target.what === 'suite' ? target.names.join(', ') : target.what === 'job' ? target.job.name : target.run.name;

const idOf = (target: Target): number =>
  target.what === 'suite' ? target.suite.id : target.what === 'job' ? target.job.id : target.run.id;

function fateOf(target: Target, call: Call, { pull, done, now, runs }: Seen<'pull' | 'runs'>): Fate {
  if (target.what === 'suite') {
    if (!runs.asApp) return { fate: 'barred' };
    if (askedSince(target.suite, call.at)) return { fate: 'since' };
    if (target.suite.checks.some(({ state }) => state === 'pending')) return { fate: 'busy' };
  } else {
    if (target.run.state === 'waiting') return { fate: 'waiting' };
    if (beganSince(target.run, call.at)) return { fate: 'since' };
    if (target.run.state === 'pending') return { fate: 'busy' };
  }
  const { what } = target;
  const named = { kind: 'retest', head: pull?.head ?? '', what, id: idOf(target) } as const;
  const want: RetestWant = { ...named, asked: call.key, at: call.at };
  return done.includes(refusalKey(retest.id(want), now)) ? { fate: 'refused' } : { fate: 'wants', want };
}

/** GitHub begins a run once, and nothing of it again before it has ended: what is asked of one run is asked at once. */
function together(targets: readonly Target[]): Target[] {
  const runs = targets.filter((target) => target.what !== 'suite');
  const suites = targets.filter((target) => target.what === 'suite');
  const ofRuns = [...Map.groupBy(runs, ({ run }) => run.id).values()].flatMap((group): Target[] => {
    const [first] = group;
    const whole = group.find(({ what }) => what !== 'job');
    const jobs = new Set(group.flatMap((target) => (target.what === 'job' ? [target.job.id] : [])));
    if (!first || whole || jobs.size === 1) return first ? [whole ?? first] : [];
    const failed = first.run.jobs.filter(({ state }) => state === 'failure');
    const isExact = failed.length === jobs.size && failed.every(({ id }) => jobs.has(id));
    return [{ what: isExact ? 'failed' : 'run', run: first.run }];
  });
  return [...ofRuns, ...new Map(suites.map((target) => [target.suite.id, target])).values()];
}

/** What becomes of each; one that is named twice counts once. */
export function sortOut(targets: readonly Target[], call: Call, facts: Seen<'pull' | 'runs'>): Sorted {
  const all = together(targets).map((target) => ({ name: nameOf(target), fate: fateOf(target, call, facts) }));
  const names = (wanted: Fate['fate']) => all.filter(({ fate }) => fate.fate === wanted).map(({ name }) => name);
  return {
    wants: all.flatMap(({ fate }) => (fate.fate === 'wants' ? [fate.want] : [])),
    ...{ since: names('since'), busy: names('busy'), waiting: names('waiting') },
    ...{ refused: names('refused'), barred: names('barred') },
  };
}
