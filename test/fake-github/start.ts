import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { perform } from './acts/acts.ts';
import { needsPast } from './fault-kinds.ts';
import { createFaults, type Faults } from './faults.ts';
import type { FakeGitHub, FakeOptions, WriteGate } from './fake-github.ts';
import { createHttp, type Entry } from './http.ts';
import { appId, firstRepositoryId, installationId, organisation, slug, type Hub } from './hub.ts';
import { createPast, type Past } from './past.ts';
import { createProof, noProof, violationLine } from './proof/proof.ts';
import { createRateLimit } from './rate-limit.ts';
import { allRoutes } from './routes/all-routes.ts';
import { emptySite } from './site.ts';
import { createTokens, personalToken, privateKey } from './tokens.ts';
import { commitView, repositoryHub, repoView, threadView } from './views.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';
import { buildWorld, firstRepository } from './world.ts';

function createHub(options: FakeOptions, send: Hub['send']): { -readonly [Key in keyof Hub]: Hub[Key] } {
  const hub: { -readonly [Key in keyof Hub]: Hub[Key] } = {
    state: firstRepository(emptySite()),
    clock: options.clock,
    url: '',
    web: '',
    identity: options.identity ?? 'app',
    send,
    emit: (...what) => send(hub, ...what),
    note: () => undefined,
    proof: options.proof === false ? noProof : createProof(),
  };
  return hub;
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

interface Parts {
  readonly hub: Hub;
  readonly webhooks: Webhooks;
  readonly faults: Faults;
  readonly past: Past;
  readonly act: (step: string, keys: Readonly<Record<string, unknown>>) => void;
  readonly trouble: { error: Error | null };
  readonly journal: Entry[];
  readonly busy: { count: number };
  readonly held: { gate: WriteGate | null };
  readonly server: Server;
}

function face(parts: Parts): FakeGitHub {
  const { hub, webhooks, faults, past, act, trouble, journal, busy, held, server } = parts;
  return {
    url: hub.url,
    app: { id: String(appId), privateKey, installationId, slug },
    token: personalToken,
    repo: { id: firstRepositoryId, owner: organisation.login, name: 'shop' },
    sendTo: (to) => webhooks.sendTo(to),
    act: async (step, keys) => act(step, keys),
    thread: (as) => threadView(hub, as),
    commit: (on) => commitView(hub, on),
    repository: (name) => repoView(name === undefined ? hub : repositoryHub(hub, name)),
    journal,
    deliveries: webhooks.deliveries,
    redeliver: async (which) => redeliver(webhooks, which),
    fault: (fault) => {
      faults.arm(fault);
      if (needsPast(fault.kind)) past.record();
      past.step();
    },
    faultsLeft: () => faults.left(),
    trouble: () => trouble.error,
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
  const faults = createFaults(clock);
  const mail = { clock, secret, url: webhookUrl ?? null, identity, fault: faults.ofDelivery };
  const webhooks = createWebhooks(mail, () => hub);
  const hub = createHub(options, webhooks.send);
  const [tokens, limit] = [createTokens(hub), createRateLimit(clock)];
  const past = createPast(hub);
  const act: Parts['act'] = (step, keys) => {
    past.step();
    perform(hub, step, keys);
  };
  const held: Parts['held'] = { gate: null };
  const journal: Entry[] = [];
  const parts = { hub, webhooks, faults, past, act, trouble: { error: null }, journal, busy: { count: 0 }, held };
  const routes = allRoutes(tokens, webhooks, limit);
  const server = createHttp({ ...parts, routes, tokens, limit, gate: () => held.gate });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  hub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  hub.web = `${hub.url}/web`;
  buildWorld(hub, options.world);
  if (options.remembers) past.record();
  return face({ ...parts, server });
}
