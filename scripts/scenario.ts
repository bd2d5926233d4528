import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Outcome } from '../test/scenarios/scenario.ts';
import { outcomeLine, playFile } from '../test/scenarios/play.ts';
import { endMisused, Misused, readArguments } from './usage.ts';

const usage = 'usage: npm run --silent scenario -- FILE… [--json]';

function wishIn(args: string[]) {
  const options = { json: { type: 'boolean', default: false } } as const;
  const { positionals: files, values } = parseArgs({ args, options, allowPositionals: true });
  if (files.length === 0) throw new Misused('No scenario file was named.');
  return { files, json: values.json };
}

async function main(): Promise<void> {
  const { files, json } = readArguments(usage, wishIn);
  for (const file of files) {
    const found = await stat(file).catch(() => null);
    if (!found?.isFile()) endMisused(usage, `There is no file ${file}.`);
  }
  const outcomes: Outcome[] = [];
  for (const file of files) {
    const before = outcomes.length;
    for await (const outcome of playFile(file)) {
      outcomes.push(outcome);
      process.stdout.write(`${json ? JSON.stringify(outcome) : outcomeLine(outcome)}\n`);
    }
    if (outcomes.length === before) endMisused(usage, `There is no scenario in ${file}.`);
  }
  const failed = outcomes.filter(({ ok }) => !ok).length;
  if (!json) process.stdout.write(`${outcomes.length - failed} passed, ${failed} failed\n`);
  // A bot that hung may have left something behind that would keep this process alive.
  process.exit(failed > 0 ? 1 : 0);
}

await main();
