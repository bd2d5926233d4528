import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { assign, assignable, unassign } from '../changes/people.ts';
import { empty, numberParam, ok, on, page, param, taking, type Call, type Route } from '../call.ts';
import { account, bot, botLogin, thread, type Hub } from '../hub.ts';
import {
  organisationJson,
  teamJson,
  userJson,
  wholeOrganisationJson,
  wholeTeamJson,
  wholeUserJson,
} from '../render/account.ts';
import { issueJson } from '../render/thread.ts';
import { legacyPermission } from '../permissions.ts';
import type { Role, Team } from '../state.ts';

const repo = '/repos/{owner}/{repo}';
const logins = z.strictObject({ assignees: z.array(z.string()).optional() });

const order: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin'];

export function roleOf(hub: Hub, login: string): Role {
  const given = hub.state.roles.get(login.toLowerCase());
  return given ?? (login === botLogin(hub) ? 'write' : 'read');
}

function permissionJson(hub: Hub, login: string): Record<string, unknown> {
  const role = roleOf(hub, login);
  const has = (level: Role) => order.indexOf(role) >= order.indexOf(level);
  const permissions = {
    admin: has('admin'),
    maintain: has('maintain'),
    push: has('write'),
    triage: has('triage'),
    pull: true,
  };
  const user = { ...userJson(hub, account(hub, login)), permissions, role_name: role };
  return { permission: legacyPermission[role], role_name: role, user };
}

function team(call: Call): Team {
  const found = call.hub.state.teams.get(param(call, 'team_slug').toLowerCase());
  if (!found) throw new ApiError(404, 'Not Found');
  return found;
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const teamRoutes: Route[] = [
  on('GET /orgs/{org}/teams', 'members:read', (call) =>
    page(call, [...call.hub.state.teams.values()], (one) => teamJson(call.hub, one)),
  ),
  on('GET /orgs/{org}/teams/{team_slug}', 'members:read', (call) => ok(wholeTeamJson(call.hub, team(call)))),
  on('GET /orgs/{org}/teams/{team_slug}/members', 'members:read', (call) =>
    page(call, team(call).members, (login) => userJson(call.hub, account(call.hub, login))),
  ),
  on('GET /orgs/{org}/teams/{team_slug}/memberships/{username}', 'members:read', (call) => {
    if (!team(call).members.some((one) => same(one, param(call, 'username')))) throw new ApiError(404, 'Not Found');
    return ok({ url: `${call.hub.url}${call.path}`, role: 'member', state: 'active' });
  }),
];

const memberRoutes: Route[] = [
  on('GET /orgs/{org}', 'public', ({ hub }) => ok(wholeOrganisationJson(hub))),
  on('GET /orgs/{org}/members', 'members:read', (call) =>
    page(call, [...call.hub.state.members], (login) => userJson(call.hub, account(call.hub, login))),
  ),
  on('GET /orgs/{org}/members/{username}', 'members:read', (call) => {
    if (!call.hub.state.members.has(param(call, 'username').toLowerCase())) throw new ApiError(404, 'Not Found');
    return empty;
  }),
  on('GET /orgs/{org}/memberships/{username}', 'members:read', (call) => {
    const login = param(call, 'username');
    if (!call.hub.state.members.has(login.toLowerCase())) throw new ApiError(404, 'Not Found');
    const organization = organisationJson(call.hub);
    const about = { organization_url: organization['url'], organization, direct_membership: true };
    const user = userJson(call.hub, account(call.hub, login));
    return ok({ url: `${call.hub.url}${call.path}`, state: 'active', role: 'member', ...about, user });
  }),
];

const accountRoutes: Route[] = [
  on('GET /user', 'public', (call) => {
    if (call.grant.as !== 'token') throw new ApiError(403, 'Resource not accessible by integration');
    return ok(wholeUserJson(call.hub, bot(call.hub)));
  }),
  on('GET /users/{username}', 'public', ({ hub, params }) => {
    return ok(wholeUserJson(hub, account(hub, params['username'] ?? '')));
  }),
  on('GET /user/{account_id}', 'public', (call) => {
    const id = numberParam(call, 'account_id');
    const who = [...call.hub.state.accounts.values()].find((one) => one.id === id);
    if (!who) throw new ApiError(404, 'Not Found');
    return ok(wholeUserJson(call.hub, who));
  }),
];

const assigneeRoutes: Route[] = [
  on(`GET ${repo}/assignees/{assignee}`, 'metadata:read', (call) => {
    if (!assignable(call.hub, null, param(call, 'assignee'))) throw new ApiError(404, 'Not Found');
    return empty;
  }),
  on(`GET ${repo}/issues/{issue_number}/assignees/{assignee}`, 'thread:read', (call) => {
    const found = thread(call.hub, numberParam(call, 'issue_number'));
    if (!assignable(call.hub, found, param(call, 'assignee'))) throw new ApiError(404, 'Not Found');
    return empty;
  }),
  taking(`POST ${repo}/issues/{issue_number}/assignees`, 'thread:write', logins, (call) => {
    const found = thread(call.hub, numberParam(call, 'issue_number'));
    assign(call.hub, call.actor, found, call.body.assignees ?? []);
    return ok(issueJson(call.hub, found), 201);
  }),
  taking(`DELETE ${repo}/issues/{issue_number}/assignees`, 'thread:write', logins, (call) => {
    const found = thread(call.hub, numberParam(call, 'issue_number'));
    unassign(call.hub, call.actor, found, call.body.assignees ?? []);
    return ok(issueJson(call.hub, found));
  }),
];

export const peopleRoutes: Route[] = [
  on(`GET ${repo}/collaborators`, 'metadata:read', (call) =>
    page(call, [...call.hub.state.roles.keys()], (login) => ({
      ...userJson(call.hub, account(call.hub, login)),
      role_name: roleOf(call.hub, login),
    })),
  ),
  on(`GET ${repo}/collaborators/{username}`, 'metadata:read', (call) => {
    if (!call.hub.state.roles.has(param(call, 'username').toLowerCase())) throw new ApiError(404, 'Not Found');
    return empty;
  }),
  on(`GET ${repo}/collaborators/{username}/permission`, 'metadata:read', (call) =>
    ok(permissionJson(call.hub, param(call, 'username'))),
  ),
  ...memberRoutes,
  ...teamRoutes,
  ...accountRoutes,
  ...assigneeRoutes,
];
