import type { IncomingMessage } from 'node:http';
import { ApiError } from './api-error.ts';

export async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

const isMutation = (raw: string): boolean => {
  if (!raw.includes('mutation')) return false;
  try {
    const { query } = JSON.parse(raw) as { query?: unknown };
    return typeof query === 'string' && /^\s*mutation\b/m.test(query.replace(/#[^\n]*/g, ''));
  } catch {
    return false;
  }
};

/** A REST call that is no read, or a GraphQL mutation; what the App does about itself is none. */
export function isWrite(method: string, path: string, raw: string): boolean {
  if (path === '/graphql') return isMutation(raw);
  return method !== 'GET' && method !== 'HEAD' && !path.startsWith('/app');
}

export function parseBody(raw: string): unknown {
  if (raw === '') return undefined;
  try {
    return JSON.parse(raw);
  } catch {
    throw new ApiError(400, 'Problems parsing JSON');
  }
}
