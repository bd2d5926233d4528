import { ApiError } from '../api-error.ts';
import { empty, ok, on, page, param, type Call, type Route } from '../call.ts';
import { birthday, hookId, iso, ourApp } from '../hub.ts';
import { accountOf, type RateLimit } from '../rate-limit.ts';
import { appJson } from '../render/check.ts';
import type { Tokens } from '../tokens.ts';
import type { Delivery, Webhooks } from '../webhooks.ts';
import { installationRoutes } from './installations.ts';

const deliveryStatus = (status: number): [string, number] =>
  status === 0
    ? ['failed to connect to host', 502]
    : [status < 400 ? 'OK' : `Invalid HTTP Response: ${status}`, status];

interface About {
  readonly repository?: { readonly id: number };
  readonly installation?: { readonly id: number };
}

/** What each body is about; logs are read again and again. */
const abouts = new WeakMap<Delivery, About>();

function aboutOf(delivery: Delivery): About {
  const known = abouts.get(delivery);
  if (known) return known;
  const { repository, installation } = JSON.parse(delivery.body) as About;
  const about = { ...(repository && { repository }), ...(installation && { installation }) };
  abouts.set(delivery, about);
  return about;
}

function deliveryJson(delivery: Delivery, id: unknown, whole = false): Record<string, unknown> {
  const [status, code] = deliveryStatus(delivery.status);
  const { repository, installation } = aboutOf(delivery);
  return {
    id,
    guid: delivery.guid,
    delivered_at: new Date(delivery.at).toISOString(),
    redelivery: delivery.redelivery,
    duration: 0.1,
    status,
    status_code: code,
    event: delivery.event,
    action: delivery.action,
    installation_id: installation?.id ?? null,
    repository_id: repository?.id ?? null,
    throttled_at: null,
    ...(whole && { url: '', response: { headers: {}, payload: null } }),
    ...(whole && { request: { headers: {}, payload: JSON.parse(delivery.body) as unknown } }),
  };
}

// TypeScript does not know it yet: https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/JSON/rawJSON
const exactly = JSON as unknown as { readonly rawJSON: (text: string) => unknown };

/** What `render` makes with ids as near as numbers come, and as it is sent. */
function withIds(render: (idOf: (delivery: Delivery) => unknown) => unknown) {
  return { body: render(({ id }) => Number(id)), text: JSON.stringify(render(({ id }) => exactly.rawJSON(id))) };
}

const hookConfig = (webhooks: Webhooks) => ({
  content_type: 'json',
  insecure_ssl: '0',
  secret: '********',
  ...(webhooks.address() === '' ? {} : { url: webhooks.address() }),
});

/** The one hook of the repository; with a personal token a bot has no App whose deliveries it could read. */
function hookJson(call: Call, webhooks: Webhooks): Record<string, unknown> {
  const url = `${call.hub.url}${call.path}/${hookId}`;
  return {
    ...{ type: 'Repository', id: hookId, name: 'web', active: true, events: ['*'], config: hookConfig(webhooks) },
    ...{ updated_at: iso(birthday), created_at: iso(birthday), url, test_url: `${url}/tests` },
    ...{ ping_url: `${url}/pings`, deliveries_url: `${url}/deliveries` },
    last_response: { code: null, status: 'unused', message: null },
  };
}

const keptFor = 3 * 86_400_000;

/** Newest first, paged by a cursor; GitHub keeps three days. */
function deliveryPage(call: Call, webhooks: Webhooks) {
  const since = call.hub.clock.now() - keptFor;
  const status = call.query.get('status');
  const kept = webhooks.deliveries
    .filter((one) => one.at >= since)
    .filter((one) => status === null || deliveryStatus(one.status)[1] < 400 === (status === 'success'))
    .toReversed();
  const cursor = call.query.get('cursor');
  const from = cursor === null ? 0 : kept.findIndex((one) => `v1_${one.id}` === cursor);
  if (from < 0) throw new ApiError(422, 'Validation Failed');
  const size = Math.min(Number(call.query.get('per_page') ?? 30) || 30, 100);
  const next = kept[from + size];
  const link = next && `<${call.hub.url}${call.path}?per_page=${size}&cursor=v1_${next.id}>; rel="next"`;
  return {
    status: 200,
    ...withIds((idOf) => kept.slice(from, from + size).map((one) => deliveryJson(one, idOf(one)))),
    headers: link ? { link } : {},
  };
}

function deliveryRoutes(webhooks: Webhooks, base: string, need: string): Route[] {
  const find = (call: Call) => {
    const found = webhooks.deliveries.find((one) => one.id === param(call, 'delivery_id'));
    if (!found || found.at < call.hub.clock.now() - keptFor) throw new ApiError(404, 'Not Found');
    return found;
  };
  return [
    on(`GET ${base}/deliveries`, need, (call) => deliveryPage(call, webhooks)),
    on(`GET ${base}/deliveries/{delivery_id}`, need, (call) => {
      const found = find(call);
      return { status: 200, ...withIds((idOf) => deliveryJson(found, idOf(found), true)) };
    }),
    on(`POST ${base}/deliveries/{delivery_id}/attempts`, need, (call) => {
      webhooks.again(find(call).guid);
      return ok({}, 202);
    }),
  ];
}

export function appRoutes(tokens: Tokens, webhooks: Webhooks, limit: RateLimit): Route[] {
  const rate = ({ grant }: Call) => {
    const as = accountOf(grant);
    const [core, graphql, search] = [limit.view(as, 'core'), limit.view(as, 'graphql'), limit.view(as, 'search')];
    return ok({ resources: { core, graphql, search, code_search: limit.view(as, 'code_search') }, rate: core });
  };
  return [
    on('GET /app', 'app', ({ hub }) => ok(appJson(hub, ourApp(hub)))),
    ...installationRoutes(tokens),
    on('DELETE /installation/token', 'public', () => {
      tokens.revokeAll();
      return empty;
    }),
    on('GET /app/hook/config', 'app', () => ok(hookConfig(webhooks))),
    ...deliveryRoutes(webhooks, '/app/hook', 'app'),
    on('GET /repos/{owner}/{repo}/hooks', 'metadata:read', (call) =>
      page(call, [hookJson(call, webhooks)], (one) => one),
    ),
    ...deliveryRoutes(webhooks, '/repos/{owner}/{repo}/hooks/{hook_id}', 'metadata:read'),
    on('GET /rate_limit', 'public', rate),
  ];
}
