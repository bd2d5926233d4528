import { z } from 'zod';
import { isAccepted } from '../facts/callers.ts';
import type { Recalled } from '../facts/fact.ts';
import type { Hint, Job } from '../queue/queue.ts';
import type { Ports } from './outcome.ts';
import type { Report } from './report.ts';

const opening = z.object({ pull_request: z.object({ head: z.object({ sha: z.string() }) }) });

const isAbout = (what: string) => (hint: Hint) => hint.event === 'pull_request' && hint.action === what;

const sending = z.object({ sender: z.object({ id: z.number(), login: z.string(), type: z.string() }) });

interface Push {
  readonly at: number;
  readonly by: Recalled['pushers'];
}

/** Who pushed, of the people among them: an App pushes for somebody. */
function byIn(body: Buffer): Push['by'] {
  const { sender } = (body.length > 0 && sending.safeParse(JSON.parse(body.toString())).data) || {};
  return sender?.type === 'User' ? [{ id: sender.id, login: sender.login }] : [];
}

/** The pushes to the head that these tell of. */
async function pushesIn(hints: readonly Hint[], { store }: Pick<Ports, 'store'>): Promise<readonly Push[]> {
  const told = hints.filter(isAbout('synchronize'));
  const found = await Promise.all(told.map(({ delivery }) => store.delivery(delivery)));
  return found.flatMap((one) => (one ? [{ at: one.receivedAt, by: byIn(one.body) }] : []));
}

const pushed = /^pushed:(\d+):(.*)$/s;

/** Under these keys it is remembered who pushed. */
export const pushedKeys = ({ pushers }: Pick<Recalled, 'pushers'>): readonly string[] =>
  pushers.map(({ id, login }) => `pushed:${id}:${login}`);

function pushersIn(done: readonly string[], pushes: readonly Push[]): Recalled['pushers'] {
  const before = done.flatMap((key) => {
    const [, id, login = ''] = pushed.exec(key) ?? [];
    return id === undefined ? [] : [{ id: Number(id), login }];
  });
  const all = [...before, ...pushes.flatMap(({ by }) => by)];
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

/** Only what it was opened with is sure to be its first head: by the time it is read another one may have been pushed. */
async function firstHead(hints: readonly Hint[], { store }: Pick<Ports, 'store'>): Promise<string | null> {
  const opened = hints.find(isAbout('opened'));
  const found = opened ? await store.delivery(opened.delivery) : null;
  if (!found || found.body.length === 0) return null;
  return opening.safeParse(JSON.parse(found.body.toString())).data?.pull_request.head.sha ?? null;
}

/** When a look at the thread came to its end last: one that was broken off dealt with nothing that people said. */
export function consideredAt(last: Report | null): string | null {
  if (!last || last.outcome === 'considered') return last?.at ?? null;
  return last.facts?.considered ?? null;
}

/** What is remembered of a thread when its turn has come. */
export async function recall(
  job: Job,
  last: Report | null,
  refused: readonly string[],
  { store }: Ports,
): Promise<Recalled> {
  const done = await store.doneOn(job.lane);
  const pushes = await pushesIn(job.hints, { store });
  return {
    // Where GitHub refused a part of what was begun, that it was begun says nothing of how it ended.
    done: refused.length > 0 ? [...done.filter((key) => !isAccepted(key)), ...refused] : done,
    asked: await store.asksOn(job.lane),
    considered: consideredAt(last),
    head: last?.facts?.head ?? null,
    pushedAt: pushes.length === 0 ? null : new Date(Math.max(...pushes.map(({ at }) => at))).toISOString(),
    pushers: pushersIn(done, pushes),
    openedWith: await firstHead(job.hints, { store }),
    errors: job.errors,
  };
}
