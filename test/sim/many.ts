import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Outcome } from './life.ts';

export interface ManyOptions {
  /** The seed of the first life; the others follow. */
  readonly seed: number;
  readonly lives: number;
  readonly processes: number;
}

export interface ManyResult {
  readonly lives: number;
  readonly violations: number;
  readonly merges: number;
  readonly crashes: number;
}

const program = join(import.meta.dirname, 'simulate-seeds.ts');

/** Lives many lives in several processes; told of each as it ends. */
export async function simulateMany(options: ManyOptions, tell: (outcome: Outcome) => void): Promise<ManyResult> {
  const { seed, lives, processes } = options;
  const total = { lives: 0, violations: 0, merges: 0, crashes: 0 };
  const run = async (index: number) => {
    const given = [seed + index, seed + lives, processes].map(String);
    const child = fork(program, given, { execArgv: ['--disable-warning=ExperimentalWarning'] });
    child.on('message', (outcome: Outcome) => {
      total.lives += 1;
      total.violations += outcome.violations.length;
      total.merges += outcome.merges;
      total.crashes += outcome.crashes;
      tell(outcome);
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`a process of the simulation ended with ${code}`);
  };
  await Promise.all(Array.from({ length: processes }, (_, index) => run(index)));
  return total;
}
