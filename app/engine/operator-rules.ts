import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Queue } from '../queue/queue.ts';
import { knownRepos } from './dependents.ts';
import type { DependentPorts } from './dependents.ts';
import type { SetUp } from './set-up.ts';

export interface OperatorPorts {
  readonly setUp: Pick<SetUp, 'operator' | 'known'>;
  readonly store: DependentPorts['store'];
  readonly queue: Pick<Queue<unknown>, 'add'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Webhooks that come meanwhile are not to wait behind every thread of every repository. */
const between = 1_000;

/** The operator changed the rules for everybody: with faults nothing changes, else every known repository is decided anew. */
export async function takeOperatorRules(
  text: string,
  { setUp, store, queue, clock, log }: OperatorPorts,
): Promise<void> {
  const faults = setUp.operator(text);
  for (const { file, line, column, message } of faults) {
    log.error(`${file}:${line}:${column} ${message.en} (the rules before this edit stay in force)`);
  }
  if (faults.length > 0) return;
  const repos = await knownRepos({ store, setUp });
  const start = clock.now();
  for (const [at, subject] of repos.entries()) await queue.add(subject, { notBefore: start + at * between });
  log.info(`the operator's rules changed: ${repos.length} repositories are decided anew`);
}
