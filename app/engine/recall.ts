import { isAccepted } from '../facts/callers.ts';
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
  const done = await store.doneOn(job.lane);
  return {
    // Where GitHub refused a part of what was begun, that it was begun says nothing of how it ended.
    done: refused.length > 0 ? [...done.filter((key) => !isAccepted(key)), ...refused] : done,
    asked: await store.asksOn(job.lane),
    head: last?.facts?.head ?? null,
    pushedAt: delivery ? new Date(delivery.receivedAt).toISOString() : null,
    opened: job.hints.some(({ event, action }) => event === 'pull_request' && action === 'opened'),
    attempt: job.attempt,
  };
}
