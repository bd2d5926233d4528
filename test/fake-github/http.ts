import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ApiError } from './api-error.ts';
import type { Call, Grant, Reply, Route } from './call.ts';
import { faultError, isBeforeApply, type Faults } from './faults.ts';
import type { Fault, JournalEntry, WriteGate } from './fake-github.ts';
import { bot, fullName, repositoryId, type Hub } from './hub.ts';
import type { RateLimit } from './rate-limit.ts';
import { authorise, checkRequest, createMatcher, type Match } from './route-table.ts';
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
  gate(): WriteGate | null;
  /** The state some moments ago, for stale reads. */
  stale(): Hub;
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
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

const isMutation = (raw: string): boolean => {
  try {
    const { query } = JSON.parse(raw) as { query?: unknown };
    return typeof query === 'string' && /^\s*mutation\b/m.test(query.replace(/#[^\n]*/g, ''));
  } catch {
    return false;
  }
};

function isWrite(method: string, path: string, raw: string): boolean {
  if (path === '/graphql') return isMutation(raw);
  return method !== 'GET' && method !== 'HEAD' && !path.startsWith('/app');
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
    write: isWrite(method, url.pathname, raw),
    applied: false,
    note: '',
  };
  ports.journal.push(entry);
  return entry;
}

function parse(raw: string): unknown {
  if (raw === '') return undefined;
  try {
    return JSON.parse(raw);
  } catch {
    throw new ApiError(400, 'Problems parsing JSON');
  }
}

/** Does what the call asks, or says why not; the only place where a request changes the state. */
async function answer(ports: Ports, exchange: Exchange): Promise<Reply> {
  const { match, url, entry, hub, grant } = exchange;
  if (!match) {
    entry.note = 'unknown route';
    hub.proof.add({ by: 'bot', what: `request ${entry.route}`, faults: ['the fake GitHub has no such route'] });
    throw new ApiError(404, 'Not Found');
  }
  if (grant.as !== 'app') ports.limit.count(entry.method, url.pathname, ports.busy.count);
  const headers = authorise(hub, match, grant);
  const call: Call = {
    hub,
    params: match.params,
    query: url.searchParams,
    body: checkRequest(hub, match, url.searchParams, parse(exchange.raw)),
    grant,
    actor: bot(hub),
    path: url.pathname,
    accept: exchange.request.headers.accept ?? '',
  };
  const reply = await match.route.run(call);
  entry.applied = entry.write;
  return { ...reply, headers: { ...headers, ...reply.headers } };
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

function baseHeaders(ports: Ports): Record<string, string> {
  return {
    date: new Date(ports.hub.clock.now()).toUTCString(),
    server: 'github.com',
    'x-github-request-id': `FA4E:${(++requests).toString(16).toUpperCase()}`,
    'x-github-media-type': 'github.v3; format=json',
    'x-github-api-version-selected': '2022-11-28',
    ...ports.limit.headers(),
  };
}

interface Packed {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

function pack(ports: Ports, exchange: Exchange, reply: Reply): Packed {
  const raw = typeof reply.body === 'string';
  const body = reply.body === undefined ? '' : raw ? reply.body : JSON.stringify(reply.body);
  const type = raw ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  const headers = { ...baseHeaders(ports), ...(body === '' ? {} : { 'content-type': type }), ...reply.headers };
  if (exchange.request.method !== 'GET' || reply.status !== 200) return { status: reply.status, headers, body };
  const etag = `W/"${createHash('sha256').update(body).digest('hex')}"`;
  const tagged = { ...headers, etag, 'cache-control': 'private, max-age=60, s-maxage=60' };
  if (exchange.request.headers['if-none-match'] === etag) return { status: 304, headers: tagged, body: '' };
  return { status: reply.status, headers: tagged, body };
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

const slowStep = 20;

async function spoil(ports: Ports, exchange: Exchange, fault: Fault, packed: Packed): Promise<void> {
  const { response, entry } = exchange;
  entry.note = `fault ${fault.kind}`;
  const error = faultError(ports.hub, fault);
  if (error) return send(exchange, pack(ports, exchange, errorReply(exchange, error)));
  if (fault.kind.startsWith('reset')) return void response.socket?.destroy();
  if (fault.kind === 'timeout-after-apply') return;
  if (fault.kind === 'wrong-type') {
    const headers = { ...packed.headers, 'content-type': 'text/html' };
    return send(exchange, { status: 200, headers, body: '<html><body>Unicorn!</body></html>' });
  }
  if (fault.kind === 'truncated') {
    response.writeHead(packed.status, { ...packed.headers, 'content-length': String(Buffer.byteLength(packed.body)) });
    response.write(packed.body.slice(0, Math.floor(packed.body.length / 2)), () => response.socket?.destroy());
    return;
  }
  if (fault.kind === 'slow') await slowly(ports, fault);
  send(exchange, packed);
}

/** With `seconds` the clock decides; without, a moment of real time in small pieces. */
async function slowly(ports: Ports, fault: Fault): Promise<void> {
  if (fault.seconds === undefined) return new Promise((resolve) => setTimeout(resolve, slowStep * 10));
  ports.busy.count--;
  await ports.hub.clock.sleep(fault.seconds * 1000).finally(() => ports.busy.count++);
}

function errorReply(exchange: Exchange, error: ApiError): Reply {
  const limited = error.headers['x-ratelimit-remaining'] === '0' && exchange.url.pathname === '/graphql';
  if (!limited) return { status: error.status, body: error.body(), headers: error.headers };
  const body = { errors: [{ type: 'RATE_LIMITED', message: error.message }] };
  return { status: 200, body, headers: error.headers };
}

/** Holds what the fake itself says, before any fault spoils it, against what GitHub publishes. */
function prove(ports: Ports, entry: Entry, { status, body }: Reply): void {
  ports.hub.proof.answer(entry.route, status, body);
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

async function serve(ports: Ports, exchange: Exchange): Promise<void> {
  const { entry } = exchange;
  const known = await attempt(async () => {
    exchange.grant = ports.tokens.grant(exchange.request.headers.authorization);
    entry.as = exchange.grant.as;
    return { status: 200 };
  });
  if (await held(ports, exchange)) return;
  const fault = ports.faults.take(entry.route, !entry.write);
  if (fault && isBeforeApply(fault)) return spoil(ports, exchange, fault, { status: 0, headers: {}, body: '' });
  if (known.status !== 200) prove(ports, entry, known);
  if (known.status !== 200) return send(exchange, pack(ports, exchange, known));
  if (fault?.kind === 'stale-read') exchange.hub = ports.stale();
  const reply = await attempt(() => answer(ports, exchange));
  prove(ports, entry, reply);
  const packed = pack(ports, exchange, reply);
  if (fault) return spoil(ports, exchange, fault, packed);
  send(exchange, packed);
}

/** Every route of a repository also answers under its number, `/repositories/{id}/…`; GitHub's own `Link` headers do so. */
const named = (path: string): string =>
  path.replace(new RegExp(`^/repositories/${repositoryId}(?=/|$)`), `/repos/${fullName}`);

export function createHttp(ports: Ports): Server {
  const match = createMatcher(ports.routes);
  return createServer((request, response) => {
    // People who look are no part of what the bot is measured by: no journal, no limits, no faults.
    if (isForWeb(request)) return serveWeb(ports.hub, request, response);
    ports.busy.count++;
    const work = async () => {
      const raw = await readBody(request);
      const url = new URL(request.url ?? '/', 'http://localhost');
      const found = match(request.method ?? 'GET', named(url.pathname));
      const entry = open(ports, found, request, url, raw);
      const note = (text: string) => void (entry.note = text);
      const hub: Hub = { ...ports.hub, note };
      const nobody: Grant = { as: 'nobody', permissions: {}, repositories: [] };
      await serve(ports, { request, response, url, raw, match: found, entry, hub, grant: nobody });
    };
    work()
      .catch(() => response.destroy())
      .finally(() => ports.busy.count--);
  });
}
