import type { Facts } from '../facts/fact.ts';

const day = 86_400_000;
/** GitHub can send again what happened within three days; what is older is history. */
const history = 3 * day;

/**
 * Since when a piece of the rules answers what happens, in milliseconds since the epoch: it does not look back at what
 * happened before it was there.
 */
export function startOf(piece: string, { now, since }: Pick<Facts, 'now' | 'since'>): number {
  const known = since[piece];
  const at = Date.parse(now);
  return Math.max(known === undefined ? at - day : Date.parse(known), at - history);
}
