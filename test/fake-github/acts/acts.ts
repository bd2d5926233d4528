import { ApiError } from '../api-error.ts';
import { workQueues } from '../changes/queue.ts';
import type { Hub } from '../hub.ts';
import { hubOfNamed, repositoryHub } from '../views.ts';
import { ActKeys } from './act-keys.ts';
import { branchActs } from './branch-acts.ts';
import { checkActs } from './check-acts.ts';
import { lifeActs } from './life-acts.ts';
import { pullActs } from './pull-acts.ts';
import { runActs } from './run-acts.ts';
import { threadActs } from './thread-acts.ts';

export interface Act {
  readonly keys: readonly string[];
  readonly run: (keys: ActKeys) => void;
}

export type Acts = Record<string, Act>;

const all: Acts = { ...threadActs, ...pullActs, ...branchActs, ...checkActs, ...lifeActs, ...runActs };

/** Where a step happens: in the repository it names, in that of what it speaks of, else in the first. */
function placeOf(hub: Hub, step: string, keys: Readonly<Record<string, unknown>>): Hub {
  const { repo } = keys;
  if (repo !== undefined && typeof repo !== 'string') throw new Error(`${step}: repo must be text`);
  if (repo !== undefined) return repositoryHub(hub, repo);
  const name = keys['of'] ?? keys['comment'] ?? keys['review'];
  return typeof name === 'string' ? hubOfNamed(hub, name) : hub;
}

export function perform(hub: Hub, step: string, keys: Readonly<Record<string, unknown>>): void {
  const act = Object.hasOwn(all, step) ? all[step] : undefined;
  if (!act) throw new Error(`unknown step ${step}`);
  try {
    const place = placeOf(hub, step, keys);
    if (place.state.repository.archived && !Object.hasOwn(lifeActs, step))
      throw new ApiError(403, 'Repository was archived so is read-only.');
    act.run(new ActKeys(place, step, keys, act.keys));
    workQueues(place);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new Error(`${step}: GitHub refuses: ${error.message} ${JSON.stringify(error.errors ?? '')}`, {
      cause: error,
    });
  }
}
