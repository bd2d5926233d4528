import { nodeId, webRepo } from '../render/account.ts';
import { isoOrNull } from '../hub.ts';
import { allows } from '../permissions.ts';
import type { Release } from '../state.ts';
import { need, type Args, type Gql, type Node } from './resolving.ts';

function releaseNode(gql: Gql, release: Release): Node {
  return {
    __typename: 'Release',
    id: nodeId('RE', release.id),
    databaseId: release.id,
    name: release.name,
    tagName: release.tag,
    description: release.body,
    isDraft: release.draft,
    isPrerelease: release.prerelease,
    publishedAt: isoOrNull(release.publishedAt),
    url: `${webRepo(gql.hub)}/releases/tag/${encodeURIComponent(release.tag)}`,
  };
}

/** A draft is shown only to those who may change it; a published one comes before it. */
export function releaseOf(gql: Gql, args: Args): Node | null {
  need(gql, 'contents:read');
  const drafts = allows(gql.grant.permissions, 'contents', 'write');
  const found = [...gql.hub.state.releases.values()].filter((one) => one.tag === args['tagName']);
  const seen = found.find((one) => !one.draft) ?? (drafts ? found[0] : undefined);
  return seen ? releaseNode(gql, seen) : null;
}
