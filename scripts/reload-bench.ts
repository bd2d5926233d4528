import { parseArgs } from 'node:util';
import { playReloads } from '../test/deploy/reload.ts';

/** 0: nothing refused, lost or doubled; 1: something was; 2: called wrongly. */
const usage = 'usage: node scripts/reload-bench.ts [--reloads 20] [--rate 200] [--by deploy|pm2] [--json]';

function readFlags() {
  const { values } = parseArgs({
    options: {
      reloads: { type: 'string', default: '20' },
      rate: { type: 'string', default: '200' },
      by: { type: 'string', default: 'deploy' },
      json: { type: 'boolean', default: false },
    },
  });
  const [reloads, rate, { by, json }] = [Number(values.reloads), Number(values.rate), values];
  const isFair = Number.isInteger(reloads) && reloads > 0 && rate > 0 && (by === 'deploy' || by === 'pm2');
  if (!isFair) throw new Error('a flag has no meaning');
  return { reloads, rate, json, by } as const;
}

function flagsOrUsage(): ReturnType<typeof readFlags> | null {
  try {
    return readFlags();
  } catch {
    console.error(usage);
    process.exitCode = 2;
    return null;
  }
}

const flags = flagsOrUsage();
if (flags) {
  const { json, ...plan } = flags;
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const figures = await playReloads({ ...plan, tell: (line) => console.error(line), signal: stop.signal });
  if (json) console.log(JSON.stringify(figures));
  else for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(9)} ${JSON.stringify(value)}`);
  if (figures.refused + figures.lost + figures.doubled > 0) process.exitCode = 1;
}
