import type { Deed } from '../fake-github/fault-kinds.ts';
import { inGitHub } from './planted-in-answers.ts';
import { inItself } from './planted-in-itself.ts';
import { simulate } from './life.ts';
import type { Plant } from './sim-stage.ts';

/** A mistake that bots have made, what tells of it, and a short life that shows it. */
export interface Planted {
  readonly plant: () => Plant;
  readonly tells: string;
  readonly script: readonly Deed[];
}

/**
 * Each is put between the bot and its world, and never into the bot. What cannot be put there:
 *
 * - the author's date as freshness: no fact of the bot holds a commit's date; what would follow from it is what follows where a
 *   command is for the head of when it is handled;
 * - a login instead of a number, a name instead of a repository's number: nobody is renamed in these lives; the tests of the
 *   facts and of the repository's life show it;
 * - an installation believed from the payload: GitHub makes no token for a repository that the installation does not reach, and
 *   nobody without the secret can write a payload;
 * - a pause for the process instead of the installation: these lives have one installation; the tests of the budget have more.
 */
export const planted: Readonly<Record<string, Planted>> = { ...inGitHub, ...inItself };

/** In which of so many lives, drawn from seed 1 on, it was found; null when in none. The mistake's own script is not used. */
export async function seek({ plant, tells }: Planted, lives: number): Promise<number | null> {
  for (let seed = 1; seed <= lives; seed++) {
    const { violations } = await simulate(seed, plant(), { until: tells });
    if (violations.some(({ what }) => what.includes(tells))) return seed;
  }
  return null;
}
