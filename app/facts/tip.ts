import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FactSource } from './fact.ts';

const shape = z.object({ baseRef: z.object({ target: z.object({ oid: z.string() }).nullable() }).nullable() });

export default {
  permissions: () => ({ pull_requests: 'read', contents: 'read' }),
  changedBy: ['push', 'pull_request.edited'],
  // `baseRefOid` stays at the commit the base was at when the head was pushed.
  select: () => ({ pull: 'baseRef { target { oid } }' }),
  learn({ answer }) {
    return answer.isPull ? (shaped(shape, answer.thread, 'the base').baseRef?.target?.oid ?? null) : null;
  },
} satisfies FactSource<'tip'>;
