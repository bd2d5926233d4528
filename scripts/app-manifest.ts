import { appPermissionsOf, eventsOf } from '../app/engine/permissions.ts';
import type { Kinds, Sources } from '../app/engine/load.ts';

/** What GitHub makes an App of: https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest */
export interface AppManifest {
  readonly name: string;
  readonly url: string;
  readonly hook_attributes: { readonly url: string; readonly active: boolean };
  readonly public: boolean;
  readonly default_permissions: Readonly<Record<string, 'read' | 'write'>>;
  readonly default_events: readonly string[];
}

/**
 * Left out of the events, though the bot works on them when they come: `installation*` and `ping`, which GitHub sends
 * to every App unasked; `branch_protection_rule` and `repository_ruleset`, whose subscription takes
 * `administration: read`, a right that nothing else here needs.
 */
export function appManifest(sources: Sources, kinds: Kinds): AppManifest {
  const rights = Object.entries(appPermissionsOf(sources, kinds)).sort(([a], [b]) => a.localeCompare(b));
  return {
    name: 'github-bot',
    url: 'https://YOUR-HOST',
    hook_attributes: { url: 'https://YOUR-HOST/webhook', active: true },
    public: false,
    default_permissions: Object.fromEntries(rights),
    default_events: eventsOf(sources),
  };
}
