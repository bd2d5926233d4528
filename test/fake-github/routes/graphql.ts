import { z } from 'zod';
import { ok, taking, type Route } from '../call.ts';
import { runGraphql } from '../graphql/execution.ts';
import type { RateLimit } from '../rate-limit.ts';

const body = z.strictObject({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullable().optional(),
  operationName: z.string().nullable().optional(),
});

export function graphqlRoute(limit: RateLimit): Route {
  return taking('POST /graphql', 'public', body, async (call) => {
    const { hub, grant, actor } = call;
    return ok(await runGraphql({ hub, grant, actor, limit }, call.body));
  });
}
