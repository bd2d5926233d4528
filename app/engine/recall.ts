import type { Recalled } from '../facts/fact.ts';
import type { Job } from '../queue/queue.ts';
import type { Ports } from './outcome.ts';
import type { Report } from './report.ts';

/** What is remembered of a thread when its turn has come. */
export async function recall(
  job: Job,
  last: Report | null,
  refused: readonly string[],
  { store }: Ports,
): Promise<Recalled> {
  const pushes = job.hints.filter(({ event, action }) => event === 'pull_request' && action === 'synchronize');
  const newest = pushes.at(-1);
  const delivery = newest ? await store.delivery(newest.delivery) : null;
  return {
    done: [...(await store.doneOn(job.lane)), ...refused],
    asked: await store.asksOn(job.lane),
    head: last?.facts?.head ?? null,
    pushedAt: delivery ? new Date(delivery.receivedAt).toISOString() : null,
    opened: job.hints.some(({ event, action }) => event === 'pull_request' && action === 'opened'),
    attempt: job.attempt,
  };
}
