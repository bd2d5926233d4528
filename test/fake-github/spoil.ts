import type { ServerResponse } from 'node:http';
import type { Clock } from '../../app/clock.ts';
import { ApiError } from './api-error.ts';
import type { Fault } from './fault-kinds.ts';
import { installationId } from './hub.ts';

/** An answer as it goes out. */
export interface Packed {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const afterApply = [
  'error-after-apply',
  'reset-after-apply',
  'timeout-after-apply',
  'truncated',
  'wrong-type',
  'slow',
  'stale-read',
  'not-found-yet',
];

export const isBeforeApply = (fault: Fault): boolean => !afterApply.includes(fault.kind);

function retryAfter(fault: Fault, now: number): Record<string, string> {
  const said = fault['retry-after'];
  if (said === undefined) return {};
  const date = new Date(now + (fault.seconds ?? 60) * 1000).toUTCString();
  return { 'retry-after': said === 'date' ? date : String(said) };
}

function reset(now: number, seconds: number): Record<string, string> {
  const at = Math.floor(now / 1000) + seconds;
  return { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(at) };
}

const primaryText = `API rate limit exceeded for installation ID ${installationId}.`;
const secondaryText = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

function secondaryLimit(fault: Fault, now: number): ApiError {
  const told = retryAfter(fault, now);
  const silent = told['retry-after'] === undefined && fault.seconds !== undefined;
  const headers = silent ? reset(now, fault.seconds) : told;
  return new ApiError(fault.status ?? 403, secondaryText, undefined, headers);
}

/** The error a fault answers with, `null` where it spoils the connection or the body instead. */
export function faultError(fault: Fault, now: number, location: string): ApiError | null {
  switch (fault.kind) {
    case 'error-before-apply':
    case 'error-after-apply':
      return new ApiError(fault.status ?? 502, 'Server Error', undefined, retryAfter(fault, now));
    case 'unauthorized':
      return new ApiError(401, 'Bad credentials');
    case 'not-found':
      return new ApiError(404, 'Not Found');
    case 'primary-limit': {
      const headers = { ...reset(now, fault.seconds ?? 3600), ...retryAfter(fault, now) };
      return new ApiError(fault.status ?? 403, primaryText, undefined, headers);
    }
    case 'secondary-limit':
      return secondaryLimit(fault, now);
    case 'redirect': {
      const text = fault.status === 302 || fault.status === 307 ? 'Temporary Redirect' : 'Moved Permanently';
      return new ApiError(fault.status ?? 301, text, undefined, { location });
    }
    default:
      return null;
  }
}

const pieces = 4;
const moment = 40;

/** The head at once, the body piece by piece; without `seconds` in a moment of real time. */
async function slowly(response: ServerResponse, packed: Packed, clock: Clock, seconds?: number): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort(new Error('nobody listens any more')));
  const bytes = Buffer.from(packed.body);
  const size = Math.ceil(bytes.length / pieces);
  response.writeHead(packed.status, packed.headers);
  response.flushHeaders();
  for (let piece = 0; piece < pieces && !response.destroyed; piece++) {
    if (seconds === undefined) await new Promise((resolve) => setTimeout(resolve, moment));
    else await clock.sleep((seconds * 1000) / pieces, gone.signal).catch(() => undefined);
    response.write(bytes.subarray(piece * size, (piece + 1) * size));
  }
  response.end();
}

/** Spoils an answer on its way; true when it was sent, or never will be. */
export async function spoil(response: ServerResponse, fault: Fault, packed: Packed, clock: Clock): Promise<boolean> {
  const { kind } = fault;
  if (kind === 'timeout-after-apply') return true;
  if (kind === 'truncated') {
    response.writeHead(packed.status, { ...packed.headers, 'content-length': String(Buffer.byteLength(packed.body)) });
    response.write(packed.body.slice(0, Math.floor(packed.body.length / 2)), () => response.socket?.destroy());
    return true;
  }
  if (kind === 'slow') await slowly(response, packed, clock, fault.seconds);
  else if (kind.startsWith('reset')) response.socket?.destroy();
  return kind === 'slow' || kind.startsWith('reset');
}

/** What comes instead of the answer: an error page, or a JSON value nobody asked for. */
export function ofWrongType(fault: Fault, packed: Packed): Packed {
  if (fault.body !== undefined) return { ...packed, status: 200, body: JSON.stringify(fault.body) };
  const headers = { ...packed.headers, 'content-type': 'text/html' };
  return { status: 200, headers, body: '<html><body>Unicorn!</body></html>' };
}
