import { Trouble } from '../github/troubles.ts';
import type { Job, Outcome } from '../queue/queue.ts';
import type { Memory } from '../store/store.ts';
import { noted } from './outcome.ts';
import type { Ports } from './outcome.ts';

const betweenRepos = 1_000;

/** An installation works again, or may do more, and nobody said where: every repository it reaches is decided anew. */
export async function reachAll(job: Job, ports: Ports): Promise<Outcome<Memory>> {
  const { installation } = job.subject;
  if (installation === null) throw new Trouble('broken', 'an installation without a number');
  const repos = await ports.github.reachedBy(installation);
  const told = noted(job, `passed on to ${repos.length} repositories of the installation`, ports);
  return { ...told, inTurn: { subjects: repos, gapMs: betweenRepos } };
}
