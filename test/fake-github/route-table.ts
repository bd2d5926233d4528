import { ApiError } from './api-error.ts';
import type { Call, Grant, Route } from './call.ts';
import { fullName, repositoryId, type Hub } from './hub.ts';
import { allows } from './permissions.ts';

export interface Match {
  readonly route: Route;
  readonly params: Record<string, string>;
}

function pattern(template: string): RegExp {
  const source = template
    .split(/(\{[^}]+\})/)
    .map((part) => {
      if (!part.startsWith('{')) return part.replace(/[.]/g, '\\.');
      const name = part.slice(1, -1);
      const wide = name === 'path' || name === 'ref' || name === 'branch' || name === 'basehead';
      return wide ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`;
    })
    .join('');
  return new RegExp(`^${source}$`);
}

export type Matcher = (method: string, path: string) => Match | null;

/** Routes with fewer placeholders win, as `issues/comments` does over `issues/{issue_number}`. */
export function createMatcher(routes: readonly Route[]): Matcher {
  const weight = (route: Route) => (route.template.match(/\{/g)?.length ?? 0) * 100 - route.template.length;
  const table = routes
    .toSorted((a, b) => weight(a) - weight(b))
    .map((route) => ({ route, regex: pattern(route.template) }));
  return (method, path) => {
    for (const { route, regex } of table) {
      const found = route.method === method ? regex.exec(path) : null;
      if (!found) continue;
      const params = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
      return { route, params: Object.fromEntries(params) as Record<string, string> };
    }
    return null;
  };
}

/** `issues` or `pull_requests`, by the thread the path speaks of. */
function threadPermission(hub: Hub, params: Readonly<Record<string, string>>): string {
  const comment = params['comment_id'];
  const number = comment === undefined ? params['issue_number'] : hub.state.comments.get(Number(comment))?.thread;
  const thread = hub.state.threads.get(Number(number));
  if (!thread) throw new ApiError(404, 'Not Found');
  return thread.pull ? 'pull_requests' : 'issues';
}

function alternatives(hub: Hub, route: Route, params: Readonly<Record<string, string>>): [string, string][] {
  return route.need.split('|').map((one) => {
    const [name = '', level = 'read'] = one.split(':');
    return [name === 'thread' ? threadPermission(hub, params) : name, level];
  });
}

function checkRepository(grant: Grant, params: Readonly<Record<string, string>>): void {
  const { owner, repo, org, repository_id: id } = params;
  if (repo !== undefined && `${owner}/${repo}`.toLowerCase() !== fullName) throw new ApiError(404, 'Not Found');
  if (org !== undefined && org.toLowerCase() !== 'acme') throw new ApiError(404, 'Not Found');
  if (id !== undefined && Number(id) !== repositoryId) throw new ApiError(404, 'Not Found');
  if ((repo !== undefined || id !== undefined) && grant.repositories?.includes(repositoryId) === false)
    throw new ApiError(404, 'Not Found');
}

/** Refuses what the token may not do; answers with GitHub's header of accepted permissions. */
export function authorise(hub: Hub, { route, params }: Match, grant: Grant): Record<string, string> {
  if (grant.as === 'nobody') throw new ApiError(401, 'Requires authentication');
  checkRepository(grant, params);
  if (route.need === 'app' || route.need === 'app|any') {
    if (grant.as === 'app' || (route.need === 'app|any' && grant.as !== 'token')) return {};
    throw new ApiError(401, 'A JSON web token could not be decoded');
  }
  if (grant.as === 'app') throw new ApiError(403, 'Resource not accessible by integration');
  if (route.need === 'public') return {};
  const any = alternatives(hub, route, params);
  const headers = { 'x-accepted-github-permissions': any.map(([name, level]) => `${name}=${level}`).join('; ') };
  if (any.some(([name, level]) => allows(grant.permissions, name, level))) return headers;
  const checks = any.some(([name]) => name === 'checks') && grant.as === 'token';
  const who = grant.as === 'token' ? 'personal access token' : 'integration';
  throw new ApiError(
    403,
    checks ? 'You must authenticate via a GitHub App.' : `Resource not accessible by ${who}`,
    undefined,
    headers,
  );
}

function refuse(hub: Hub, faults: readonly string[]): never {
  hub.note(faults.join('; '));
  throw new ApiError(422, `Invalid request.\n\n${faults.join('\n')}`);
}

/** A request against GitHub's description and the route's own schema: what GitHub does not know is refused and noted. */
export function checkRequest(hub: Hub, { route, params }: Match, query: URLSearchParams, body: unknown): unknown {
  const faults = hub.proof.request(`${route.method} ${route.template}`, { params, query, body });
  if (faults.length > 0) refuse(hub, faults);
  if (!route.schema) return body;
  const result = route.schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `unknown field ${[...issue.path, issue.keys.join(', ')].join('.')}`
      : `${issue.path.join('.')}: ${issue.message}`,
  );
  return refuse(hub, issues);
}

export type Runner = (call: Call) => ReturnType<Route['run']>;
