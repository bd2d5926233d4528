import { appId, birthday, iso, isoOrNull, slug, type Hub } from '../hub.ts';
import { subscribed } from '../permissions.ts';
import type { Installation } from '../site.ts';
import type { State } from '../state.ts';
import { userJson, userOrNull } from './account.ts';

const owned = ({ state }: Hub, { account }: Installation): State[] =>
  [...state.site.repositories.values()].filter(({ repository }) => repository.owner.id === account.id);

/** `all` as long as the App was given every repository of the account. */
const selectionOf = (hub: Hub, installation: Installation): string =>
  owned(hub, installation).every(({ repository }) => repository.installation === installation.id) ? 'all' : 'selected';

export function installationJson(hub: Hub, installation: Installation): Record<string, unknown> {
  const { id, account, permissions, suspendedAt, suspendedBy } = installation;
  return {
    id,
    client_id: `Iv23li${appId}`,
    account: userJson(hub, account),
    repository_selection: selectionOf(hub, installation),
    access_tokens_url: `${hub.url}/app/installations/${id}/access_tokens`,
    repositories_url: `${hub.url}/installation/repositories`,
    html_url: `${hub.web}/organizations/${account.login}/settings/installations/${id}`,
    app_id: appId,
    app_slug: slug,
    target_id: account.id,
    target_type: 'Organization',
    permissions,
    events: subscribed,
    created_at: iso(birthday),
    updated_at: iso(birthday),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: userOrNull(hub, suspendedBy),
    suspended_at: isoOrNull(suspendedAt),
  };
}
