import { createHmac, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { Clock } from '../../app/clock.ts';
import type { DeliveryView } from './fake-github.ts';
import type { Fault } from './fault-kinds.ts';
import { appId, firstRepositoryId, hookId, ownerOf, type Hub } from './hub.ts';
import { nodeId, organisationJson, userJson } from './render/account.ts';
import { repositoryJson } from './render/repository.ts';

export interface Delivery extends DeliveryView {
  /** A 64-bit number in digits, as https://github.com/octokit/request.js/issues/797 shows them. */
  readonly id: string;
  readonly redelivery: boolean;
  readonly body: string;
  readonly status: number;
}

interface Job {
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly body: string;
  readonly redelivery: boolean;
  /** It never reaches the bot. */
  readonly lost?: boolean;
}

export interface Webhooks {
  readonly send: Hub['send'];
  readonly deliveries: Delivery[];
  sendTo(url: string | null): void;
  /** Where they go; '' when nowhere. */
  address(): string;
  again(guid: string, fresh?: boolean): void;
  waiting(): number;
  stop(): void;
}

interface Options {
  readonly clock: Clock;
  readonly secret: string;
  readonly url: string | null;
  readonly identity: 'app' | 'token';
  /** What happens to this delivery on its way. */
  readonly fault: (event: string, action: string | null) => Fault | null;
}

/** `push` holds an older repository object: times as numbers, the owner with a name, see the page "Webhook events and payloads". */
function pushedRepository(hub: Hub): Record<string, unknown> {
  const json = repositoryJson(hub);
  const seconds = (key: string) => Math.floor(Date.parse(String(json[key])) / 1000);
  return {
    ...json,
    owner: { ...(json['owner'] as object), name: ownerOf(hub).login, email: null },
    created_at: seconds('created_at'),
    pushed_at: seconds('pushed_at'),
    stargazers: 0,
    master_branch: 'main',
    organization: ownerOf(hub).login,
  };
}

/** What every webhook of a repository is wrapped in. */
function wrapping(hub: Hub, event: string): Record<string, unknown> {
  const { installation: id } = hub.state.repository;
  return {
    repository: event === 'push' ? pushedRepository(hub) : repositoryJson(hub),
    organization: organisationJson(hub),
    ...(hub.identity === 'app' ? { installation: { id, node_id: nodeId('MDIzOkludGVncmF0aW9u', id ?? 0) } } : {}),
  };
}

/** An App hears only of repositories it was given, and of nothing while its installation is suspended. */
function isHeard({ state, identity }: Hub): boolean {
  const { installation: id } = state.repository;
  const installation = id === null ? undefined : state.site.installations.get(id);
  return identity === 'token' || installation?.suspendedAt === null;
}

const longestWait = 10_000;

function headers(job: Job, options: Options): Record<string, string> {
  const target = options.identity === 'app' ? [appId, 'integration'] : [firstRepositoryId, 'repository'];
  return {
    accept: '*/*',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(job.body)),
    'user-agent': 'GitHub-Hookshot/fa4e000',
    'x-github-event': job.event,
    'x-github-delivery': job.guid,
    'x-github-hook-id': String(hookId),
    'x-github-hook-installation-target-id': String(target[0]),
    'x-github-hook-installation-target-type': String(target[1]),
    'x-hub-signature-256': `sha256=${createHmac('sha256', options.secret).update(job.body).digest('hex')}`,
  };
}

/** Posts once, on a connection of its own; 0 when nobody answered. */
function post(url: string, job: Job, options: Options): Promise<number> {
  return new Promise((resolve) => {
    const call = request(url, { method: 'POST', headers: headers(job, options), agent: false }, (answer) => {
      answer.on('error', () => resolve(0));
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    call.setTimeout(longestWait, () => call.destroy(new Error('timed out')));
    call.on('error', () => resolve(0));
    call.end(job.body);
  });
}

/** Deliveries in line, each sent when the one before was answered. */
function createLine(options: Options, send: (job: Job) => Promise<void>) {
  const queue: Job[] = [];
  const held: { readonly job: Job; left: number }[] = [];
  let [sending, stopped] = [0, false];
  const run = async () => {
    sending = 1;
    for (let job = queue.shift(); job && !stopped; job = queue.shift()) await send(job);
    sending = 0;
  };
  const add = (...jobs: readonly Job[]) => {
    if (stopped) return;
    queue.push(...jobs);
    if (sending === 0) void run();
  };
  const release = (one: (typeof held)[number]) => {
    if (!held.includes(one)) return;
    held.splice(held.indexOf(one), 1);
    add(one.job);
  };
  return {
    add: (...jobs: readonly Job[]) => {
      add(...jobs);
      for (const one of [...held]) if (--one.left <= 0) release(one);
    },
    /** Sent once `count` others went by, or when nothing came for so long. */
    hold: (job: Job, count: number, ms: number) => {
      const one = { job, left: count };
      held.push(one);
      void options.clock.sleep(ms).then(() => release(one));
    },
    later: (job: Job, ms: number) => void options.clock.sleep(ms).then(() => add(job)),
    waiting: () => queue.length + sending,
    stop: () => {
      stopped = true;
      queue.length = 0;
    },
  };
}

const usualDelay = 60;

/** Puts a delivery into the line as the fault for it says. */
function dispatch(line: ReturnType<typeof createLine>, job: Job, fault: Fault | null): void {
  const ms = (fault?.seconds ?? usualDelay) * 1000;
  switch (fault?.kind) {
    case 'webhook-silenced':
      return;
    case 'webhook-dropped':
      return line.add({ ...job, lost: true });
    case 'webhook-delayed':
      return line.later(job, ms);
    case 'webhook-duplicated':
      return line.add(job, fault.fresh ? { ...job, guid: randomUUID() } : job);
    case 'webhook-reordered':
      return line.hold(job, fault.count ?? 1, ms);
    default:
      return line.add(job);
  }
}

export function createWebhooks(options: Options, hub: () => Hub): Webhooks {
  const deliveries: Delivery[] = [];
  let [url, lastId] = [options.url, 3_804_004_623_172_239_360n];
  const line = createLine(options, async ({ lost, ...job }) => {
    const delivery = { id: String(++lastId), ...job, at: options.clock.now() };
    const status = url === null || lost ? 0 : await post(url, job, options);
    deliveries.push({ ...delivery, status });
  });
  const add = (job: Job) => dispatch(line, job, options.fault(job.event, job.action));
  return {
    deliveries,
    send: (of, event, action, sender, rest) => {
      if (of && !isHeard(of)) return;
      const around = { ...(of ? wrapping(of, event) : {}), sender: userJson(of ?? hub(), sender) };
      const payload = { ...(action === null ? {} : { action }), ...rest, ...around };
      hub().proof.webhook(event, action, payload);
      add({ guid: randomUUID(), event, action, body: JSON.stringify(payload), redelivery: false });
    },
    sendTo: (to) => (url = to),
    address: () => url ?? '',
    again: (guid, fresh = false) => {
      const old = deliveries.find((one) => one.guid === guid);
      if (old) add({ ...pick(old), guid: fresh ? randomUUID() : guid, redelivery: !fresh });
    },
    waiting: line.waiting,
    stop: line.stop,
  };
}

const pick = ({ guid, event, action, body, redelivery }: Delivery): Job => ({ guid, event, action, body, redelivery });
