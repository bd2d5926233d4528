import { z } from 'zod';
import type { Subject } from '../subject.ts';

/** What the bot reads of every payload. */
export const envelope = z.looseObject({
  action: z.string().max(64).optional(),
  installation: z.looseObject({ id: z.int() }).nullish(),
  repository: z
    .looseObject({
      id: z.int(),
      name: z.string().max(200),
      owner: z.looseObject({ login: z.string().max(100) }).nullable(),
    })
    .nullish(),
});
export type Payload = z.output<typeof envelope>;
export type Within = Pick<Subject, 'repo' | 'installation'>;

/** What one event is told by, and whom it is about. */
export interface Row {
  /** Keys the payload of this event always has, and keys that tell it from events that look like it. */
  readonly has: readonly string[];
  readonly hasNot?: readonly string[];
  /** No other keys than these, where many events have the same ones. */
  readonly only?: readonly string[];
  readonly subjects: (payload: Payload, within: Within) => readonly Subject[];
  /** Subjects of an event that belongs to no repository and names some. */
  readonly named?: (payload: Payload) => readonly Subject[];
}
