import { parseArgs } from 'node:util';
import { liveThrough } from '../test/limits/busy-day.ts';
import { beyond, spentBy } from '../test/limits/spent.ts';

const usage = `usage: npm run busy-day -- [--hours N] [--seed S]
  --hours  virtual hours of three busy installations (24)
  --seed   the same seed gives the same day`;

interface Wish {
  readonly hours: number;
  readonly seed: number;
}

function wishIn(args: readonly string[]): Wish | null {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ args: [...args], options: { hours: text, seed: text } });
    const [hours, seed] = [Number(values.hours ?? 24), Number(values.seed ?? 1)];
    return Number.isInteger(hours) && hours > 0 && Number.isInteger(seed) ? { hours, seed } : null;
  } catch {
    return null;
  }
}

/** Lives through the day and says what of GitHub's limits was used at the busiest moment, and what was overstepped. */
async function run(wish: Wish): Promise<number> {
  const { accounts, journal, deeds, deliveries, late } = await liveThrough({ ...wish, perMinute: 2, burst: 60 });
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

const wish = wishIn(process.argv.slice(2));
if (wish === null) {
  console.error(usage);
  process.exit(2);
}
process.exit(await run(wish));
