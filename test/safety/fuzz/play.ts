import fc from 'fast-check';
import type { Target } from './targets.ts';

export interface Played {
  readonly name: string;
  readonly runs: number;
  readonly seed: number;
  /** The longest that one input took, in milliseconds. */
  readonly slowest: number;
  /** What went wrong, with the smallest input that shows it; null when all is well. */
  readonly fault: string | null;
}

/** Gives a reader so many inputs of chance, or as many as fit into `forMs`; the same seed gives the same inputs. */
export async function play(target: Target, seed: number, runs: number, forMs: number): Promise<Played> {
  let slowest = 0;
  const property = fc.asyncProperty(target.inputs, async (given) => {
    const begun = performance.now();
    await target.holds(...given);
    slowest = Math.max(slowest, performance.now() - begun);
  });
  const limits = { interruptAfterTimeLimit: forMs, markInterruptAsFailure: false };
  const { failed, numRuns, counterexample, errorInstance } = await fc.check(property, {
    seed,
    numRuns: runs,
    ...limits,
  });
  const input = JSON.stringify(counterexample?.[0])?.slice(0, 2_000);
  const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return { name: target.name, runs: numRuns, seed, slowest, fault: failed ? `${input}: ${why}` : null };
}
