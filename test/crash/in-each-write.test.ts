import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { test } from 'node:test';
import { seededRandom } from '../fake-github/seeded-random.ts';
import { parseScenarios } from '../scenarios/format.ts';
import { outcomeLine } from '../scenarios/play.ts';
import { dyingInEach } from './in-each-write.ts';

/** One scenario in so many, each with one death; `npm run crash-test -- --scenarios FILE…` dies all of them. */
const oneIn = 16;

/** Deaths that once left something behind. */
const known: Readonly<Record<string, string>> = {
  "A push on top of the bot's update ends it": '8 applied',
  'A stranger is refused, and told so once within an hour': '3 applied',
  'Anybody has owners asked at once, as long as one is left to ask': '1 applied',
  'Of many commands in one comment each is done or refused for itself, in one reply': '7 applied',
  'Of several that are behind only the first is brought up to date, and each lands in turn': '8 applied',
  'People of the house and their Apps wait for nobody': '5 applied',
  'What failed in the queue is not put in again until its head has changed': '4 applied',
  "What the rules hold by now comes out of GitHub's queue, and goes in again when they do not": '11 applied',
  'Without an answer the issue is closed after two weeks': '5 applied',
  'at most ten': '10 applied',
  'quiet, stale, rotten, closed': '4 applied',
  'what GitHub does not open again is told with its reason, and may be tried again': '3 applied',
};

const chance = seededRandom(1);
const files: string[] = [];
for await (const file of glob(`${import.meta.dirname}/../scenarios/**/*.yml`)) files.push(file);
files.sort();
let died = 0;
for (const file of files) {
  const name = relative(process.cwd(), file);
  for (const parsed of parseScenarios(await readFile(file, 'utf8'), name)) {
    const draw = chance();
    if (parsed.kind !== 'scenario') continue;
    const { scenario } = parsed;
    const once = known[scenario.title];
    if (once === undefined && draw * oneIn >= 1) continue;
    test(`${name}: ${scenario.title}: holds when the bot dies in a write`, async () => {
      const drawn = dyingInEach(scenario, (deaths) =>
        deaths.filter(({ at, applied }, index) =>
          once === undefined
            ? index === Math.floor(draw * oneIn * deaths.length)
            : once === `${at} ${applied ? 'applied' : 'not'}`,
        ),
      );
      const before = died;
      for await (const outcome of drawn) {
        died += 1;
        assert.ok(outcome.ok, `dead in ${JSON.stringify(outcome.death)}: ${outcomeLine(outcome)}`);
      }
      if (once !== undefined) assert.equal(died - before, 1, `there is no write ${once}`);
    });
  }
}

test('the bot died in most of them', () => {
  assert.ok(died > 20, String(died));
});
