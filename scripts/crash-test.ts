import { parseArgs } from 'node:util';
import { runCampaign } from '../test/crash/campaign.ts';

const usage = 'Usage: npm run --silent crash-test -- [--kills N] [--seed S] [--json]';

function usageError(message: string): never {
  process.stderr.write(`${message}\n${usage}\n`);
  process.exit(2);
}

function count(text: string, name: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) usageError(`--${name} is a number from 1, not ${text}.`);
  return Number(text);
}

function readArguments(): { kills: number; seed: number; json: boolean } {
  try {
    const string = { type: 'string' } as const;
    const { values } = parseArgs({ options: { kills: string, seed: string, json: { type: 'boolean' } } });
    const { kills = '50', seed = '1', json = false } = values;
    return { kills: count(kills, 'kills'), seed: count(seed, 'seed'), json };
  } catch (error) {
    return usageError((error as Error).message);
  }
}

async function main(): Promise<void> {
  const { json, ...options } = readArguments();
  const tell = (line: string) => void (json ? process.stderr : process.stdout).write(`${line}\n`);
  const { troubles, ...result } = await runCampaign({ ...options, tell });
  for (const trouble of troubles) tell(trouble);
  const good = result.lost === 0 && result.doubled === 0 && result.integrity === 'ok' && troubles.length === 0;
  if (!good) tell(`Again with: npm run --silent crash-test -- --kills ${options.kills} --seed ${options.seed}`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exit(good ? 0 : 1);
}

await main();
