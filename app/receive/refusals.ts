import type { Clock } from '../clock.ts';
import type { Log, LogFields } from '../log.ts';

const within = 60_000;
/** Anybody can be refused as often as they like, and the lines about real work are not to be washed away by it. */
export const mostRefusals = 60;

/** Tells the log of refusals: so many a minute one by one, the rest as a number when the next one comes. */
export function refusals(log: Pick<Log, 'warn'>, clock: Clock): (text: string, fields: LogFields) => void {
  let since = -Infinity;
  let count = 0;
  return (text, fields) => {
    const now = clock.now();
    if (now - since >= within) {
      if (count > mostRefusals) log.warn(`${count - mostRefusals} more deliveries were refused within a minute`);
      since = now;
      count = 0;
    }
    count += 1;
    if (count <= mostRefusals) log.warn(text, fields);
  };
}
