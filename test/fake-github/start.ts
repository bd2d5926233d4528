import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { perform } from './acts/acts.ts';
import { createFaults, type Faults } from './faults.ts';
import type { FakeGitHub, FakeOptions, WriteGate } from './fake-github.ts';
import { createHttp, type Entry } from './http.ts';
import { appId, installationId, owner, repoName, repositoryId, slug, type Hub } from './hub.ts';
import { createProof, noProof, violationLine } from './proof/proof.ts';
import { createRateLimit } from './rate-limit.ts';
import { allRoutes } from './routes/all-routes.ts';
import { emptyState } from './state.ts';
import { createTokens, personalToken, privateKey } from './tokens.ts';
import { commitView, repoView, threadView } from './views.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';
import { buildWorld } from './world.ts';

function createHub(options: FakeOptions, emit: Hub['emit']): { -readonly [Key in keyof Hub]: Hub[Key] } {
  return {
    state: emptyState(),
    clock: options.clock,
    url: '',
    web: '',
    identity: options.identity ?? 'app',
    emit,
    note: () => undefined,
    proof: options.proof === false ? noProof : createProof(),
  };
}

type Which = Parameters<FakeGitHub['redeliver']>[0];

function redeliver(webhooks: Webhooks, which: Which): void {
  const guids = [...new Set(webhooks.deliveries.map((one) => one.guid))];
  const count = which.all ? guids.length : (which.count ?? 1);
  const chosen = count > 0 ? guids.slice(-count) : [];
  for (const guid of chosen) {
    webhooks.again(guid);
    if (which.duplicate) webhooks.again(guid, true);
  }
}

/** Copies of the state from before the last step, kept only while a stale read is armed. */
function createPast(hub: Hub, armed: () => boolean) {
  let past = hub.state;
  const keep = () => {
    if (armed()) past = structuredClone(hub.state);
  };
  return { keep, hub: (): Hub => ({ ...hub, state: past }) };
}

interface Parts {
  readonly hub: Hub;
  readonly webhooks: Webhooks;
  readonly faults: Faults;
  readonly past: ReturnType<typeof createPast>;
  readonly journal: Entry[];
  readonly busy: { count: number };
  readonly held: { gate: WriteGate | null };
  readonly server: Server;
}

function face({ hub, webhooks, faults, past, journal, busy, held, server }: Parts): FakeGitHub {
  return {
    url: hub.url,
    app: { id: String(appId), privateKey, installationId, slug },
    token: personalToken,
    repo: { id: repositoryId, owner, name: repoName },
    sendTo: (to) => webhooks.sendTo(to),
    act: async (step, keys) => {
      past.keep();
      perform(hub, step, keys);
    },
    thread: (as) => threadView(hub, as),
    commit: (on) => commitView(hub, on),
    repository: () => repoView(hub),
    journal,
    deliveries: webhooks.deliveries,
    redeliver: async (which) => redeliver(webhooks, which),
    fault: (fault) => {
      faults.arm(fault);
      past.keep();
    },
    busy: () => busy.count + webhooks.waiting(),
    gate: (next) => (held.gate = next),
    takeViolations: () => hub.proof.take().map(violationLine),
    stop: async () => {
      webhooks.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      const violations = hub.proof.take().map(violationLine);
      if (violations.length > 0) throw new Error(violations.join('\n'));
    },
  };
}

export async function startFakeGitHub(options: FakeOptions): Promise<FakeGitHub> {
  const { clock, webhookSecret: secret, webhookUrl, identity = 'app' } = options;
  const webhooks = createWebhooks({ clock, secret, url: webhookUrl ?? null, identity }, () => hub);
  const hub = createHub(options, webhooks.emit);
  const [tokens, limit, faults] = [createTokens(hub), createRateLimit(hub), createFaults()];
  const past = createPast(hub, () => faults.staleArmed());
  const held: Parts['held'] = { gate: null };
  const journal: Entry[] = [];
  const parts = { hub, webhooks, faults, past, journal, busy: { count: 0 }, held };
  const routes = allRoutes(tokens, webhooks, limit);
  const server = createHttp({ ...parts, routes, tokens, limit, gate: () => held.gate, stale: past.hub });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  hub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  hub.web = `${hub.url}/web`;
  buildWorld(hub, options.world);
  return face({ ...parts, server });
}
