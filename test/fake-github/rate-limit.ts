import type { Clock } from '../../app/clock.ts';
import { ApiError } from './api-error.ts';
import type { Grant } from './call.ts';

const minute = 60_000;
const hour = 3_600_000;

export type Resource = 'core' | 'graphql' | 'search' | 'code_search';

/** Primary limits of somebody with a token; a caller without one has 60 an hour. */
const primary: Readonly<Record<Resource, { readonly most: number; readonly per: number }>> = {
  core: { most: 5000, per: hour },
  graphql: { most: 5000, per: hour },
  search: { most: 30, per: minute },
  code_search: { most: 10, per: minute },
};
const mostAnonymous = 60;

/** GitHub's secondary limits, from the page "Rate limits for the REST API". */
const secondary = {
  pointsPerMinute: { rest: 900, graphql: 2000 },
  contentPerMinute: 80,
  contentPerHour: 500,
  concurrent: 100,
};

/** What one request takes of its account's limits. */
export interface Spending {
  /** `app`, `installation`, `token` or `nobody`: each has limits of its own. */
  readonly account: string;
  readonly resource: Resource;
  readonly write: boolean;
  readonly content: boolean;
}

export interface RateView {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  readonly reset: number;
}

export interface RateLimit {
  /** Begins one request; throws GitHub's 403 when there were too many. Answers how to take it back from the primary limit. */
  count(spending: Spending): () => void;
  /** Ends what `enter` began: requests under way are limited too. */
  enter(account: string): () => void;
  headers(account: string, resource: Resource): Record<string, string>;
  view(account: string, resource: Resource): RateView;
}

const makesContent = (method: string, path: string): boolean =>
  method === 'POST' && /\/(issues|pulls|comments|reviews|releases|statuses)(\/\d+\/(comments|reviews))?$/.test(path);

const mutatesContent = (raw: string): boolean =>
  /\b(add\w*Comment|addPullRequestReview|createIssue|createPullRequest|createDiscussion)\b/.test(raw);

export function resourceOf(path: string): Resource {
  if (path === '/graphql') return 'graphql';
  if (path === '/search/code') return 'code_search';
  return path.startsWith('/search/') ? 'search' : 'core';
}

export function spendingOf(account: string, method: string, path: string, raw: string, write: boolean): Spending {
  const resource = resourceOf(path);
  const content = resource === 'graphql' ? write && mutatesContent(raw) : makesContent(method, path);
  return { account, resource, write: resource === 'graphql' ? write : method !== 'GET', content };
}

function tooMuch(): ApiError {
  const text = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  return new ApiError(403, text, undefined, { 'retry-after': '60' });
}

interface Spent {
  readonly at: number;
  readonly points: number;
  readonly graphql: boolean;
  readonly content: boolean;
}

function createSecondary(clock: Clock) {
  const all = new Map<string, Spent[]>();
  return ({ account, resource, write, content }: Spending) => {
    const now = clock.now();
    const graphql = resource === 'graphql';
    const spent = all.get(account) ?? [];
    const current = spent.findIndex((one) => one.at > now - hour);
    spent.splice(0, current < 0 ? spent.length : current);
    const fresh = spent.slice(spent.findLastIndex((one) => one.at <= now - minute) + 1);
    const points = fresh.filter((one) => one.graphql === graphql).reduce((total, one) => total + one.points, 0);
    const written = (list: readonly Spent[]) => list.filter((one) => one.content).length;
    const full = written(fresh) >= secondary.contentPerMinute || written(spent) >= secondary.contentPerHour;
    const most = secondary.pointsPerMinute[graphql ? 'graphql' : 'rest'];
    if (points >= most || (content && full)) throw tooMuch();
    spent.push({ at: now, points: write ? 5 : 1, graphql, content });
    all.set(account, spent);
  };
}

function createPrimary(clock: Clock) {
  const windows = new Map<string, { start: number; used: number }>();
  const windowOf = (account: string, resource: Resource) => {
    const key = `${account} ${resource}`;
    const known = windows.get(key);
    if (known && clock.now() < known.start + primary[resource].per) return known;
    const fresh = { start: clock.now(), used: 0 };
    windows.set(key, fresh);
    return fresh;
  };
  const view = (account: string, resource: Resource): RateView => {
    const { start, used } = windowOf(account, resource);
    const { most, per } = primary[resource];
    const limit = account === 'nobody' ? Math.min(most, mostAnonymous) : most;
    return { limit, used, remaining: Math.max(limit - used, 0), reset: Math.floor((start + per) / 1000) };
  };
  const take = (account: string, resource: Resource) => {
    const taken = windowOf(account, resource);
    taken.used++;
    return () => void taken.used--;
  };
  return { view, take };
}

/** `app`, `token`, `nobody` or `installation 7`. */
export const accountOf = ({ as, installation }: Pick<Grant, 'as' | 'installation'>): string =>
  installation === null ? as : `${as} ${installation}`;

function whose(account: string): string {
  const [as, number = ''] = account.split(' ');
  if (as === 'installation') return `installation ID ${number}`;
  return as === 'app' ? 'the App' : 'user ID 1';
}

export function createRateLimit(clock: Clock): RateLimit {
  const { view, take } = createPrimary(clock);
  const countSecondary = createSecondary(clock);
  const running = new Map<string, number>();
  const headers = (account: string, resource: Resource) => {
    const { limit, remaining, used, reset } = view(account, resource);
    const numbers = { limit, remaining, used, reset };
    const named = Object.entries(numbers).map(([name, value]) => [`x-ratelimit-${name}`, String(value)]);
    return { ...(Object.fromEntries(named) as Record<string, string>), 'x-ratelimit-resource': resource };
  };
  return {
    headers,
    view,
    enter: (account) => {
      running.set(account, (running.get(account) ?? 0) + 1);
      return () => void running.set(account, (running.get(account) ?? 1) - 1);
    },
    count: (spending) => {
      const { account, resource } = spending;
      if (view(account, resource).remaining === 0) {
        const text = `API rate limit exceeded for ${whose(account)}.`;
        throw new ApiError(403, text, undefined, headers(account, resource));
      }
      if ((running.get(account) ?? 0) > secondary.concurrent) throw tooMuch();
      countSecondary(spending);
      return take(account, resource);
    },
  };
}
