import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { test } from 'node:test';
import { parseScenarios } from './format.ts';
import { brokenOutcome, outcomeLine, play } from './play.ts';

const files: string[] = [];
for await (const file of glob(`${import.meta.dirname}/**/*.yml`)) files.push(file);
files.sort();

for (const file of files) {
  const name = relative(process.cwd(), file);
  for (const parsed of parseScenarios(await readFile(file, 'utf8'), name)) {
    const title = parsed.kind === 'scenario' ? parsed.scenario.title : parsed.title;
    test(`${name}: ${title}`, async () => {
      const outcome = parsed.kind === 'broken' ? brokenOutcome(parsed) : (await play(parsed.scenario)).outcome;
      assert.ok(outcome.ok, outcomeLine(outcome));
    });
  }
}
