import { birthday, fullName, iso, ownerOf, repositoryId, type Hub } from '../hub.ts';
import type { Account, Reaction, Team } from '../state.ts';

export const nodeId = (prefix: string, id: number | string): string => `${prefix}_kwDO${id}`;

export const userNode = (who: Account): string =>
  nodeId(who.type === 'Bot' ? 'BOT' : who.type === 'Organization' ? 'O' : 'U', who.id);

export function userJson(hub: Hub, who: Account): Record<string, unknown> {
  const path = encodeURIComponent(who.login);
  const url = `${hub.url}/users/${path}`;
  return {
    login: who.login,
    id: who.id,
    node_id: userNode(who),
    avatar_url: `${hub.web}/avatars/${who.id}`,
    gravatar_id: '',
    url,
    html_url: who.type === 'Bot' ? `${hub.web}/apps/${who.login.replace('[bot]', '')}` : `${hub.web}/${path}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: who.type,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** An account as it is shown on its own; nobody of the fake tells about themselves. */
export function wholeUserJson(hub: Hub, who: Account): Record<string, unknown> {
  const since = iso(birthday);
  return {
    ...userJson(hub, who),
    ...{ name: who.name, company: null, blog: '', location: null, email: null, hireable: null, bio: null },
    ...{ twitter_username: null, public_repos: 0, public_gists: 0, followers: 0, following: 0 },
    ...{ created_at: since, updated_at: since },
  };
}

export const userOrNull = (hub: Hub, who: Account | null): Record<string, unknown> | null => who && userJson(hub, who);

export function organisationJson(hub: Hub, { login, id } = ownerOf(hub)): Record<string, unknown> {
  const url = `${hub.url}/orgs/${login}`;
  return {
    login,
    id,
    node_id: nodeId('O', id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${hub.web}/avatars/${id}`,
    description: '',
  };
}

/** The organisation as `GET /orgs/{org}` gives it. */
export function wholeOrganisationJson(hub: Hub): Record<string, unknown> {
  const since = iso(birthday);
  return {
    ...organisationJson(hub),
    ...{
      html_url: `${hub.web}/${ownerOf(hub).login}`,
      type: 'Organization',
      created_at: since,
      updated_at: since,
      archived_at: null,
    },
    ...{ has_organization_projects: true, has_repository_projects: true, public_repos: 1, public_gists: 0 },
    ...{ followers: 0, following: 0 },
  };
}

/** A team as `GET` of one gives it. */
export function wholeTeamJson(hub: Hub, team: Team): Record<string, unknown> {
  const since = { created_at: iso(birthday), updated_at: iso(birthday) };
  const counts = { members_count: team.members.length, repos_count: 1 };
  return { ...teamJson(hub, team), ...since, ...counts, organization: wholeOrganisationJson(hub) };
}

export function teamJson(hub: Hub, team: Team): Record<string, unknown> {
  const url = `${hub.url}/organizations/${ownerOf(hub).id}/team/${team.id}`;
  return {
    id: team.id,
    node_id: nodeId('T', team.id),
    url,
    html_url: `${hub.web}/orgs/${ownerOf(hub).login}/teams/${team.slug}`,
    name: team.slug,
    slug: team.slug,
    description: null,
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    permission: 'pull',
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: 'organization',
    organization_id: ownerOf(hub).id,
    parent: null,
  };
}

export function association(hub: Hub, who: Account): string {
  const login = who.login.toLowerCase();
  if (hub.state.members.has(login)) return 'MEMBER';
  if (hub.state.roles.has(login)) return 'COLLABORATOR';
  const merged = [...hub.state.threads.values()].some((one) => one.author.id === who.id && one.pull?.mergedAt);
  return merged ? 'CONTRIBUTOR' : 'NONE';
}

const contents = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'];

export function reactionRollup(url: string, reactions: readonly Reaction[]): Record<string, unknown> {
  const counts = contents.map((name) => [name, reactions.filter((one) => one.content === name).length]);
  return { url: `${url}/reactions`, total_count: reactions.length, ...Object.fromEntries(counts) };
}

export function reactionJson(hub: Hub, reaction: Reaction): Record<string, unknown> {
  return {
    id: reaction.id,
    node_id: nodeId('REA', reaction.id),
    user: userJson(hub, reaction.user),
    content: reaction.content,
    created_at: iso(reaction.createdAt),
  };
}

export const repositoryNode = (hub: Hub): string => nodeId('R', repositoryId(hub));
export const apiRepo = (hub: Hub): string => `${hub.url}/repos/${fullName(hub)}`;
export const webRepo = (hub: Hub): string => `${hub.web}/${fullName(hub)}`;
