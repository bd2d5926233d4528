import { parseArgs } from 'node:util';
import { play } from '../test/safety/fuzz/play.ts';
import { targets } from '../test/safety/fuzz/targets.ts';
import { count, Misused, readArguments } from './usage.ts';

const names = targets.map(({ name }) => name);
const usage = `usage: npm run fuzz -- [--runs N] [--seed S] [--only NAME]
  --runs   inputs for each reader (100000)
  --seed   the same seed gives the same inputs
  --only   one of: ${names.join(', ')}`;

const day = 86_400_000;

function wishIn(args: string[]) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { runs: text, seed: text, only: text } });
  const { runs = '100000', seed = String(1 + (Date.now() % 2 ** 31)), only } = values;
  if (only !== undefined && !names.includes(only)) throw new Misused(`There is no reader ${only}.`);
  return { runs: count(runs, 'runs'), seed: count(seed, 'seed'), only };
}

const wish = readArguments(usage, wishIn);
console.log(`seed ${wish.seed}`);
for (const target of targets.filter(({ name }) => wish.only === undefined || name === wish.only)) {
  const { name, runs, slowest, fault } = await play(target, wish.seed, wish.runs, day);
  console.log(
    `${name}: ${runs} inputs, the slowest ${slowest.toFixed(1)} ms${fault === null ? '' : `, WRONG: ${fault}`}`,
  );
  if (fault !== null) process.exitCode = 1;
}
