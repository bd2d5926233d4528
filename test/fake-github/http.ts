import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ApiError } from './api-error.ts';
import type { Call, Grant, Reply, Route } from './call.ts';
import { workQueues } from './changes/queue.ts';
import type { Deed, Fault } from './fault-kinds.ts';
import type { Faults, Passing, Strike } from './faults.ts';
import type { JournalEntry, WriteGate } from './fake-github.ts';
import { bot, inRepository, nameOf, repositoryNamed, type Hub } from './hub.ts';
import type { Past } from './past.ts';
import { accountOf, resourceOf, spendingOf, type RateLimit } from './rate-limit.ts';
import { isWrite, parseBody, readBody } from './request-body.ts';
import { authorise, checkRequest, createMatcher, hubFor, type Match } from './route-table.ts';
import { faultError, isBeforeApply, ofWrongType, spoil, type Packed } from './spoil.ts';
import type { Tokens } from './tokens.ts';
import { isForWeb, serveWeb } from './web/serve-web.ts';

export type Entry = { -readonly [Key in keyof JournalEntry]: JournalEntry[Key] };

export interface Ports {
  readonly hub: Hub;
  readonly routes: readonly Route[];
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly limit: RateLimit;
  readonly journal: Entry[];
  readonly busy: { count: number };
  readonly past: Past;
  readonly trouble: { error: Error | null };
  act(step: string, keys: Deed['keys']): void;
  gate(): WriteGate | null;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly raw: string;
  readonly match: Match | null;
  readonly entry: Entry;
  hub: Hub;
  grant: Grant;
  /** Takes the call back from the primary limit. */
  refund: () => void;
}

function open(ports: Ports, match: Match | null, request: IncomingMessage, url: URL, raw: string): Entry {
  const method = request.method ?? 'GET';
  const entry: Entry = {
    at: ports.hub.clock.now(),
    method,
    route: match ? `${method} ${match.route.template}` : `${method} ${url.pathname}`,
    path: url.pathname + url.search,
    status: 0,
    as: 'nobody',
    account: 'nobody',
    write: isWrite(method, url.pathname, raw),
    applied: false,
    note: '',
  };
  ports.journal.push(entry);
  return entry;
}

/** Does what the call asks, or says why not; the only place where a request changes the state. */
async function run(exchange: Exchange, given: Hub): Promise<Reply> {
  const { match, url, entry, grant } = exchange;
  if (!match) {
    entry.note = 'unknown route';
    given.proof.add({ by: 'bot', what: `request ${entry.route}`, faults: ['the fake GitHub has no such route'] });
    throw new ApiError(404, 'Not Found');
  }
  if (grant.as === 'nobody' && match.route.need !== 'anyone') throw new ApiError(401, 'Requires authentication');
  const hub = hubFor(given, match, grant, url.pathname);
  const headers = authorise(hub, match, grant);
  const call: Call = {
    hub,
    params: match.params,
    query: url.searchParams,
    body: checkRequest(hub, match, url.searchParams, parseBody(exchange.raw)),
    grant,
    actor: bot(hub),
    path: url.pathname,
    accept: exchange.request.headers.accept ?? '',
  };
  const reply = await match.route.run(call);
  return { ...reply, headers: { ...headers, ...reply.headers } };
}

/** GraphQL speaks of its primary limit under status 200. */
function spoken(url: URL, reply: Reply): Reply {
  if (url.pathname !== '/graphql' || reply.status !== 403 || reply.headers?.['x-ratelimit-remaining'] !== '0')
    return reply;
  const { message } = reply.body as { message: string };
  return { ...reply, status: 200, body: { errors: [{ type: 'RATE_LIMITED', message }] } };
}

/** Asking how much is left costs nothing: "Get rate limit status for the authenticated user". */
const isFree = (path: string): boolean => path === '/rate_limit';

async function answer(ports: Ports, exchange: Exchange): Promise<Reply> {
  const { url, entry, raw } = exchange;
  const spending = spendingOf(accountOf(exchange.grant), entry.method, url.pathname, raw, entry.write);
  if (!isFree(url.pathname)) exchange.refund = ports.limit.count(spending);
  if (entry.write) ports.past.keep();
  const reply = await run(exchange, exchange.hub);
  entry.applied = entry.write;
  const { hub } = exchange;
  if (entry.write) for (const state of hub.state.site.repositories.values()) workQueues(inRepository(hub, state));
  return reply;
}

async function attempt(work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: error.body(), headers: error.headers };
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`fake GitHub: ${text}\n`);
    return { status: 500, body: { message: `fake GitHub broke: ${text}` } };
  }
}

let requests = 0;

function baseHeaders(ports: Ports, { grant, url }: Exchange): Record<string, string> {
  return {
    date: new Date(ports.hub.clock.now()).toUTCString(),
    server: 'github.com',
    'x-github-request-id': `FA4E:${(++requests).toString(16).toUpperCase()}`,
    'x-github-media-type': 'github.v3; format=json',
    'x-github-api-version-selected': '2022-11-28',
    ...ports.limit.headers(accountOf(grant), resourceOf(url.pathname)),
  };
}

function pack(ports: Ports, exchange: Exchange, reply: Reply): Packed {
  const raw = typeof reply.body === 'string';
  const body = reply.body === undefined ? '' : (reply.text ?? (raw ? reply.body : JSON.stringify(reply.body)));
  const type = raw ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  const { method, headers: asked } = exchange.request;
  const tagged = method === 'GET' && reply.status === 200;
  const etag = tagged ? `W/"${createHash('sha256').update(body).digest('hex')}"` : '';
  const same = tagged && asked['if-none-match'] === etag;
  // Not modified: that costs nothing of the primary limit, see "Best practices for using the REST API".
  if (same) exchange.refund();
  const headers = {
    ...baseHeaders(ports, exchange),
    ...(body === '' ? {} : { 'content-type': type }),
    ...reply.headers,
    ...(tagged ? { etag, 'cache-control': 'private, max-age=60, s-maxage=60' } : {}),
  };
  return same ? { status: 304, headers, body: '' } : { status: reply.status, headers, body };
}

function send(exchange: Exchange, packed: Packed): void {
  exchange.entry.status = packed.status;
  const length = { 'content-length': String(Buffer.byteLength(packed.body)) };
  exchange.response.writeHead(
    packed.status,
    packed.status === 204 || packed.status === 304 ? packed.headers : { ...packed.headers, ...length },
  );
  exchange.response.end(packed.body);
}

/** The same address with the number of the repository in the place of its name. */
function numbered(hub: Hub, url: URL): string {
  const [, name = '', rest = ''] = /^\/repos\/([^/]+\/[^/]+)(.*)$/.exec(url.pathname) ?? [];
  const id = repositoryNamed(hub, name, true)?.repository.id;
  return `${hub.url}${id === undefined ? url.pathname : `/repositories/${id}${rest}`}${url.search}`;
}

async function sendSpoilt(ports: Ports, exchange: Exchange, fault: Fault, packed: Packed): Promise<void> {
  const { response, entry, url } = exchange;
  const { clock } = ports.hub;
  entry.note = `fault ${fault.kind}`;
  entry.status = packed.status;
  const error = faultError(fault, clock.now(), numbered(ports.hub, url));
  if (error) return send(exchange, pack(ports, exchange, errorReply(exchange, fault, error)));
  if (fault.kind === 'wrong-type') return send(exchange, ofWrongType(fault, packed));
  if (!(await spoil(response, fault, packed, clock))) send(exchange, packed);
}

function errorReply({ url }: Exchange, { kind, status }: Fault, error: ApiError): Reply {
  const reply = { status: error.status, body: error.body(), headers: error.headers };
  if (kind === 'primary-limit' && status === undefined) return spoken(url, reply);
  if (!kind.endsWith('-limit') || status !== 200) return reply;
  return { ...reply, body: { errors: [{ message: error.message }] } };
}

/** `true` when the gate holds the request for ever. */
async function held(ports: Ports, exchange: Exchange): Promise<boolean> {
  const { entry } = exchange;
  const gate = ports.gate();
  if (!gate || !entry.write || (entry.as !== 'installation' && entry.as !== 'token')) return false;
  const verdict = gate({ route: entry.route });
  if (verdict === 'pass') return false;
  if (verdict.apply) await attempt(() => answer(ports, exchange));
  entry.note = verdict.apply ? 'held after it was applied' : 'held before it was applied';
  verdict.stopped();
  return true;
}

function passing(ports: Ports, { entry, request, url }: Exchange): Passing {
  const { route, method, as, write } = entry;
  return { route, method, as, write, path: url.pathname, tokenAge: ports.tokens.age(request.headers.authorization) };
}

/** The world moves between two calls of the bot. */
function moveWorld(ports: Ports, call: Passing, entry: Entry): void {
  for (const { step, keys } of ports.faults.deeds(call)) {
    entry.note = `fault world-moves: ${step}`;
    try {
      ports.act(step, keys);
    } catch (error) {
      ports.trouble.error = error instanceof Error ? error : new Error(String(error));
    }
  }
}

const isMissing = ({ status, body }: Reply): boolean =>
  status === 404 || JSON.stringify((body as { errors?: unknown } | undefined)?.errors ?? '').includes('"NOT_FOUND"');

/** What a server that has not heard of a new object yet would say; `null` when it would have found everything. */
async function lagging(ports: Ports, exchange: Exchange, seconds: number): Promise<Reply | null> {
  const before = ports.past.ago(seconds * 1000);
  const copy = exchange.entry.write ? { ...before, state: structuredClone(before.state) } : before;
  const then = await attempt(() => run(exchange, copy));
  return isMissing(then) ? then : null;
}

const usualLag = 60;

/** The answer from another state than the present one, where the fault wants that. */
async function fromThePast(ports: Ports, exchange: Exchange, strike: Strike | null): Promise<Reply | null> {
  const { kind, seconds } = strike?.fault ?? {};
  if (kind === 'stale-read')
    exchange.hub = seconds === undefined ? ports.past.beforeStep() : ports.past.ago(seconds * 1000);
  return kind === 'not-found-yet' && exchange.grant.as !== 'app' ? lagging(ports, exchange, seconds ?? usualLag) : null;
}

async function serve(ports: Ports, exchange: Exchange): Promise<void> {
  const { entry, request } = exchange;
  const known = await attempt(async () => {
    exchange.grant = ports.tokens.grant(request.headers.authorization);
    Object.assign(entry, { as: exchange.grant.as, account: accountOf(exchange.grant) });
    return { status: 200 };
  });
  const leave = ports.limit.enter(accountOf(exchange.grant));
  exchange.response.on('close', leave);
  if (await held(ports, exchange)) return;
  const call = passing(ports, exchange);
  moveWorld(ports, call, entry);
  exchange.hub = { ...exchange.hub, lens: ports.faults.lens(call) };
  const strike = ports.faults.take(call);
  const past = await fromThePast(ports, exchange, strike);
  const fault = strike && (strike.fault.kind !== 'not-found-yet' || past) ? strike.fault : null;
  if (fault) strike?.spend();
  if (fault?.token === 'expired') ports.tokens.revokeAll();
  if (fault && isBeforeApply(fault)) return sendSpoilt(ports, exchange, fault, { status: 0, headers: {}, body: '' });
  const isKnown = known.status === 200;
  const reply = isKnown ? (past ?? spoken(exchange.url, await attempt(() => answer(ports, exchange)))) : known;
  // Before any fault spoils it.
  ports.hub.proof.answer(entry.route, reply.status, reply.body);
  const packed = pack(ports, exchange, reply);
  if (fault && isKnown) return sendSpoilt(ports, exchange, fault, packed);
  send(exchange, packed);
}

/** Every route of a repository also answers under its number, `/repositories/{id}/…`; GitHub's own `Link` headers do so. */
function named({ state }: Hub, path: string): string {
  return path.replace(/^\/repositories\/(\d+)(?=\/|$)/, (_, id: string) => {
    const found = state.site.repositories.get(Number(id));
    return `/repos/${found ? nameOf(found) : `nobody/${id}`}`;
  });
}

export function createHttp(ports: Ports): Server {
  const match = createMatcher(ports.routes);
  return createServer((request, response) => {
    // People who look are no part of what the bot is measured by: no journal, no limits, no faults.
    if (isForWeb(request)) return serveWeb(ports.hub, request, response);
    ports.busy.count++;
    const work = async () => {
      const raw = await readBody(request);
      const url = new URL(request.url ?? '/', 'http://localhost');
      const found = match(request.method ?? 'GET', named(ports.hub, url.pathname));
      const entry = open(ports, found, request, url, raw);
      const note = (text: string) => void (entry.note = text);
      const hub: Hub = { ...ports.hub, note };
      const nobody: Grant = { as: 'nobody', permissions: {}, repositories: [], installation: null };
      await serve(ports, { request, response, url, raw, match: found, entry, hub, grant: nobody, refund: () => {} });
    };
    work()
      .catch(() => response.destroy())
      .finally(() => ports.busy.count--);
  });
}
