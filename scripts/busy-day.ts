import { parseArgs } from 'node:util';
import { liveThrough } from '../test/limits/busy-day.ts';
import { beyond, spentBy } from '../test/limits/spent.ts';
import { amount, count, readArguments } from './usage.ts';

const usage = `usage: npm run busy-day -- [--hours N] [--seed S] [--deeds N] [--burst N]
  --hours  virtual hours of three busy installations (24)
  --seed   the same seed gives the same day
  --deeds  what people do in each of them in a minute, on average (2)
  --burst  issues that come at once, in one of them each hour (60)`;

interface Wish {
  readonly hours: number;
  readonly seed: number;
  readonly perMinute: number;
  readonly burst: number;
}

function wishIn(args: string[]): Wish {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { hours: text, seed: text, deeds: text, burst: text } });
  const { hours = '24', seed = '1', deeds = '2', burst = '60' } = values;
  const whole = { hours: count(hours, 'hours'), seed: count(seed, 'seed'), burst: count(burst, 'burst') };
  return { ...whole, perMinute: amount(deeds, 'deeds') };
}

/** Lives through the day and says what of GitHub's limits was used at the busiest moment, and what was overstepped. */
async function run(wish: Wish): Promise<number> {
  const { accounts, journal, deeds, deliveries, late } = await liveThrough(wish);
  const wrong = [
    ...accounts.flatMap((account) => beyond(account, journal)),
    ...late.map((one) => `${one} was left out`),
  ];
  console.log(`${deeds} deeds of people, ${deliveries} deliveries, ${journal.length} requests`);
  for (const account of accounts) console.log(`${account}: ${JSON.stringify(spentBy(account, journal))}`);
  for (const line of wrong) console.error(line);
  console.log(`${wrong.length} violations`);
  return wrong.length > 0 ? 1 : 0;
}

process.exit(await run(readArguments(usage, wishIn)));
