import assert from 'node:assert/strict';
import { generateKeyPairSync, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { Budget, type Pause } from '../../app/github/budget.ts';
import type { GitHub, Permissions } from '../../app/github/github.ts';
import { createGitHub, type GitHubOptions } from '../../app/github/octokit.ts';
import { Trouble, type TroubleKind } from '../../app/github/troubles.ts';
import type { Subject } from '../../app/subject.ts';
import { HastyClock } from './manual-clock.ts';

export const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: any;
}

export type Handler = (seen: Seen, response: ServerResponse) => unknown;

export function reply(
  response: ServerResponse,
  status: number,
  body?: unknown,
  headers: Record<string, string> = {},
): void {
  const type = body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(status, { ...type, ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

export interface Stub {
  readonly url: string;
  readonly github: GitHub;
  readonly clock: HastyClock;
  readonly budget: Budget;
  readonly journal: Seen[];
  readonly pauses: Pause[];
  readonly notices: string[];
  /** Answers before the stub's own routes do; `next` passes on. */
  readonly on: (handler: Handler) => void;
  readonly calls: (pattern: RegExp) => readonly Seen[];
}

export const permissions: Readonly<Record<'read' | 'write', Permissions>> = {
  read: { metadata: 'read', issues: 'read' },
  write: { metadata: 'read', issues: 'write' },
};

export const subjectOf = (change: Partial<Subject> & { id?: number } = {}): Subject => ({
  kind: 'thread',
  number: 12,
  repo: { id: change.id ?? 7, owner: 'acme', name: 'shop' },
  installation: change.installation === undefined ? 42 : change.installation,
});

async function read(request: IncomingMessage): Promise<Seen> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  const body: unknown = text === '' ? null : JSON.parse(text);
  return { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
}

function claimsOf(authorization: string): { iat: number; exp: number; iss: string } | null {
  const [head = '', claims = '', signature = ''] = authorization.replace(/^bearer /, '').split('.');
  const signed = Buffer.from(`${head}.${claims}`);
  if (!verify('sha256', signed, keys.publicKey, Buffer.from(signature, 'base64url'))) return null;
  return JSON.parse(Buffer.from(claims, 'base64url').toString());
}

function mint(seen: Seen, response: ServerResponse, now: number, count: number): void {
  const claims = claimsOf(seen.headers.authorization ?? '');
  const date = { date: new Date(now).toUTCString() };
  const seconds = Math.floor(now / 1000);
  if (!claims) return reply(response, 401, { message: 'A JSON web token could not be decoded' }, date);
  if (claims.exp > seconds + 600 || claims.exp <= seconds) {
    return reply(response, 401, { message: "'Expiration time' claim ('exp') is too far in the future" }, date);
  }
  if (claims.iat > seconds)
    return reply(response, 401, { message: "'Issued at' claim ('iat') must be an Integer" }, date);
  const { repository_ids: ids, permissions: rights } = seen.body;
  const token = ['ghs', count, ids.join('+'), rights.issues].join('_');
  reply(response, 201, { token, expires_at: new Date(now + 3_600_000).toISOString(), permissions: rights });
}

/** A gateway in App mode (unless settings say otherwise) in front of a small server on loopback. */
export async function startStub(
  t: TestContext,
  options: Partial<GitHubOptions['settings']> & { saved?: readonly Pause[]; skewMs?: number } = {},
): Promise<Stub> {
  const clock = new HastyClock();
  const journal: Seen[] = [];
  const handlers: Handler[] = [];
  let minted = 0;
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const seen = await read(request);
    journal.push(seen);
    for (const handler of handlers) if ((await handler(seen, response)) !== 'next') return;
    if (seen.url.endsWith('/access_tokens'))
      return mint(seen, response, clock.now() + (options.skewMs ?? 0), (minted += 1));
    if (seen.url === '/graphql') return reply(response, 200, { data: { viewer: { login: 'bot' } } });
    reply(response, 200, { url: seen.url });
  }
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const pauses: Pause[] = [];
  const notices: string[] = [];
  const onNotice = (text: string) => void notices.push(text);
  const save = async (pause: Pause) => void pauses.push(pause);
  const budget = new Budget({ clock, load: async () => options.saved ?? [], save, onNotice });
  const settings = { appId: '99', privateKey: keys.privateKey, token: '', apiUrl: url, ...options };
  const github = createGitHub({ settings, clock, fetch, budget, permissions, onNotice });
  return {
    ...{ url, github, clock, budget, journal, pauses, notices },
    on: (handler) => void handlers.unshift(handler),
    calls: (pattern) => journal.filter(({ method, url: path }) => pattern.test(`${method} ${path}`)),
  };
}

export const trouble = (kind: TroubleKind, until?: number | null) => (error: unknown) => {
  assert.ok(error instanceof Trouble, String(error));
  assert.equal(error.kind, kind, error.message);
  if (until !== undefined) assert.equal(error.until, until);
  return true;
};

/** Answers everything but the minting of tokens. */
export const api =
  (handler: Handler): Handler =>
  (seen, response) =>
    seen.url.endsWith('/access_tokens') ? 'next' : handler(seen, response);
