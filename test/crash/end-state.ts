import type { Stage } from '../scenarios/stage.ts';

/** What people see once all is quiet, without the ids and texts that may differ from one run to another. */
export interface EndState {
  readonly threads: Readonly<Record<string, unknown>>;
  readonly labels: readonly string[];
}

function threadOf({ fake }: Stage, as: string): unknown {
  const { state, reason, title, head, labels, comments } = fake.thread(as);
  const commit = head === null ? null : fake.commit(as);
  return {
    ...{ state, reason, title, labels: labels.toSorted() },
    comments: comments.filter(({ us, minimized }) => us && !minimized).map(({ body }) => body),
    ...{ checks: commit?.checks, shown: commit?.checkSummaries, statuses: commit?.statuses },
  };
}

export function endStateOf(stage: Stage, names: readonly string[]): EndState {
  const labels = stage.fake.repository().labels.map(({ name }) => name);
  return { threads: Object.fromEntries(names.map((as) => [as, threadOf(stage, as)])), labels: labels.toSorted() };
}

const creating = /^POST .*\/(comments|labels|check-runs)$/;

/** How often each kind of thing was really made: what is made twice, somebody may see twice. */
export function madeIn({ fake }: Stage): Readonly<Record<string, number>> {
  const made = fake.journal.filter(({ route, applied }) => applied && creating.test(route));
  return Object.fromEntries([...Map.groupBy(made, ({ route }) => route)].map(([route, all]) => [route, all.length]));
}
