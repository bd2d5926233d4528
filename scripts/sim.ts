import { parseArgs } from 'node:util';
import { availableParallelism } from 'node:os';
import { simulateMany } from '../test/sim/many.ts';
import { count, notUnderstood, readArguments } from './usage.ts';

const usage =
  'usage: npm run --silent sim -- [--seed S] [--lives N] [--tell] [--json] | --planted [NAME] [--lives N] | --crashes [NAME]';

/** Ten thousand lives take more than an hour. */
const tellEvery = 250;

function wishIn(args: string[]) {
  const [text, flag] = [{ type: 'string' } as const, { type: 'boolean' } as const];
  const options = { seed: text, lives: text, tell: flag, json: flag, planted: flag, crashes: flag };
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const { seed = '1', lives = '500', tell = false, json = false, planted = false, crashes = false } = values;
  const name = positionals.join(' ');
  if (name !== '' && !planted && !crashes) throw notUnderstood(name);
  return { seed: count(seed, 'seed'), lives: count(lives, 'lives'), tell, json, planted, crashes, name };
}

/** Lets each planted mistake be found in lives of chance; those whose name holds `name` only. */
async function seekAll(name: string, lives: number, say: (line: string) => void): Promise<boolean> {
  const { planted, seek } = await import('../test/sim/planted.ts');
  let all = true;
  for (const [what, one] of Object.entries(planted)) {
    if (!what.includes(name)) continue;
    const seed = await seek(one, lives);
    say(seed === null ? `NOT FOUND in ${lives} lives  ${what}` : `${one.tells} in life ${seed}  ${what}`);
    all &&= seed !== null;
  }
  return all;
}

/** Dies at every request of each short life; of those whose name holds `name` only. */
async function crashAll(name: string, say: (line: string) => void): Promise<boolean> {
  const { crashEverywhere, crashScripts } = await import('../test/sim/crashes.ts');
  let broken = 0;
  for (const what of Object.keys(crashScripts).filter((one) => one.includes(name))) {
    const { crashes, lies } = await crashEverywhere(what);
    say(`${crashes} crashes, ${lies.length} violations  ${what}`);
    lies.forEach(say);
    broken += lies.length;
  }
  return broken === 0;
}

async function main(): Promise<void> {
  const { seed, lives, tell, json, planted, crashes, name } = readArguments(usage, wishIn);
  const say = (line: string) => void (json ? process.stderr : process.stdout).write(`${line}\n`);
  if (crashes) process.exit((await crashAll(name, say)) ? 0 : 1);
  if (planted) process.exit((await seekAll(name, lives, say)) ? 0 : 1);
  if (tell) {
    const { simulate } = await import('../test/sim/life.ts');
    const { violations, hash } = await simulate(seed, {}, { tell: say });
    say(`journal ${hash}`);
    for (const { step, what } of violations) say(`seed ${seed}, step ${step}: ${what}`);
    process.exit(violations.length > 0 ? 1 : 0);
  }
  const lived = { lives: 0, violations: 0 };
  const result = await simulateMany({ seed, lives, processes: availableParallelism() }, (outcome) => {
    lived.lives += 1;
    lived.violations += outcome.violations.length;
    if (lived.lives % tellEvery === 0)
      process.stderr.write(`${lived.lives} of ${lives} lives, ${lived.violations} violations\n`);
    for (const { step, what } of outcome.violations)
      say(
        `seed ${outcome.seed}, step ${step}: ${what}; again with: npm run --silent sim -- --seed ${outcome.seed} --tell`,
      );
  });
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exit(result.violations > 0 ? 1 : 0);
}

await main();
