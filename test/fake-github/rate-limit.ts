import { ApiError } from './api-error.ts';
import type { Hub } from './hub.ts';
import { installationId } from './hub.ts';

const limit = 5000;
const windowMs = 3_600_000;

export interface RateLimit {
  /** Counts one request; throws GitHub's 403 when the hour's are used up. */
  count(): void;
  headers(): Record<string, string>;
  view(): { limit: number; used: number; remaining: number; reset: number };
}

export function createRateLimit(hub: Hub): RateLimit {
  let [start, used] = [hub.clock.now(), 0];
  const view = () => {
    if (hub.clock.now() >= start + windowMs) [start, used] = [hub.clock.now(), 0];
    const reset = Math.floor((start + windowMs) / 1000);
    return { limit, used, remaining: Math.max(limit - used, 0), reset };
  };
  const headers = () => {
    const now = view();
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(now.remaining),
      'x-ratelimit-used': String(now.used),
      'x-ratelimit-reset': String(now.reset),
      'x-ratelimit-resource': 'core',
    };
  };
  const count = () => {
    if (view().remaining === 0)
      throw new ApiError(403, `API rate limit exceeded for installation ID ${installationId}.`, undefined, headers());
    used++;
  };
  return { count, headers, view };
}
