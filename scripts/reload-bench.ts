import { parseArgs } from 'node:util';
import { playReloads } from '../test/deploy/reload.ts';
import { amount, count, Misused, readArguments } from './usage.ts';

/** 0: nothing refused, lost or doubled; 1: something was; 2: called wrongly. */
const usage = 'usage: node scripts/reload-bench.ts [--reloads 20] [--rate 200] [--by deploy|pm2] [--json]';

function planIn(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      reloads: { type: 'string', default: '20' },
      rate: { type: 'string', default: '200' },
      by: { type: 'string', default: 'deploy' },
      json: { type: 'boolean', default: false },
    },
  });
  const { by, json } = values;
  if (by !== 'deploy' && by !== 'pm2') throw new Misused(`--by is deploy or pm2, not ${by}.`);
  return { reloads: count(values.reloads, 'reloads'), rate: amount(values.rate, 'rate'), json, by } as const;
}

const { json, ...plan } = readArguments(usage, planIn);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
const figures = await playReloads({ ...plan, tell: (line) => console.error(line), signal: stop.signal });
if (json) console.log(JSON.stringify(figures));
else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(9)} ${JSON.stringify(value)}`);
if (figures.refused + figures.lost + figures.doubled > 0) process.exitCode = 1;
