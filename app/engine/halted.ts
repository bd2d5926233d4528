import { Later } from '../queue/queue.ts';
import type { Job } from '../queue/queue.ts';
import { nameOf } from '../subject.ts';
import type { Ports } from './outcome.ts';

/** How soon the bot looks whether it may go on, in milliseconds. */
const lookAgain = 30_000;

/** Puts the work off while somebody wants nothing to be written there; asked before a job and before each write. */
export async function unlessHalted({ subject }: Job, { store, clock }: Pick<Ports, 'store' | 'clock'>): Promise<void> {
  const halt = await store.haltOf(subject.repo);
  if (halt === null) return;
  const where = halt.scope === '' ? 'everywhere' : `in ${halt.scope}`;
  throw new Later(`${nameOf(subject)}: nothing is written ${where}: ${halt.reason}`, clock.now() + lookAgain, {
    waits: true,
  });
}
