import { createHash } from 'node:crypto';
import { ApiError } from '../api-error.ts';
import { ok, on, param, type Call, type Reply, type Route } from '../call.ts';
import { freshId, iso, organisation } from '../hub.ts';
import { nodeId, userJson } from '../render/account.ts';
import { privateKey } from '../tokens.ts';

interface Manifest {
  readonly name?: string;
  readonly url?: string;
  readonly default_permissions?: Record<string, string>;
  readonly default_events?: string[];
}

const validFor = 3_600_000;
const secretFor = (what: string, code: string) => createHash('sha256').update(`${what} ${code}`).digest('hex');

/** A code is good once and for an hour; it is the proof itself, so nobody has to sign in. */
function convert(call: Call): Reply {
  const { hub } = call;
  const code = param(call, 'code');
  const kept = hub.state.site.manifests.get(code);
  hub.state.site.manifests.delete(code);
  if (!kept || hub.clock.now() - kept.at > validFor) throw new ApiError(404, 'Not Found');
  const manifest = kept.manifest as Manifest;
  const name = manifest.name ?? 'unnamed';
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const id = freshId(hub);
  const now = iso(hub.clock.now());
  const app = {
    id,
    slug,
    node_id: nodeId('A', id),
    owner: userJson(hub, organisation),
    name,
    description: null,
    external_url: manifest.url ?? '',
    html_url: `${hub.web}/apps/${slug}`,
    created_at: now,
    updated_at: now,
    permissions: manifest.default_permissions ?? {},
    events: manifest.default_events ?? [],
    client_id: `Iv23li${id}`,
  };
  const secrets = { client_secret: secretFor('client', code), webhook_secret: secretFor('webhook', code) };
  return ok({ ...app, ...secrets, pem: privateKey }, 201);
}

export const manifestRoutes: Route[] = [on('POST /app-manifests/{code}/conversions', 'anyone', convert)];
