import type { HeadFact } from '../facts/command-facts.ts';

/** A head that was replaced this shortly before is not the one the person looked at. */
const lookingTime = 60_000;

/** Whether whoever spoke then has seen the head as it is, beyond doubt. */
export function couldSee(head: HeadFact | null, at: string): boolean {
  const seen = head?.since == null ? null : Date.parse(at) - Date.parse(head.since);
  return head?.first === true || (seen !== null && seen >= lookingTime);
}
