import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { test } from 'node:test';
import { budgetAfter } from './answer-budget.ts';
import { parseScenarios } from './format.ts';
import { brokenOutcome, outcomeLine, play } from './play.ts';
import type { Scenario } from './scenario.ts';

const files: string[] = [];
for await (const file of glob(`${import.meta.dirname}/**/*.yml`)) files.push(file);
files.sort();

/** Besides what a scenario expects, the bot never says more than its budget. */
async function played(scenario: Scenario) {
  const { outcome } = await play(scenario, {
    after(step, _sentence, { fake }) {
      const faults = budgetAfter(scenario, step.number, fake);
      if (faults.length > 0) throw new Error(`the bot says too much: ${faults.join('; ')}`);
    },
  });
  return outcome;
}

for (const file of files) {
  const name = relative(process.cwd(), file);
  for (const parsed of parseScenarios(await readFile(file, 'utf8'), name)) {
    const title = parsed.kind === 'scenario' ? parsed.scenario.title : parsed.title;
    test(`${name}: ${title}`, async () => {
      const outcome = parsed.kind === 'broken' ? brokenOutcome(parsed) : await played(parsed.scenario);
      assert.ok(outcome.ok, outcomeLine(outcome));
    });
  }
}
