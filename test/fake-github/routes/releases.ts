import { z } from 'zod';
import { ApiError, invalid } from '../api-error.ts';
import { moveRef } from '../changes/refs.ts';
import { empty, numberParam, ok, on, page, param, taking, type Call, type Route } from '../call.ts';
import { freshId } from '../hub.ts';
import { apiRepo, nodeId } from '../render/account.ts';
import { releaseJson } from '../render/repository.ts';
import { resolveCommit } from '../resolve-ref.ts';
import type { Release } from '../state.ts';

const repo = '/repos/{owner}/{repo}';
const fields = {
  target_commitish: z.string().optional(),
  name: z.string().optional(),
  body: z.string().optional(),
  draft: z.boolean().optional(),
  prerelease: z.boolean().optional(),
  discussion_category_name: z.string().optional(),
  make_latest: z.enum(['true', 'false', 'legacy']).optional(),
};
const creation = z.strictObject({ tag_name: z.string(), ...fields, generate_release_notes: z.boolean().optional() });
const update = z.strictObject({ tag_name: z.string().optional(), ...fields });

function announce(call: Call, action: string, release: Release, more: Record<string, unknown> = {}): void {
  call.hub.emit('release', action, call.actor, { release: releaseJson(call.hub, release), ...more });
}

function publish(call: Call, release: Release): void {
  release.publishedAt = call.hub.clock.now();
  if (!call.hub.state.refs.has(`tags/${release.tag}`))
    moveRef(call.hub, call.actor, `tags/${release.tag}`, resolveCommit(call.hub, release.target).sha);
  announce(call, 'published', release);
  announce(call, release.prerelease ? 'prereleased' : 'released', release);
}

function create(call: Call<z.infer<typeof creation>>): Release {
  const { hub, body } = call;
  const twin = [...hub.state.releases.values()].some((one) => one.tag === body.tag_name && !one.draft);
  if (twin && body.draft !== true) throw invalid('Release', 'tag_name', 'already_exists');
  const release: Release = {
    id: freshId(hub),
    tag: body.tag_name,
    target: body.target_commitish ?? 'main',
    name: body.name ?? null,
    body: body.body ?? '',
    draft: body.draft ?? false,
    prerelease: body.prerelease ?? false,
    author: call.actor,
    createdAt: hub.clock.now(),
    publishedAt: null,
  };
  hub.state.releases.set(release.id, release);
  announce(call, 'created', release);
  if (!release.draft) publish(call, release);
  return release;
}

function find(call: Call): Release {
  const release = call.hub.state.releases.get(numberParam(call, 'release_id'));
  if (!release) throw new ApiError(404, 'Not Found');
  return release;
}

function edit(call: Call<z.infer<typeof update>>): Release {
  const release = find(call);
  const { tag_name: tag, target_commitish: target, name, body, draft, prerelease } = call.body;
  const was = { ...release };
  Object.assign(release, {
    tag: tag ?? release.tag,
    target: target ?? release.target,
    name: name ?? release.name,
    body: body ?? release.body,
    draft: draft ?? release.draft,
    prerelease: prerelease ?? release.prerelease,
  });
  const changes = {
    ...(release.tag === was.tag ? {} : { tag_name: { from: was.tag } }),
    ...(release.name === was.name ? {} : { name: { from: was.name ?? '' } }),
    ...(release.body === was.body ? {} : { body: { from: was.body } }),
  };
  announce(call, 'edited', release, { changes });
  if (was.draft && !release.draft) publish(call, release);
  return release;
}

function byTag(call: Call): Release {
  const found = [...call.hub.state.releases.values()].find((one) => one.tag === param(call, 'tag') && !one.draft);
  if (!found) throw new ApiError(404, 'Not Found');
  return found;
}

function visible(call: Call): Release[] {
  const drafts = call.grant.permissions['contents'] === 'write';
  return [...call.hub.state.releases.values()].filter((one) => drafts || !one.draft).toReversed();
}

function tags(call: Call) {
  const names = [...call.hub.state.refs.keys()].filter((name) => name.startsWith('tags/')).map((name) => name.slice(5));
  return page(call, names.sort().toReversed(), (name) => {
    const sha = call.hub.state.refs.get(`tags/${name}`) ?? '';
    return {
      name,
      commit: { sha, url: `${apiRepo(call.hub)}/commits/${sha}` },
      zipball_url: `${apiRepo(call.hub)}/zipball/refs/tags/${name}`,
      tarball_url: `${apiRepo(call.hub)}/tarball/refs/tags/${name}`,
      node_id: nodeId('REF', name),
    };
  });
}

export const releaseRoutes: Route[] = [
  on(`GET ${repo}/releases`, 'contents:read', (call) => page(call, visible(call), (one) => releaseJson(call.hub, one))),
  taking(`POST ${repo}/releases`, 'contents:write', creation, (call) => ok(releaseJson(call.hub, create(call)), 201)),
  on(`GET ${repo}/releases/latest`, 'contents:read', (call) => {
    const latest = visible(call).find((one) => !one.draft && !one.prerelease);
    if (!latest) throw new ApiError(404, 'Not Found');
    return ok(releaseJson(call.hub, latest));
  }),
  on(`GET ${repo}/releases/tags/{tag}`, 'contents:read', (call) => ok(releaseJson(call.hub, byTag(call)))),
  on(`GET ${repo}/releases/{release_id}`, 'contents:read', (call) => ok(releaseJson(call.hub, find(call)))),
  taking(`PATCH ${repo}/releases/{release_id}`, 'contents:write', update, (call) =>
    ok(releaseJson(call.hub, edit(call))),
  ),
  on(`DELETE ${repo}/releases/{release_id}`, 'contents:write', (call) => {
    const release = find(call);
    call.hub.state.releases.delete(release.id);
    announce(call, 'deleted', release);
    return empty;
  }),
  on(`GET ${repo}/tags`, 'contents:read', tags),
];
