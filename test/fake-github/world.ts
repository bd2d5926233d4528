import type { RepositoryWorld, World } from './fake-github.ts';
import { writeTree, writeCommit, editTree } from './git-objects.ts';
import {
  account,
  bot,
  firstRepositoryId,
  freshId,
  inRepository,
  installationId,
  organisation,
  ourApp,
  signature,
  type Hub,
} from './hub.ts';
import { granted, type Permissions } from './permissions.ts';
import { rulesFrom, rulesetFrom } from './protection.ts';
import type { Site } from './site.ts';
import { emptyState, type Role, type State } from './state.ts';

const roles = new Set(['admin', 'maintain', 'write', 'triage', 'read', 'none']);

/** Puts up one more repository of the organisation, still without commits. */
export function addRepository(site: Site, id: number, name: string, installation: number | null): State {
  const fresh = { id, name, owner: organisation, archived: false, installation, formerly: [] };
  const state = emptyState(site, fresh);
  site.repositories.set(id, state);
  return state;
}

/** `acme/shop`, which the organisation's installation reaches. */
export function firstRepository(site: Site): State {
  const life = { permissions: granted, suspendedAt: null, suspendedBy: null };
  site.installations.set(installationId, { id: installationId, account: organisation, ...life });
  return addRepository(site, firstRepositoryId, 'shop', installationId);
}

function settlePeople(hub: Hub, people: Readonly<Record<string, string>>): void {
  for (const [login, role] of Object.entries(people)) {
    if (!roles.has(role)) throw new Error(`world: ${login} has the unknown role ${role}`);
    account(hub, login);
    if (role !== 'none') hub.state.roles.set(login.toLowerCase(), role as Role);
  }
}

function settle(hub: Hub, world: World): void {
  const { state } = hub;
  for (const login of world.members ?? []) state.members.add(account(hub, login).login.toLowerCase());
  for (const [slug, members] of Object.entries(world.teams ?? {})) {
    members.forEach((login) => account(hub, login));
    state.teams.set(slug.toLowerCase(), { id: freshId(hub), slug, members: [...members] });
  }
  for (const login of world.bots ?? []) account(hub, login.endsWith('[bot]') ? login : `${login}[bot]`);
}

function furnish(hub: Hub, world: RepositoryWorld): void {
  const { state } = hub;
  const creator = account(hub, 'acme-owner');
  const now = hub.clock.now();
  for (const name of world.labels ?? [])
    state.labels.set(name.toLowerCase(), { id: freshId(hub), name, color: 'ededed', description: null });
  (world.milestones ?? []).forEach((title, index) =>
    state.milestones.push({
      id: freshId(hub),
      number: index + 1,
      title,
      description: null,
      state: 'open',
      dueOn: null,
      creator,
      createdAt: now,
      updatedAt: now,
    }),
  );
  for (const [branch, rules] of Object.entries(world.protection ?? {})) state.protections.set(branch, rulesFrom(rules));
  for (const ruleset of world.rulesets ?? []) state.rulesets.push(rulesetFrom(freshId(hub), ruleset));
}

function firstCommit(hub: Hub, world: RepositoryWorld): void {
  const { git, refs, repository } = hub.state;
  const start = writeTree(git, new Map());
  const tree = editTree(git, start, { 'README.md': `# ${repository.name}\n`, ...world.files });
  const author = signature(hub, account(hub, 'acme-owner'));
  const commit = writeCommit(git, { tree, parents: [], message: 'chore: first commit', author, committer: author });
  refs.set('heads/main', commit.sha);
}

function fill(hub: Hub, world: RepositoryWorld): void {
  if (hub.identity === 'token') hub.state.roles.set('github-bot', 'write');
  settlePeople(hub, world.people ?? {});
  furnish(hub, world);
  firstCommit(hub, world);
}

/** The others get the people of the first, unless they have their own. */
function addOthers(hub: Hub, world: World): void {
  const { site } = hub.state;
  let id = firstRepositoryId;
  for (const [full, other] of Object.entries(world.repositories ?? {})) {
    const [owner, name = ''] = full.split('/');
    if (owner !== organisation.login || name === '')
      throw new Error(`world: ${full} must be ${organisation.login}/<name>`);
    const state = addRepository(site, ++id, name, other.installed === false ? null : installationId);
    state.repository.archived = other.archived ?? false;
    fill(inRepository(hub, state), { people: world.people ?? {}, ...other });
  }
}

/** What the organisation granted otherwise than usual; `none` takes away. */
function grant({ state }: Hub, wanted: Readonly<Record<string, string>>): void {
  const installation = state.site.installations.get(installationId);
  if (!installation) return;
  const all = Object.entries({ ...granted, ...wanted }).filter(([, level]) => level !== 'none');
  installation.permissions = Object.fromEntries(all) as Permissions;
}

/** Builds the world of a scenario; nothing of this sends a webhook. */
export function buildWorld(hub: Hub, world: World): void {
  account(hub, 'web-flow');
  bot(hub);
  ourApp(hub);
  settle(hub, world);
  grant(hub, world.permissions ?? {});
  fill(hub, world);
  addOthers(hub, world);
}
