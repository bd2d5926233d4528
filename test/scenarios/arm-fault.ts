import type { Deed, Fault } from '../fake-github/fault-kinds.ts';
import { parseDuration } from './duration.ts';

type Keys = Readonly<Record<string, unknown>>;

function momentOf(said: unknown, now: number): number | undefined {
  if (typeof said !== 'string') return undefined;
  const ms = parseDuration(said);
  return ms === null ? Date.parse(said) : now + ms;
}

const deedOf = ({ name, keys }: { name: string; keys: Keys }): Deed => ({ step: name, keys });

/** The fault of a step: its times become moments on the fake's clock. */
export function faultOf({ from, until, for: lasting, do: deeds, ...rest }: Keys, now: number): Fault {
  const start = momentOf(from, now);
  const lasts = parseDuration(typeof lasting === 'string' ? lasting : '');
  const end = lasts === null ? momentOf(until, now) : (start ?? now) + lasts;
  return {
    ...(rest as unknown as Fault),
    ...(start === undefined ? {} : { from: start }),
    ...(end === undefined ? {} : { until: end }),
    ...(deeds === undefined ? {} : { do: (deeds as { name: string; keys: Keys }[]).map(deedOf) }),
  };
}
