import { createHash } from 'node:crypto';
import type { Delivery } from '../store/store.ts';
import type { Subject } from '../subject.ts';
import { lanesOf } from './lanes-of.ts';

/** A delivery as it came in, from the door or fetched. */
export interface Incoming {
  readonly guid: string;
  readonly hook: string;
  readonly event: string;
  readonly body: Buffer;
  readonly payload: unknown;
  readonly receivedAt: number;
  /** Sent for another App. */
  readonly foreign: boolean;
}

export type Accepted = readonly [delivery: Delivery, subjects: readonly Subject[]];

/** What is kept of it and whose lanes it goes to; null when the body is no such event. */
export function deliveryFrom(incoming: Incoming): Accepted | null {
  const { payload, foreign, ...rest } = incoming;
  const lanes = lanesOf(rest.event, payload);
  if (!lanes.fits) return null;
  const delivery: Delivery = {
    ...rest,
    action: lanes.action,
    digest: createHash('sha256').update(rest.body).digest('hex'),
    repo: lanes.repo,
    unhandled: foreign ? 'foreign: it was sent for another App' : lanes.unhandled,
  };
  return [delivery, foreign ? [] : lanes.subjects];
}

/** Of a delivery that GitHub's log has: what fits no event is kept as well, so that it is not fetched again. */
export function fetchedDelivery(
  { guid, hook, event, payload }: Pick<Incoming, 'guid' | 'hook' | 'event' | 'payload'>,
  receivedAt: number,
): Accepted {
  const body = Buffer.from(JSON.stringify(payload ?? null));
  const incoming = { guid, hook, event, body, payload, receivedAt, foreign: false };
  const digest = createHash('sha256').update(body).digest('hex');
  const unhandled = `the body is no ${event} event`;
  const odd: Delivery = { guid, hook, event, body, receivedAt, digest, action: null, repo: null, unhandled };
  return deliveryFrom(incoming) ?? [odd, []];
}
