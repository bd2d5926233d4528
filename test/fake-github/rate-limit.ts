import { ApiError } from './api-error.ts';
import { installationId, type Hub } from './hub.ts';

const perHour = 5000;
const minute = 60_000;
const hour = 3_600_000;

/** GitHub's secondary limits, from the page "Rate limits for the REST API". */
const secondary = { pointsPerMinute: 900, contentPerMinute: 80, contentPerHour: 500, concurrent: 100 };

export interface RateLimit {
  /** Counts one request; throws GitHub's 403 when there were too many. */
  count(method: string, path: string, running: number): void;
  headers(): Record<string, string>;
  view(): { limit: number; used: number; remaining: number; reset: number };
}

const makesContent = (method: string, path: string): boolean =>
  method === 'POST' && /\/(issues|pulls|comments|reviews|releases|statuses)(\/\d+\/(comments|reviews))?$/.test(path);

function tooMuch(): ApiError {
  const text = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  return new ApiError(403, text, undefined, { 'retry-after': '60' });
}

function createSecondary(hub: Hub) {
  let spent: { at: number; points: number; content: boolean }[] = [];
  return (method: string, path: string, running: number) => {
    const now = hub.clock.now();
    const entry = {
      at: now,
      points: method === 'GET' || path === '/graphql' ? 1 : 5,
      content: makesContent(method, path),
    };
    spent = spent.filter((one) => one.at > now - hour);
    const fresh = spent.filter((one) => one.at > now - minute);
    const points = fresh.reduce((total, one) => total + one.points, 0);
    const written = (list: typeof spent) => list.filter((one) => one.content).length;
    const full = written(fresh) >= secondary.contentPerMinute || written(spent) >= secondary.contentPerHour;
    if (points >= secondary.pointsPerMinute || running > secondary.concurrent || (entry.content && full))
      throw tooMuch();
    spent.push(entry);
  };
}

export function createRateLimit(hub: Hub): RateLimit {
  let [start, used] = [hub.clock.now(), 0];
  const countSecondary = createSecondary(hub);
  const view = () => {
    if (hub.clock.now() >= start + hour) [start, used] = [hub.clock.now(), 0];
    const reset = Math.floor((start + hour) / 1000);
    return { limit: perHour, used, remaining: Math.max(perHour - used, 0), reset };
  };
  const headers = () => {
    const now = view();
    return {
      'x-ratelimit-limit': String(perHour),
      'x-ratelimit-remaining': String(now.remaining),
      'x-ratelimit-used': String(now.used),
      'x-ratelimit-reset': String(now.reset),
      'x-ratelimit-resource': 'core',
    };
  };
  const count = (method: string, path: string, running: number) => {
    if (view().remaining === 0)
      throw new ApiError(403, `API rate limit exceeded for installation ID ${installationId}.`, undefined, headers());
    countSecondary(method, path, running);
    used++;
  };
  return { count, headers, view };
}
