import { createHmac, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { Clock } from '../../app/clock.ts';
import type { DeliveryView } from './fake-github.ts';
import { appId, hookId, installationId, owner, repositoryId, type Emit, type Hub } from './hub.ts';
import { nodeId, organisationJson, userJson } from './render/account.ts';
import { repositoryJson } from './render/repository.ts';
import type { Account } from './state.ts';

export interface Delivery extends DeliveryView {
  readonly id: number;
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
}

export interface Webhooks {
  readonly emit: Emit;
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
}

/** `push` holds an older repository object: times as numbers, the owner with a name, see the page "Webhook events and payloads". */
function pushedRepository(hub: Hub): Record<string, unknown> {
  const json = repositoryJson(hub);
  const seconds = (key: string) => Math.floor(Date.parse(String(json[key])) / 1000);
  return {
    ...json,
    owner: { ...(json['owner'] as object), name: owner, email: null },
    created_at: seconds('created_at'),
    pushed_at: seconds('pushed_at'),
    stargazers: 0,
    master_branch: 'main',
    organization: owner,
  };
}

function payload(
  hub: Hub,
  event: string,
  action: string | null,
  sender: Account,
  rest: Record<string, unknown>,
): Record<string, unknown> {
  return {
    ...(action === null ? {} : { action }),
    ...rest,
    repository: event === 'push' ? pushedRepository(hub) : repositoryJson(hub),
    organization: organisationJson(hub),
    sender: userJson(hub, sender),
    ...(hub.identity === 'app'
      ? { installation: { id: installationId, node_id: nodeId('MDIzOkludGVncmF0aW9u', installationId) } }
      : {}),
  };
}

const longestWait = 10_000;

function headers(job: Job, options: Options): Record<string, string> {
  const target = options.identity === 'app' ? [appId, 'integration'] : [repositoryId, 'repository'];
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

export function createWebhooks(options: Options, hub: () => Hub): Webhooks {
  const deliveries: Delivery[] = [];
  const queue: Job[] = [];
  let [url, lastId, sending, stopped] = [options.url, 5_000_000, 0, false];
  const run = async () => {
    sending = 1;
    for (let job = queue.shift(); job && !stopped; job = queue.shift()) {
      const delivery = { id: ++lastId, ...job, at: options.clock.now() };
      const status = url === null ? 0 : await post(url, job, options);
      deliveries.push({ ...delivery, status });
    }
    sending = 0;
  };
  const add = (job: Job) => {
    if (stopped) return;
    queue.push(job);
    if (sending === 0) void run();
  };
  return {
    deliveries,
    emit: (event, action, sender, rest) => {
      const whole = payload(hub(), event, action, sender, rest);
      hub().proof.webhook(event, action, whole);
      add({ guid: randomUUID(), event, action, body: JSON.stringify(whole), redelivery: false });
    },
    sendTo: (to) => (url = to),
    address: () => url ?? '',
    again: (guid, fresh = false) => {
      const old = deliveries.find((one) => one.guid === guid);
      if (old) add({ ...pick(old), guid: fresh ? randomUUID() : guid, redelivery: !fresh });
    },
    waiting: () => queue.length + sending,
    stop: () => {
      stopped = true;
      queue.length = 0;
    },
  };
}

const pick = ({ guid, event, action, body, redelivery }: Delivery): Job => ({ guid, event, action, body, redelivery });
