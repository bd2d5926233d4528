import { ApiError } from './api-error.ts';
import type { Call, Grant, Route } from './call.ts';
import { inRepository, repositoryNamed, type Hub } from './hub.ts';
import { allows } from './permissions.ts';
import type { State } from './state.ts';

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
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
  const search: Matcher = (method, path) => {
    for (const { route, regex } of table) {
      const found = route.method === method ? regex.exec(path) : null;
      if (!found) continue;
      const params = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
      return { route, params: Object.fromEntries(params) as Record<string, string> };
    }
    return null;
  };
  // The same few addresses are asked for again and again.
  const known = new Map<string, Match | null>();
  return (method, path) => {
    const key = `${method} ${path}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const fresh = search(method, path);
    known.set(key, fresh);
    return fresh;
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

const missing = () => new ApiError(404, 'Not Found');

/** Whether the token was given this repository. The App itself sees all of its own. */
export function reaches({ as, repositories, installation }: Grant, { repository }: State): boolean {
  if (as === 'token') return true;
  const mine = as === 'app' ? repository.installation !== null : repository.installation === installation;
  return mine && repositories?.includes(repository.id) !== false;
}

/** A name that was given up leads on to the number: see the docs page "Best practices for using the REST API". */
function sendOn(hub: Hub, { method }: Route, path: string, id: number): never {
  const rest = path.split('/').slice(4).join('/');
  const to = `${hub.url}/repositories/${id}${rest === '' ? '' : `/${rest}`}`;
  const read = method === 'GET' || method === 'HEAD';
  throw new ApiError(read ? 301 : 307, read ? 'Moved Permanently' : 'Temporary Redirect', undefined, { location: to });
}

/** The hub of the repository a path names; of the first where it names none. 404 where the token does not reach. */
export function hubFor(hub: Hub, { route, params }: Match, grant: Grant, path: string): Hub {
  const { owner, repo, org } = params;
  const { installations } = hub.state.site;
  const orgs = [...installations.values()].map(({ account }) => account.login.toLowerCase());
  if (org !== undefined && !orgs.includes(org.toLowerCase())) throw missing();
  if (repo === undefined) return hub;
  const state = repositoryNamed(hub, `${owner}/${repo}`, true);
  if (!state || !reaches(grant, state)) throw missing();
  const { repository } = state;
  if (repository.formerly.includes(`${owner}/${repo}`.toLowerCase())) sendOn(hub, route, path, repository.id);
  return inRepository(hub, state);
}

/** A suspended installation may do nothing, and nobody writes to an archived repository. */
function checkLife({ state }: Hub, { method, template }: Route, { installation }: Grant): void {
  if (installation !== null && state.site.installations.get(installation)?.suspendedAt !== null)
    throw new ApiError(403, 'This installation has been suspended');
  const writes = method !== 'GET' && template.startsWith('/repos/');
  if (writes && state.repository.archived) throw new ApiError(403, 'Repository was archived so is read-only.');
}

/** Refuses what the token may not do; answers with GitHub's header of accepted permissions. */
export function authorise(hub: Hub, { route, params }: Match, grant: Grant): Record<string, string> {
  if (route.need === 'anyone') return {};
  if (route.need === 'app' || route.need === 'app|any') {
    if (grant.as === 'app' || (route.need === 'app|any' && grant.as !== 'token')) return {};
    throw new ApiError(401, 'A JSON web token could not be decoded');
  }
  if (grant.as === 'app') throw new ApiError(403, 'Resource not accessible by integration');
  checkLife(hub, route, grant);
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
