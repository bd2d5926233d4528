import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { ApiError } from './api-error.ts';
import type { Grant } from './call.ts';
import { appId, inRepository, iso, type Hub } from './hub.ts';
import { repositoryJson } from './render/repository.ts';
import type { State } from './state.ts';
import { allows, personal, type Permissions } from './permissions.ts';

/** Making an RSA key is slow: one per process serves every fake. It keeps no secret, so it may be a short one. */
const pair = generateKeyPairSync('rsa', {
  modulusLength: 1024,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

export const privateKey = pair.privateKey;
const publicKey = createPublicKey(pair.publicKey);

export const personalToken = `github_pat_${'11ABCDEFG0'.repeat(8)}`;

interface Minted {
  readonly installation: number;
  readonly at: number;
  readonly expires: number;
  readonly permissions: Permissions;
  readonly repositories: readonly number[] | null;
}

export interface TokenWish {
  readonly repository_ids?: number[] | undefined;
  readonly repositories?: string[] | undefined;
  readonly permissions?: Record<string, string> | undefined;
}

const decode = (part: string | undefined): Record<string, unknown> =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Record<string, unknown>;

const undecodable = () => new ApiError(401, 'A JSON web token could not be decoded');
const longestJwt = 600;

function checkJwt(jwt: string, nowMs: number): void {
  const [head, body, signed] = jwt.split('.');
  let claims: Record<string, unknown>;
  try {
    if (decode(head)['alg'] !== 'RS256') throw undecodable();
    claims = decode(body);
  } catch {
    throw undecodable();
  }
  const text = Buffer.from(`${head}.${body}`);
  if (!verify('RSA-SHA256', text, publicKey, Buffer.from(signed ?? '', 'base64url'))) throw undecodable();
  const now = Math.floor(nowMs / 1000);
  const { iss, iat, exp } = claims;
  if (String(iss) !== String(appId) && iss !== `Iv23li${appId}`) throw new ApiError(401, 'Integration not found');
  if (!Number.isInteger(iat) || Number(iat) > now)
    throw new ApiError(
      401,
      `'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued`,
    );
  if (!Number.isInteger(exp) || Number(exp) <= now)
    throw new ApiError(
      401,
      `'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires`,
    );
  if (Number(exp) - now > longestJwt)
    throw new ApiError(401, `'Expiration time' claim ('exp') is too far in the future`);
}

const hour = 3_600_000;

export interface Tokens {
  grant(header: string | undefined): Grant;
  mint(installation: number, wish: TokenWish): Record<string, unknown>;
  /** Milliseconds since the token of this header was made; `null` where we made none. */
  age(header: string | undefined): number | null;
  revokeAll(): void;
}

export function createTokens(hub: Hub): Tokens {
  const minted = new Map<string, Minted>();
  let count = 0;
  const grant = (header: string | undefined): Grant => {
    const [scheme, token = ''] = (header ?? '').split(' ');
    if (!/^(bearer|token)$/i.test(scheme ?? ''))
      return { as: 'nobody', permissions: {}, repositories: [], installation: null };
    if (hub.identity === 'token' && token === personalToken)
      return { as: 'token', permissions: personal, repositories: null, installation: null };
    const known = minted.get(token);
    if (known && known.expires > hub.clock.now()) return { as: 'installation', ...known };
    if (token.startsWith('ghs_') || !token.includes('.') || hub.identity === 'token')
      throw new ApiError(401, 'Bad credentials');
    checkJwt(token, hub.clock.now());
    return { as: 'app', permissions: {}, repositories: null, installation: null };
  };
  const mint = (installation: number, wish: TokenWish) => {
    const chosen = wantedRepositories(hub, installation, wish);
    const repositories = chosen?.map(({ repository }) => repository.id) ?? null;
    const has = hub.state.site.installations.get(installation)?.permissions ?? {};
    const permissions = wantedPermissions(has, wish);
    const token = longToken(++count, hub.clock.now());
    const expires = hub.clock.now() + hour;
    minted.set(token, { installation, at: hub.clock.now(), expires, permissions, repositories });
    const selection = repositories === null ? 'all' : 'selected';
    const named = chosen && { repositories: chosen.map((state) => repositoryJson(inRepository(hub, state))) };
    return { token, expires_at: iso(expires), permissions, repository_selection: selection, ...named };
  };
  const age = (header: string | undefined) => {
    const known = minted.get((header ?? '').split(' ')[1] ?? '');
    return known ? hub.clock.now() - known.at : null;
  };
  return { grant, mint, age, revokeAll: () => minted.clear() };
}

/** Installation tokens are long and hold dots since 2026: nothing may count on 40 characters. */
function longToken(count: number, now: number): string {
  const part = (name: string, length: number) =>
    Array.from({ length }, (_, index) =>
      createHash('sha256').update(`${name} ${count} ${now} ${index}`).digest('base64url'),
    ).join('');
  return `ghs_${appId}_${part('head', 1)}.${part('claims', 5)}.${part('signature', 6)}`;
}

function wantedRepositories({ state }: Hub, installation: number, wish: TokenWish): State[] | null {
  const { repository_ids: ids = [], repositories: names = [] } = wish;
  if (wish.repository_ids === undefined && wish.repositories === undefined) return null;
  const given = [...state.site.repositories.values()].filter((one) => one.repository.installation === installation);
  const called = (name: string) => given.find((one) => one.repository.name.toLowerCase() === name.toLowerCase());
  const wanted = [...ids.map((id) => given.find((one) => one.repository.id === id)), ...names.map(called)];
  const found = wanted.filter((one) => one !== undefined);
  if (found.length < wanted.length)
    throw new ApiError(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  return [...new Set(found)];
}

function wantedPermissions(has: Permissions, wish: TokenWish): Permissions {
  if (wish.permissions === undefined) return has;
  for (const [name, level] of Object.entries(wish.permissions))
    if (!allows(has, name, level))
      throw new ApiError(422, 'The permissions requested are not granted to this installation.');
  return { metadata: 'read', ...(wish.permissions as Permissions) };
}
