import { ApiError } from '../api-error.ts';
import { freshId, fullName, nameOf, ownerOf, repositoryId, repositoryNamed, repoName, type Hub } from '../hub.ts';
import { organisationJson, repositoryNode } from '../render/account.ts';
import { installationJson } from '../render/installation.ts';
import type { Installation } from '../site.ts';
import type { Account } from '../state.ts';

function refuseTwin(hub: Hub, name: string): void {
  const other = repositoryNamed(hub, name);
  if (other && other !== hub.state) throw new ApiError(422, `${nameOf(other)} is there already`);
}

/** The old name leads here from now on, and whoever had the new one before leads here no longer. */
function changeName(hub: Hub, owner: Account, name: string): void {
  const { repository, site } = hub.state;
  const now = `${owner.login}/${name}`;
  refuseTwin(hub, now);
  repository.formerly.push(fullName(hub).toLowerCase());
  for (const { repository: other } of site.repositories.values()) {
    const left = other.formerly.filter((one) => one !== now.toLowerCase());
    other.formerly.splice(0, Infinity, ...left);
  }
  repository.owner = owner;
  repository.name = name;
}

export function renameRepository(hub: Hub, actor: Account, name: string): void {
  const from = repoName(hub);
  changeName(hub, ownerOf(hub), name);
  hub.emit('repository', 'renamed', actor, { changes: { repository: { name: { from } } } });
}

export function archiveRepository(hub: Hub, actor: Account, archived: boolean): void {
  hub.state.repository.archived = archived;
  hub.emit('repository', archived ? 'archived' : 'unarchived', actor, {});
}

const shortRepository = (hub: Hub) => ({
  id: repositoryId(hub),
  node_id: repositoryNode(hub),
  name: repoName(hub),
  full_name: fullName(hub),
  private: false,
});

/** Tells one installation which repository it has now, or has no longer. */
function announceReach(hub: Hub, actor: Account, installation: Installation, added: boolean): void {
  const these = [shortRepository(hub)];
  hub.send(null, 'installation_repositories', added ? 'added' : 'removed', actor, {
    installation: installationJson(hub, installation),
    repository_selection: installationJson(hub, installation)['repository_selection'],
    repositories_added: added ? these : [],
    repositories_removed: added ? [] : these,
    requester: null,
  });
}

function installationFor(hub: Hub, account: Account): Installation | undefined {
  return [...hub.state.site.installations.values()].find((one) => one.account.id === account.id);
}

/** The App is given this repository, or loses it. */
export function setReach(hub: Hub, actor: Account, reached: boolean): void {
  const { repository } = hub.state;
  const installation = installationFor(hub, repository.owner);
  if (!installation) throw new ApiError(404, `the App is not installed for ${repository.owner.login}`);
  if ((repository.installation !== null) === reached) return;
  repository.installation = reached ? installation.id : null;
  announceReach(hub, actor, installation, reached);
}

/** Moves the repository to another organisation; `installed` says that the App is installed there too. */
export function transferRepository(hub: Hub, actor: Account, to: string, installed: boolean): void {
  const { repository, site } = hub.state;
  const from = ownerOf(hub);
  const before = repository.installation === null ? undefined : site.installations.get(repository.installation);
  const known = [...site.installations.values()].find(({ account }) => account.login === to)?.account;
  const owner: Account = known ?? { id: freshId(hub), login: to, type: 'Organization', name: to, email: '' };
  changeName(hub, owner, repoName(hub));
  repository.installation = null;
  if (before) announceReach(hub, actor, before, false);
  if (!installed) return;
  const there = installationFor(hub, owner) ?? install(hub, owner, before);
  repository.installation = there.id;
  announceReach(hub, actor, there, true);
  hub.emit('repository', 'transferred', actor, {
    changes: { owner: { from: { organization: organisationJson(hub, from) } } },
  });
}

function install(hub: Hub, account: Account, like: Installation | undefined): Installation {
  const permissions = like?.permissions ?? {};
  const fresh = { id: freshId(hub), account, permissions, suspendedAt: null, suspendedBy: null };
  hub.state.site.installations.set(fresh.id, fresh);
  return fresh;
}

/** Nothing but the change itself is told: the webhook lists no repositories. */
export function suspend(hub: Hub, actor: Account, suspended: boolean): void {
  const installation = installationFor(hub, ownerOf(hub));
  if (!installation) throw new ApiError(404, `the App is not installed for ${ownerOf(hub).login}`);
  installation.suspendedAt = suspended ? hub.clock.now() : null;
  installation.suspendedBy = suspended ? actor : null;
  const payload = { installation: installationJson(hub, installation) };
  hub.send(null, 'installation', suspended ? 'suspend' : 'unsuspend', actor, payload);
}
