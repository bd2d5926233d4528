import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Permissions } from './github.ts';
import { headerOf, messageOf, type Answer } from './read-answer.ts';

/** What proves to GitHub who is asking. */
export interface Credential {
  /** The value of the `authorization` header. */
  authorization(): Promise<string>;
  /** GitHub refused the last one with 401; true when a better one is to be had, so that a repeat makes sense. */
  renew(answer: Answer): boolean;
}

export function tokenCredential(token: string): Credential {
  return { authorization: async () => `token ${token}`, renew: () => false };
}

let lastKey: { readonly pem: string; readonly key: KeyObject } | null = null;

/** Reading a key takes longer than signing with it. */
function keyFrom(pem: string): KeyObject {
  if (lastKey?.pem !== pem) lastKey = { pem, key: createPrivateKey(pem.replaceAll('\\n', '\n')) };
  return lastKey.key;
}

/** An App's JWT, ten minutes long at most: https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
export function signJwt(appId: string, privateKey: string, nowMs: number): { jwt: string; expiresAt: string } {
  // A minute in the past, since GitHub refuses an `iat` that its own clock has not reached.
  const iat = Math.floor(nowMs / 1000) - 60;
  const exp = iat + 600;
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ iat, exp, iss: appId })}`;
  const signature = sign('sha256', Buffer.from(text), keyFrom(privateKey));
  return { jwt: `${text}.${signature.toString('base64url')}`, expiresAt: new Date(exp * 1000).toISOString() };
}

/** A JWT holds for nine minutes; it is used for so long, so that a slow request still ends within them. */
const jwtUsedFor = 4 * 60_000;

/** The App itself. A machine whose clock is wrong is told GitHub's time by the refusal and believes it from then on. */
export function appCredential(clock: Clock, jwtAt: (nowMs: number) => Promise<string>): Credential {
  let skew = 0;
  let last: { readonly signed: Promise<string>; readonly at: number } | null = null;
  return {
    async authorization() {
      const now = clock.now();
      const fits = last && now >= last.at && now - last.at < jwtUsedFor;
      const used = fits && last ? last : { signed: jwtAt(now + skew), at: now };
      last = used;
      try {
        return `bearer ${await used.signed}`;
      } catch (error) {
        // Somebody else may have asked for another one meanwhile; that one must stay.
        if (last === used) last = null;
        throw error;
      }
    },
    renew(answer) {
      const date = Date.parse(headerOf(answer, 'date') ?? '');
      if (Number.isNaN(date) || !/\b(iat|exp)\b|expiration time|issued at/i.test(messageOf(answer))) return false;
      skew = date - clock.now();
      last = null;
      return true;
    },
  };
}

/** What a token may be used for; each repository has at most one token for each. */
export type Use = 'read' | 'write';

export interface Minted {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

interface Ticket {
  readonly minted: Promise<Minted>;
  refreshAt: number;
}

/** Installation tokens, each for one repository and one use. */
export class Tokens {
  readonly #clock: Clock;
  readonly #mint: (installation: number, repoId: number, use: Use) => Promise<Minted>;
  readonly #tickets = new Map<string, Ticket>();

  constructor(clock: Clock, mint: (installation: number, repoId: number, use: Use) => Promise<Minted>) {
    this.#clock = clock;
    this.#mint = mint;
  }

  credential(installation: number, repoId: number, use: Use): Credential {
    const key = JSON.stringify([installation, repoId, use]);
    let last: Ticket | null = null;
    return {
      authorization: async () => {
        last = this.#ticket(key, installation, repoId, use);
        return `token ${(await last.minted).token}`;
      },
      renew: () => {
        // Somebody else may have dropped it already; the new one must stay.
        if (this.#tickets.get(key) === last) this.#tickets.delete(key);
        return true;
      },
    };
  }

  #ticket(key: string, installation: number, repoId: number, use: Use): Ticket {
    const now = this.#clock.now();
    const known = this.#tickets.get(key);
    if (known && known.refreshAt > now) return known;
    if (this.#tickets.size >= 5000) this.#forgetOld(now);
    const ticket: Ticket = { minted: this.#mint(installation, repoId, use), refreshAt: Infinity };
    this.#tickets.set(key, ticket);
    ticket.minted.then(
      ({ expiresAt }) => (ticket.refreshAt = Math.min(expiresAt, now + 3_600_000) - 300_000),
      () => this.#tickets.get(key) === ticket && this.#tickets.delete(key),
    );
    return ticket;
  }

  #forgetOld(now: number): void {
    for (const [key, ticket] of this.#tickets) if (ticket.refreshAt <= now) this.#tickets.delete(key);
  }
}

/** The permissions that were asked for and are granted; a right that is missing then fails only the calls that need it. */
export function grantedOf(asked: Permissions, granted: unknown): Permissions {
  const has = (granted ?? {}) as Record<string, unknown>;
  const kept: Record<string, 'read' | 'write'> = {};
  for (const [name, right] of Object.entries(asked)) {
    const level = has[name];
    if (level === 'write' || level === 'admin') kept[name] = right;
    else if (level === 'read') kept[name] = 'read';
  }
  return kept;
}
