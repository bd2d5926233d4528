import { readGraphqlErrors } from './graphql-errors.ts';
import { Trouble, type TroubleKind } from './troubles.ts';

/** What came back from one request; with status 0 nothing did. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
  /** Why nothing came back. */
  readonly snag: string | null;
}

export interface Limit {
  /** How long GitHub wants us to wait, in milliseconds; null when it does not say. */
  readonly waitMs: number | null;
  readonly reason: string;
}

export function headerOf(answer: Answer, name: string): string | null {
  const value = answer.headers[name];
  return value === undefined ? null : String(value);
}

export function isJson(answer: Answer): boolean {
  const type = headerOf(answer, 'content-type') ?? '';
  // Octokit hands on the text itself when it cannot parse it.
  const parsed = typeof answer.data === 'object' && answer.data !== null && !(answer.data instanceof ArrayBuffer);
  return parsed && /^application\/([\w.+-]+\+)?json\b/i.test(type);
}

/** What GitHub says of each thing that it could not process. */
function detailsOf(errors: unknown): string[] {
  const all: unknown[] = Array.isArray(errors) ? errors : [];
  return all.flatMap((error) => {
    const { message } = (error ?? {}) as { message?: unknown };
    return typeof message === 'string' ? [message] : [];
  });
}

/** GitHub's own words on one line, for people; never more than 300 characters. */
export function messageOf(answer: Answer): string {
  if (answer.snag !== null) return answer.snag;
  const data = answer.data as { message?: unknown; errors?: unknown } | null;
  const message = isJson(answer) && typeof data?.message === 'string' ? data.message : '';
  const said = [message, ...(isJson(answer) ? detailsOf(data?.errors) : [])].filter((text) => text !== '').join(': ');
  const clean = said.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 300);
  return clean === '' ? `GitHub answered ${answer.status}` : `GitHub answered ${answer.status}: ${clean}`;
}

/** Seconds or an HTTP date (RFC 9110 10.2.3) as milliseconds from now; null when it is neither. */
export function readRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const at = /[a-z]{3}.*\d{4}/i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

function untilReset(answer: Answer, now: number): number | null {
  const wait = Number(headerOf(answer, 'x-ratelimit-reset') ?? NaN) * 1000 - now;
  return wait > 0 ? wait : null;
}

/**
 * The limit that refused this request, if one did. GitHub says it with 403 or 429, in a header, in words, or in a GraphQL
 * error under status 200: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function limitIn(answer: Answer, now: number): Limit | null {
  if (answer.status === 403 && /\bsuspended\b/i.test(messageOf(answer))) {
    return { waitMs: 600_000, reason: 'the installation is suspended' };
  }
  const retryAfter = headerOf(answer, 'retry-after');
  const exhausted = headerOf(answer, 'x-ratelimit-remaining') === '0';
  const graphql = answer.status === 200 && readGraphqlErrors(answer.data)?.verdict === 'limited';
  const words = /rate limit|abuse detection/i.test(answer.status === 403 ? messageOf(answer) : '');
  const refused = answer.status === 403 && (retryAfter !== null || exhausted || words);
  if (answer.status !== 429 && !refused && !graphql) return null;
  if (retryAfter !== null || !exhausted) {
    return { waitMs: readRetryAfter(retryAfter, now), reason: 'secondary rate limit' };
  }
  return { waitMs: untilReset(answer, now), reason: 'primary rate limit' };
}

/** The wait after a request that was answered but was the last one of this hour. */
export function exhaustedBy(answer: Answer, now: number): Limit | null {
  const last = headerOf(answer, 'x-ratelimit-remaining') === '0';
  // Search has its own small limit, which says nothing of the rest.
  const search = (headerOf(answer, 'x-ratelimit-resource') ?? '').includes('search');
  const waitMs = last && !search ? untilReset(answer, now) : null;
  return waitMs === null ? null : { waitMs, reason: 'primary rate limit' };
}

export const isRedirect = (answer: Answer): boolean => [301, 302, 303, 307, 308].includes(answer.status);

/** Whether GitHub is up and knows us: what a probe after a pause wants to know. */
export function isAnswered(answer: Answer): boolean {
  const { status } = answer;
  if (status >= 200 && status < 300) return status === 204 || status === 205 || isJson(answer);
  return status === 304 || (status >= 400 && status < 500 && status !== 401 && status !== 408);
}

// Whatever speaks no JSON is a proxy or an error page, not the API, and knows nothing of our object.
const isErrorPage = (answer: Answer): boolean => typeof answer.data === 'string' && answer.data !== '';

/** Whether the caller named this status as one that means that the thing is already so. */
export function isFine(answer: Answer, fine: readonly number[] | undefined): boolean {
  return fine !== undefined && fine.includes(answer.status) && !isErrorPage(answer);
}

const stateCodes = new Set(['already_exists', 'missing']);
const stateWords =
  /already exists|does not exist|was not found|no commit found|expected head sha|fast.?forward|was modified|is closed/i;

// A 422 says two things: the state is not what we thought, or the input will never do. Only the first may be tried again.
function unprocessable(answer: Answer): TroubleKind {
  const data = answer.data as { errors?: unknown };
  const errors: unknown[] = isJson(answer) && Array.isArray(data.errors) ? data.errors : [];
  const says = errors.map((error) => (typeof error === 'string' ? error : JSON.stringify(error))).join(' ');
  if (stateWords.test(`${messageOf(answer)} ${says}`)) return 'stale';
  const codes = errors.map((error) => (error as { code?: unknown } | null)?.code);
  return codes.length > 0 && codes.every((code) => stateCodes.has(String(code))) ? 'stale' : 'broken';
}

function kindOf(answer: Answer, write: boolean): TroubleKind | null {
  const { status } = answer;
  const unknown = write ? 'lost' : 'later';
  if (status === 0 || status === 408 || status >= 500) return unknown;
  if (status < 300) return isAnswered(answer) ? null : unknown;
  if (status < 400 || status === 401 || isErrorPage(answer)) return 'later';
  if (status === 404 || status === 410 || status === 451) return 'gone';
  if (status === 403) return 'forbidden';
  if (status === 405 || status === 409) return 'stale';
  return status === 422 ? unprocessable(answer) : 'broken';
}

/** What an answer that no limit refused means for the sender; null when all is well. */
export function troubleIn(answer: Answer, sent: { write: boolean }, now: number): Trouble | null {
  const kind = kindOf(answer, sent.write);
  if (kind === null) return null;
  const wait = answer.status === 503 ? readRetryAfter(headerOf(answer, 'retry-after'), now) : null;
  const until = wait === null ? null : now + Math.min(wait, 3_600_000);
  return new Trouble(kind, messageOf(answer), { until, status: answer.status === 0 ? null : answer.status });
}

/** The `data` of a GraphQL answer, or the trouble it speaks of. Partial data is refused. */
export function readGraphql(answer: Answer, sent: { write: boolean }): unknown {
  const unknown = sent.write ? 'lost' : 'later';
  const found = readGraphqlErrors(answer.data);
  if (found) {
    const kind = found.verdict === 'limited' ? 'later' : found.verdict === 'failed' ? unknown : found.verdict;
    throw new Trouble(kind, `GitHub answered: ${found.message}`, { status: answer.status });
  }
  const data = (answer.data as { data?: unknown } | null)?.data;
  if (typeof data === 'object' && data !== null) return data;
  throw new Trouble(unknown, 'GitHub answered a query without data', { status: answer.status });
}
