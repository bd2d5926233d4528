import { z } from 'zod';
import { Trouble } from '../github/troubles.ts';
import { shaped } from './actor.ts';
import type { Learning } from './fact.ts';
import type { Context } from './merge-facts.ts';

/** A context with the number of its check run; 0 for a status. */
export interface Seen extends Context {
  readonly id: number;
}

const runsShape = z.object({
  workflow_runs: z.array(z.object({ id: z.number(), event: z.string(), workflow_id: z.number() })),
});

const later = (a: Seen, b: Seen): Seen => (b.id >= a.id ? b : a);
const isFine = ({ state }: Context): boolean => state === 'success' || state === 'skipped';

/** Jobs of several runs under one name, of which the newest is fine and another one is not. */
function isUnclear(group: readonly Seen[]): boolean {
  const runs = new Set(group.flatMap(({ job }) => job?.run ?? []));
  return runs.size > 1 && isFine(group.reduce(later)) && !group.every(isFine);
}

/** Which runs are runs of the same workflow, for the same kind of event; of those that GitHub does not tell nothing is known. */
async function workflowsOf(head: string, { read }: Learning): Promise<ReadonlyMap<number, string>> {
  try {
    const params = { head_sha: head, per_page: 100, exclude_pull_requests: true };
    const answer = await read.get('GET /repos/{owner}/{repo}/actions/runs', params);
    const { workflow_runs: all } = shaped(runsShape, answer ?? { workflow_runs: [] }, 'the workflow runs');
    return new Map(all.map(({ id, workflow_id, event }) => [id, `${workflow_id} ${event}`]));
  } catch (error) {
    if (error instanceof Trouble && error.kind === 'forbidden') return new Map();
    throw error;
  }
}

/**
 * The newest run of each name and App: the one with the highest number. Two workflows may have a job of one name each, and
 * that the one passed says nothing of the other.
 */
export async function newestOf(all: readonly Seen[], head: string, learning: Learning): Promise<Context[]> {
  const groups = [...Map.groupBy(all, ({ kind, app, name }) => JSON.stringify([kind, app, name])).values()];
  const workflows = groups.some(isUnclear) ? await workflowsOf(head, learning) : new Map<number, string>();
  const parted = groups.flatMap((group) => {
    if (!isUnclear(group)) return [group];
    const workflowOf = ({ job }: Seen) => (job ? (workflows.get(job.run) ?? `run ${job.run}`) : '');
    return [...Map.groupBy(group, workflowOf).values()];
  });
  return parted.map((group) => {
    const { name, kind, app, state, ours, job } = group.reduce(later);
    return { name, kind, app, state, ours, ...(job && { job }) };
  });
}
