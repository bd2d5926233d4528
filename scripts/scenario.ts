import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Outcome } from '../test/scenarios/scenario.ts';
import { outcomeLine, playFile } from '../test/scenarios/play.ts';

const usage = 'Usage: npm run --silent scenario -- FILE… [--json]';

function usageError(message: string): never {
  process.stderr.write(`${message}\n${usage}\n`);
  process.exit(2);
}

function readArguments(): { files: readonly string[]; json: boolean } {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
    return { files: positionals, json: values.json === true };
  } catch (error) {
    return usageError((error as Error).message);
  }
}

async function main(): Promise<void> {
  const { files, json } = readArguments();
  if (files.length === 0) usageError('No scenario file was named.');
  for (const file of files) {
    const found = await stat(file).catch(() => null);
    if (!found?.isFile()) usageError(`There is no file ${file}.`);
  }
  const outcomes: Outcome[] = [];
  for (const file of files) {
    const before = outcomes.length;
    for await (const outcome of playFile(file)) {
      outcomes.push(outcome);
      process.stdout.write(`${json ? JSON.stringify(outcome) : outcomeLine(outcome)}\n`);
    }
    if (outcomes.length === before) usageError(`There is no scenario in ${file}.`);
  }
  const failed = outcomes.filter(({ ok }) => !ok).length;
  if (!json) process.stdout.write(`${outcomes.length - failed} passed, ${failed} failed\n`);
  // A bot that hung may have left something behind that would keep this process alive.
  process.exit(failed > 0 ? 1 : 0);
}

await main();
