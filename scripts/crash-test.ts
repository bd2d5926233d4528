import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runCampaign } from '../test/crash/campaign.ts';
import { dyingInEach } from '../test/crash/in-each-write.ts';
import { parseScenarios } from '../test/scenarios/format.ts';
import { outcomeLine } from '../test/scenarios/play.ts';
import { count, endMisused, Misused, readArguments } from './usage.ts';

const usage = 'usage: npm run --silent crash-test -- [--kills N] [--seed S] [--json] | --scenarios FILE… [--json]';

function wishIn(args: string[]) {
  const [text, flag] = [{ type: 'string' } as const, { type: 'boolean' } as const];
  const options = { kills: text, seed: text, json: flag, scenarios: flag };
  const { values, positionals: files } = parseArgs({ args, options, allowPositionals: true });
  const { kills = '50', seed = '1', json = false, scenarios = false } = values;
  if (!scenarios && files[0] !== undefined) throw new Misused(`Files come with --scenarios: ${files[0]}`);
  if (scenarios && files.length === 0) throw new Misused('No scenario file was named.');
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined) throw new Misused(`There is no file ${missing}.`);
  return { kills: count(kills, 'kills'), seed: count(seed, 'seed'), json, files };
}

type Tell = (line: string) => void;

/** Lets the bot die in every write of every scenario of these files. */
async function dieInScenarios(files: readonly string[], tell: Tell): Promise<boolean> {
  const total = { scenarios: 0, deaths: 0, violations: 0 };
  for (const file of files) {
    for (const parsed of parseScenarios(await readFile(file, 'utf8'), file)) {
      if (parsed.kind === 'broken') return endMisused(usage, `${file}: ${parsed.title} is no scenario.`);
      total.scenarios += 1;
      for await (const { death, ...outcome } of dyingInEach(parsed.scenario)) {
        total.deaths += 1;
        if (outcome.ok) continue;
        total.violations += 1;
        tell(`dead in write ${death.at}, ${death.applied ? '' : 'not '}applied: ${outcomeLine(outcome)}`);
      }
    }
  }
  process.stdout.write(`${JSON.stringify(total)}\n`);
  return total.violations === 0;
}

async function main(): Promise<void> {
  const { json, files, ...options } = readArguments(usage, wishIn);
  const tell: Tell = (line) => void (json ? process.stderr : process.stdout).write(`${line}\n`);
  if (files.length > 0) process.exit((await dieInScenarios(files, tell)) ? 0 : 1);
  const { troubles, ...result } = await runCampaign({ ...options, tell });
  for (const trouble of troubles) tell(trouble);
  const good = result.lost === 0 && result.doubled === 0 && result.integrity === 'ok' && troubles.length === 0;
  if (!good) tell(`Again with: npm run --silent crash-test -- --kills ${options.kills} --seed ${options.seed}`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exit(good ? 0 : 1);
}

await main();
