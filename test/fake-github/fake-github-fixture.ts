import { createHmac, createSign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../app/clock.ts';
import { parseJson } from '../../app/github/parse-json.ts';
import { startFakeGitHub, type FakeGitHub, type FakeOptions, type World } from './fake-github.ts';

export interface Heard {
  readonly event: string;
  readonly guid: string;
  readonly signed: boolean;
  readonly payload: any;
}

export interface Answer {
  readonly status: number;
  readonly body: any;
  readonly headers: Headers;
}

export interface Fixture {
  readonly github: FakeGitHub;
  readonly heard: Heard[];
  pass(ms: number): void;
  now(): number;
  /** As the App itself. */
  asApp(route: string, body?: unknown, jwt?: string): Promise<Answer>;
  /** With an installation token, or the token given. */
  call(route: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  graphql(query: string, variables?: Record<string, unknown>): Promise<any>;
  token(wish?: unknown): Promise<string>;
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

export const secret = 'it is a secret';
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function signJwt(privateKey: string, claims: Record<string, unknown>): string {
  const text = `${base64({ alg: 'RS256', typ: 'JWT' })}.${base64(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
}

async function listen(heard: Heard[]): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    let raw = '';
    request.on('data', (part) => (raw += String(part)));
    request.on('end', () => {
      const expected = `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
      heard.push({
        event: String(request.headers['x-github-event']),
        guid: String(request.headers['x-github-delivery']),
        signed: request.headers['x-hub-signature-256'] === expected,
        payload: JSON.parse(raw),
      });
      response.writeHead(202).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook` };
}

async function send(
  base: string,
  route: string,
  token: string,
  body: unknown,
  more: Record<string, string> = {},
): Promise<Answer> {
  const [method = 'GET', path = ''] = route.split(' ');
  const response = await fetch(base + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...more },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    body: json && text !== '' ? (parseJson(text) as any) : text,
    headers: response.headers,
  };
}

export async function startFixture(world: World, options: Partial<FakeOptions> = {}): Promise<Fixture> {
  let now = Date.parse('2026-01-05T09:00:00Z');
  const clock: Clock = { now: () => now, random: () => 0.5, sleep: async (ms) => void (now += ms) };
  const heard: Heard[] = [];
  const { server, url } = await listen(heard);
  const github = await startFakeGitHub({ world, clock, webhookSecret: secret, webhookUrl: url, ...options });
  const asApp: Fixture['asApp'] = (route, body, jwt) => {
    const seconds = Math.floor(now / 1000);
    const claims = { iss: github.app.id, iat: seconds - 30, exp: seconds + 500 };
    return send(github.url, route, jwt ?? signJwt(github.app.privateKey, claims), body);
  };
  const token = async (wish?: unknown) => {
    if (options.identity === 'token') return github.token;
    const made = await asApp(`POST /app/installations/${github.app.installationId}/access_tokens`, wish ?? {});
    return String(made.body.token);
  };
  const call: Fixture['call'] = async (route, body, headers = {}) =>
    send(github.url, route, headers['token'] ?? (await token()), body, headers);
  return {
    github,
    heard,
    asApp,
    token,
    call,
    pass: (ms) => void (now += ms),
    now: () => now,
    graphql: async (query, variables = {}) => (await call('POST /graphql', { query, variables })).body,
    quiet: async () => {
      while (github.busy() > 0) await new Promise((resolve) => setTimeout(resolve, 2));
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await github.stop();
    },
  };
}
