import { z } from 'zod';
import { isAccepted } from '../facts/callers.ts';
import type { Recalled } from '../facts/fact.ts';
import type { Hint, Job } from '../queue/queue.ts';
import type { Ports } from './outcome.ts';
import type { Report } from './report.ts';

const opening = z.object({ pull_request: z.object({ head: z.object({ sha: z.string() }) }) });
/** Of a burst the newest deliveries say enough. */
const mostRead = 10;

const isAbout = (what: string) => (hint: Hint) => hint.event === 'pull_request' && hint.action === what;

/** When the newest push that these tell of arrived. */
async function lastPush(hints: readonly Hint[], { store }: Pick<Ports, 'store'>): Promise<string | null> {
  const pushes = hints.filter(isAbout('synchronize')).slice(-mostRead);
  const found = await Promise.all(pushes.map(({ delivery }) => store.delivery(delivery)));
  const times = found.flatMap((one) => (one ? [one.receivedAt] : []));
  return times.length === 0 ? null : new Date(Math.max(...times)).toISOString();
}

/** Only what it was opened with is sure to be its first head: by the time it is read another one may have been pushed. */
async function firstHead(hints: readonly Hint[], { store }: Pick<Ports, 'store'>): Promise<string | null> {
  const opened = hints.find(isAbout('opened'));
  const found = opened ? await store.delivery(opened.delivery) : null;
  if (!found || found.body.length === 0) return null;
  return opening.safeParse(JSON.parse(found.body.toString())).data?.pull_request.head.sha ?? null;
}

/** What is remembered of a thread when its turn has come. */
export async function recall(
  job: Job,
  last: Report | null,
  refused: readonly string[],
  { store }: Ports,
): Promise<Recalled> {
  const done = await store.doneOn(job.lane);
  return {
    // Where GitHub refused a part of what was begun, that it was begun says nothing of how it ended.
    done: refused.length > 0 ? [...done.filter((key) => !isAccepted(key)), ...refused] : done,
    asked: await store.asksOn(job.lane),
    head: last?.facts?.head ?? null,
    pushedAt: await lastPush(job.hints, { store }),
    openedWith: await firstHead(job.hints, { store }),
    attempt: job.attempt,
  };
}
