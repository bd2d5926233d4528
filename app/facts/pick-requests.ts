import type { Asked } from './command-facts.ts';
import type { Actor, Happening, Thread } from './fact.ts';

/** The module whose commands and label ask for picks. */
export const pickModule = 'cherry-pick';

/** Somebody asked that a pull request be picked to a branch. */
export interface PickRequest {
  readonly branch: string;
  /** Of the command line or of the time the label was put on. */
  readonly key: string;
  readonly by: Actor;
  /** ISO 8601. */
  readonly at: string;
  readonly byLabel: boolean;
}

/** The branch on which a pick is made. */
export const pickBranch = (number: number, target: string) => `cherry-pick-${number}-to-${target}`;

/** Under this key it is remembered that a request was dealt with. */
export const pickedKey = ({ branch, key }: PickRequest) => `cherry-pick:${branch}:${key}`;

const isLabel = (name: string, prefix: string) =>
  name.length > prefix.length && name.toLowerCase().startsWith(prefix.toLowerCase());

/** Whoever put a label on that is there now; a label of which that is not known is no evidence. */
function byLabels({ labels }: Thread, happened: readonly Happening[], prefix: string): PickRequest[] {
  return labels.flatMap((name) => {
    if (!isLabel(name, prefix)) return [];
    const last = happened.findLast(
      ({ kind, object }) => (kind === 'labeled' || kind === 'unlabeled') && object.toLowerCase() === name.toLowerCase(),
    );
    if (last?.kind !== 'labeled') return [];
    return [{ branch: name.slice(prefix.length), key: last.key, by: last.actor, at: last.at, byLabel: true }];
  });
}

/** Everything that was asked for by command or label, oldest first; a comment that is gone asks for nothing. */
export function requestsOf(
  thread: Thread,
  asks: readonly Asked[],
  happened: readonly Happening[],
  prefix: string,
): readonly PickRequest[] {
  const own = asks.filter(({ module, withdrawn }) => module === pickModule && !withdrawn);
  const said = own.flatMap(({ key, by, at, args }) =>
    [args['branches'] ?? []].flat().map((branch) => ({ branch, key, by, at, byLabel: false })),
  );
  const all = [...said, ...byLabels(thread, happened, prefix)];
  return all.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** So many branches are picked to at most. */
export const mostTargets = 20;

/** The requests by target, in the order in which the targets were named first. */
export function byTarget(requests: readonly PickRequest[]): ReadonlyMap<string, readonly PickRequest[]> {
  return new Map([...Map.groupBy(requests, ({ branch }) => branch)].slice(0, mostTargets));
}

/** The targets of which the newest request was not dealt with. */
export function pending(requests: readonly PickRequest[], done: readonly string[]): readonly string[] {
  return [...byTarget(requests)].flatMap(([branch, some]) => {
    const newest = some.at(-1);
    return newest && !done.includes(pickedKey(newest)) ? [branch] : [];
  });
}
