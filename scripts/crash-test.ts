import { parseArgs } from 'node:util';
import { runCampaign } from '../test/crash/campaign.ts';
import { count, readArguments } from './usage.ts';

const usage = 'usage: npm run --silent crash-test -- [--kills N] [--seed S] [--json]';

function wishIn(args: string[]) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { kills: text, seed: text, json: { type: 'boolean' } } });
  const { kills = '50', seed = '1', json = false } = values;
  return { kills: count(kills, 'kills'), seed: count(seed, 'seed'), json };
}

async function main(): Promise<void> {
  const { json, ...options } = readArguments(usage, wishIn);
  const tell = (line: string) => void (json ? process.stderr : process.stdout).write(`${line}\n`);
  const { troubles, ...result } = await runCampaign({ ...options, tell });
  for (const trouble of troubles) tell(trouble);
  const good = result.lost === 0 && result.doubled === 0 && result.integrity === 'ok' && troubles.length === 0;
  if (!good) tell(`Again with: npm run --silent crash-test -- --kills ${options.kills} --seed ${options.seed}`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exit(good ? 0 : 1);
}

await main();
