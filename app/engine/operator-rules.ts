import type { Log } from '../log.ts';
import type { Queue } from '../queue/queue.ts';
import { knownRepos } from './dependents.ts';
import type { DependentPorts } from './dependents.ts';
import type { SetUp } from './set-up.ts';

export interface OperatorPorts {
  readonly setUp: Pick<SetUp, 'operator' | 'known'>;
  readonly store: DependentPorts['store'];
  readonly queue: Pick<Queue<unknown>, 'addInTurn'>;
  readonly log: Log;
}

const betweenRepos = 1_000;

/** The operator changed the rules for everybody: with faults nothing changes, else every known repository is decided anew. */
export async function takeOperatorRules(text: string, { setUp, store, queue, log }: OperatorPorts): Promise<void> {
  const faults = setUp.operator(text);
  for (const { file, line, column, message } of faults) {
    log.error(`${file}:${line}:${column} ${message.en} (the rules before this edit stay in force)`);
  }
  if (faults.length > 0) return;
  const repos = await knownRepos({ store, setUp });
  await queue.addInTurn({ subjects: repos, gapMs: betweenRepos });
  log.info(`the operator's rules changed: ${repos.length} repositories are decided anew`);
}
