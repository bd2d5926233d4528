import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import type { Store } from '../store/store.ts';
import type { Viewer } from '../web/view.ts';

export interface AccessPorts {
  readonly store: Pick<Store, 'sessionOwner'>;
  /** GitHub logins of those who may see everything. */
  readonly operators: readonly string[];
  /** '' when the bot has no public address. */
  readonly publicUrl: string;
  /** A proxy that sets them stands in front, so forwarded headers are looked at. */
  readonly trustProxy: boolean;
}

/** Who may look, and whose forms count. */
export interface Access {
  viewerOf(ctx: Context): Promise<Viewer | null>;
  /** Whether a form was sent from a page of ours that was made for this viewer. */
  isTheirs(ctx: Context, viewer: Viewer, csrf: unknown): boolean;
}

/** What is stored of a token: whoever reads the database cannot use it. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** A token nobody can guess, for an address or a cookie. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** GitHub's logins are the same in any case. */
export const isAmong = (login: string, operators: readonly string[]): boolean =>
  operators.some((operator) => operator.toLowerCase() === login.toLowerCase());

const loopback = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];
const localHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;
const proxyHeader = /^(forwarded|via|x-forwarded-.*|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip)$/;

/** Whether the bot is only for this machine: with a public address, what comes from loopback may come from a proxy. */
function isPrivate({ publicUrl, trustProxy }: AccessPorts): boolean {
  return !trustProxy && (publicUrl === '' || localHost.test(URL.parse(publicUrl)?.host ?? ''));
}

/**
 * Somebody on this machine: not through a proxy on it, and not through a foreign name that leads here (DNS rebinding). A
 * proxy may hide itself altogether, with this machine's own name for a host; most such speak HTTP/1.0.
 */
function isLocal({ socket, headers, httpVersion }: IncomingMessage): boolean {
  const proxied = Object.keys(headers).some((name) => proxyHeader.test(name)) || httpVersion === '1.0';
  return !proxied && loopback.includes(socket.remoteAddress ?? '') && localHost.test(headers.host ?? '');
}

/** Whether the reader's browser speaks to us over HTTPS. */
export function isSecure({ headers }: IncomingMessage, { publicUrl, trustProxy }: AccessPorts): boolean {
  return /^https:/i.test(publicUrl) || (trustProxy && headers['x-forwarded-proto'] === 'https');
}

/** `__Host-` ties the cookie to this very host and to HTTPS; without HTTPS browsers refuse that name. */
const cookieName = (secure: boolean) => (secure ? '__Host-github-bot' : 'github-bot');

/** The session of a request; '' without one. */
export const sessionIn = (ctx: Context, ports: AccessPorts): string =>
  ctx.cookies.get(cookieName(isSecure(ctx.req, ports))) ?? '';

/** A cookie with the session, for so many seconds; 0 takes it away. */
export function setSession(ctx: Context, ports: AccessPorts, token: string, seconds: number): void {
  const secure = isSecure(ctx.req, ports);
  const flags = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  ctx.append('Set-Cookie', `${cookieName(secure)}=${token}; ${flags}`);
}

/** Whether a browser says that this was sent from one of our own pages, or says nothing of it. */
export function isSameSite({ headers }: IncomingMessage): boolean {
  const { origin, host, 'sec-fetch-site': site = 'same-origin' } = headers;
  // With our referrer policy browsers write `null` for our own pages too.
  const fits = origin === undefined || origin === 'null' || URL.parse(origin)?.host === host;
  return site === 'same-origin' && fits;
}

/** Whether two texts are equal, in a time that does not tell where they differ. */
const areEqual = (a: string, b: string) => timingSafeEqual(Buffer.from(hashOf(a)), Buffer.from(hashOf(b)));

export function createAccess(ports: AccessPorts): Access {
  const { store, operators } = ports;
  const key = randomBytes(32);
  const csrfFor = (of: string) => createHmac('sha256', key).update(of).digest('base64url');
  return {
    async viewerOf(ctx) {
      if (isPrivate(ports) && isLocal(ctx.req)) return { login: null, csrf: csrfFor('local') };
      const session = sessionIn(ctx, ports);
      const login = session === '' ? null : await store.sessionOwner(hashOf(session));
      if (login === null || !isAmong(login, operators)) return null;
      return { login, csrf: csrfFor(`session:${session}`) };
    },
    isTheirs: (ctx, { csrf }, sent) => isSameSite(ctx.req) && typeof sent === 'string' && areEqual(sent, csrf),
  };
}
