import { parseArgs } from 'node:util';
import { play } from '../test/safety/fuzz/play.ts';
import { targets } from '../test/safety/fuzz/targets.ts';

const usage = `usage: npm run fuzz -- [--runs N] [--seed S] [--only NAME]
  --runs   inputs for each reader (100000)
  --seed   the same seed gives the same inputs
  --only   one of: ${targets.map(({ name }) => name).join(', ')}`;

const day = 86_400_000;

interface Wish {
  readonly runs: number;
  readonly seed: number;
  readonly only: string | undefined;
}

function wishIn(args: readonly string[]): Wish | null {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ args: [...args], options: { runs: text, seed: text, only: text } });
    const [runs, seed] = [Number(values.runs ?? 100_000), Number(values.seed ?? Date.now() % 2 ** 31)];
    const isKnown = values.only === undefined || targets.some(({ name }) => name === values.only);
    return Number.isInteger(runs) && runs > 0 && Number.isInteger(seed) && isKnown
      ? { runs, seed, only: values.only }
      : null;
  } catch {
    return null;
  }
}

const wish = wishIn(process.argv.slice(2));
if (wish === null) {
  console.error(usage);
  process.exitCode = 2;
} else {
  console.log(`seed ${wish.seed}`);
  for (const target of targets.filter(({ name }) => wish.only === undefined || name === wish.only)) {
    const { name, runs, slowest, fault } = await play(target, wish.seed, wish.runs, day);
    console.log(
      `${name}: ${runs} inputs, the slowest ${slowest.toFixed(1)} ms${fault === null ? '' : `, WRONG: ${fault}`}`,
    );
    if (fault !== null) process.exitCode = 1;
  }
}
