import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import type { Clock } from '../clock.ts';
import type { Log, LogFields } from '../log.ts';
import { laneOf } from '../subject.ts';
import type { Store } from '../store/store.ts';
import { deliveryFrom } from './incoming.ts';
import { BodyRefused, ByteBudget, withBody } from './read-body.ts';
import { refusals } from './refusals.ts';
import { signedWith } from './signature.ts';

export interface WebhookPorts {
  readonly secrets: readonly string[];
  /** '' where the App's number is not known; then nothing is told apart by it. */
  readonly appId: string;
  readonly store: Pick<Store, 'saveDelivery'>;
  readonly clock: Clock;
  readonly log: Log;
}

type Status = 202 | 400 | 401 | 413 | 415 | 503;

interface Answer {
  readonly status: Status;
  /** For the log; the sender always reads the same. */
  readonly why: string;
}

const mostInFlight = 64 * 1024 * 1024;
/** So many at once take longer to save than GitHub waits for an answer. */
const mostWaiting = 2_000;

function headersOf(request: IncomingMessage, name: string): readonly string[] {
  return request.headersDistinct[name] ?? [];
}

/** Headers that tell what a delivery is; said twice, they could be read differently by a proxy and by us. */
const single = ['x-github-delivery', 'x-github-event', 'x-github-hook-id', 'content-type', 'content-encoding'];

/** What can be said before a byte of the body is read. */
function refuseEarly(request: IncomingMessage): Answer | null {
  const signatures = headersOf(request, 'x-hub-signature-256');
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (signatures.length > 1) return { status: 400, why: 'two signatures' };
  const twice = single.find((name) => headersOf(request, name).length > 1);
  if (twice !== undefined) return { status: 400, why: `${twice} twice` };
  if (signatures.length === 0) return { status: 401, why: 'no SHA-256 signature' };
  if (type !== 'application/json') return { status: 415, why: 'not application/json' };
  if (request.headers['content-encoding'] !== undefined) return { status: 415, why: 'an encoded body' };
  return null;
}

const guidForm = /^[0-9a-zA-Z-]{1,64}$/;
const eventForm = /^[a-z0-9_]{1,64}$/;

/** The delivery that a request says it is, whoever sent it. */
function namedIn(request: IncomingMessage): LogFields {
  const [guid = ''] = headersOf(request, 'x-github-delivery');
  return guidForm.test(guid) ? { delivery: guid } : {};
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)) as unknown;
  } catch {
    return undefined;
  }
}

/** The App an organisation-wide hook belongs to is named in headers; they may be absent. */
function isForeign(request: IncomingMessage, appId: string): boolean {
  const [type] = headersOf(request, 'x-github-hook-installation-target-type');
  const [id] = headersOf(request, 'x-github-hook-installation-target-id');
  return appId !== '' && type === 'integration' && id !== undefined && id !== appId;
}

async function accept(request: IncomingMessage, body: Buffer, ports: WebhookPorts): Promise<Answer> {
  const [signature = ''] = headersOf(request, 'x-hub-signature-256');
  const secret = signedWith(body, signature, ports.secrets);
  if (secret < 0) return { status: 401, why: 'the signature fits no secret' };
  const [guid = ''] = headersOf(request, 'x-github-delivery');
  const [event = ''] = headersOf(request, 'x-github-event');
  if (!guidForm.test(guid) || !eventForm.test(event)) return { status: 400, why: 'no delivery id or event name' };
  const incoming = deliveryFrom({
    guid,
    hook: headersOf(request, 'x-github-hook-id')[0]?.slice(0, 32) ?? '',
    event,
    body,
    payload: parsed(body),
    receivedAt: ports.clock.now(),
    foreign: isForeign(request, ports.appId),
  });
  if (!incoming) return { status: 400, why: `the body is no ${event} event` };
  const [delivery, subjects] = incoming;
  const saved = await ports.store.saveDelivery(delivery, subjects);
  const old = secret > 0 ? ', signed with the previous secret' : '';
  const about = { delivery: guid, ...(delivery.repo !== null && { repo: delivery.repo }) };
  const says = `${event}${delivery.action === null ? '' : `.${delivery.action}`} ${saved}${old}`;
  if (delivery.unhandled !== null) ports.log.info(`${says}: nothing to do: ${delivery.unhandled}`, about);
  else for (const subject of subjects) ports.log.info(says, { ...about, lane: laneOf(subject) });
  return { status: 202, why: saved };
}

/** What the deliveries that are being taken hold together. */
interface Load {
  readonly bytes: ByteBudget;
  waiting: number;
}

async function answerTo(request: IncomingMessage, load: Load, ports: WebhookPorts): Promise<Answer> {
  const early = refuseEarly(request);
  if (early) return early;
  if (load.waiting >= mostWaiting) return { status: 503, why: 'too many deliveries wait to be saved' };
  load.waiting += 1;
  try {
    return await withBody(request, load.bytes, (body) => accept(request, body, ports));
  } catch (error) {
    if (error instanceof BodyRefused) return { status: error.status, why: error.message };
    if (request.destroyed && !request.complete) return { status: 400, why: 'the sender went away' };
    const why = error instanceof Error ? error.message : String(error);
    ports.log.error(`a delivery could not be saved: ${why}`, namedIn(request));
    return { status: 503, why: 'the store is unavailable' };
  } finally {
    load.waiting -= 1;
  }
}

/**
 * The door for GitHub's deliveries. It answers 202 only after the delivery and its places in the lanes are on disk; a
 * duplicate is 202 as well. Every refusal has the same body, so that nobody learns why.
 */
export function webhook(ports: WebhookPorts): (ctx: Context) => Promise<void> {
  const load: Load = { bytes: new ByteBudget(mostInFlight), waiting: 0 };
  const refused = refusals(ports.log, ports.clock);
  return async (ctx) => {
    const { status, why } = await answerTo(ctx.req, load, ports);
    ctx.status = status;
    ctx.type = 'text/plain';
    ctx.body = status === 202 ? '' : 'refused\n';
    if (status === 202) return;
    refused(`a delivery was refused with ${status}: ${why}`, namedIn(ctx.req));
    if (status === 503) ctx.set('Retry-After', '10');
    // What is left of an unread body is not worth reading.
    if (!ctx.req.complete) {
      ctx.set('Connection', 'close');
      ctx.res.once('finish', () => ctx.req.destroy());
    }
  };
}
