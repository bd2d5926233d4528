import { z } from 'zod';
import { Trouble } from '../github/troubles.ts';
import type { Actor, Answer } from './fact.ts';

/** The fields of an actor in a GraphQL selection. */
export const actorFields = '__typename login ... on User { databaseId } ... on Bot { databaseId }';

export const actorShape = z
  .object({ __typename: z.string(), login: z.string(), databaseId: z.number().nullish() })
  .nullable();

/** `fullDatabaseId`, which is a string; `databaseId` is no longer offered for what outgrew 32 bits. */
export const fullId = z.union([z.string().regex(/^\d{1,15}$/), z.number()]).transform(Number);

/** GraphQL writes a bot's login without the `[bot]` that REST and people know it by. */
export function actorFrom(seen: z.output<typeof actorShape>, viewer: Answer['viewer']): Actor {
  if (!seen) return { id: null, login: 'ghost', bot: false, us: false };
  const bot = seen.__typename === 'Bot';
  const id = seen.databaseId ?? null;
  return { id, login: bot ? `${seen.login}[bot]` : seen.login, bot, us: id !== null && id === viewer.id };
}

/** Reads a part of an answer; another shape than GitHub documents is a `broken` trouble. */
export function shaped<T>(shape: z.ZodType<T>, part: unknown, what: string): T {
  const read = shape.safeParse(part);
  if (read.success) return read.data;
  const first = read.error.issues[0];
  throw new Trouble(
    'broken',
    `GitHub's answer for ${what} has another shape: ${first?.path.join('.')} ${first?.message}`,
  );
}
