import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { ApiError } from './api-error.ts';
import type { Grant } from './call.ts';
import { appId, iso, repositoryId, repoName, type Hub } from './hub.ts';
import { allows, granted, personal, type Permissions } from './permissions.ts';
import { repositoryJson } from './render/repository.ts';

/** Making an RSA key is slow: one per process serves every fake. */
const pair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

export const privateKey = pair.privateKey;
const publicKey = createPublicKey(pair.publicKey);

export const personalToken = `github_pat_${'11ABCDEFG0'.repeat(8)}`;

interface Minted {
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
  mint(wish: TokenWish): Record<string, unknown>;
  revokeAll(): void;
}

export function createTokens(hub: Hub): Tokens {
  const minted = new Map<string, Minted>();
  let count = 0;
  const grant = (header: string | undefined): Grant => {
    const [scheme, token = ''] = (header ?? '').split(' ');
    if (!/^(bearer|token)$/i.test(scheme ?? '')) return { as: 'nobody', permissions: {}, repositories: [] };
    if (hub.identity === 'token' && token === personalToken)
      return { as: 'token', permissions: personal, repositories: null };
    const known = minted.get(token);
    if (known && known.expires > hub.clock.now()) return { as: 'installation', ...known };
    if (token.startsWith('ghs_') || !token.includes('.') || hub.identity === 'token')
      throw new ApiError(401, 'Bad credentials');
    checkJwt(token, hub.clock.now());
    return { as: 'app', permissions: {}, repositories: null };
  };
  const mint = (wish: TokenWish) => {
    const repositories = wantedRepositories(wish);
    const permissions = wantedPermissions(wish);
    const token = longToken(++count, hub.clock.now());
    const expires = hub.clock.now() + hour;
    minted.set(token, { expires, permissions, repositories });
    const answer = { token, expires_at: iso(expires), permissions };
    if (repositories === null) return { ...answer, repository_selection: 'all' };
    return { ...answer, repository_selection: 'selected', repositories: [repositoryJson(hub)] };
  };
  return { grant, mint, revokeAll: () => minted.clear() };
}

/** Installation tokens are long and hold dots since 2026: nothing may count on 40 characters. */
function longToken(count: number, now: number): string {
  const part = (name: string, length: number) =>
    Array.from({ length }, (_, index) =>
      createHash('sha256').update(`${name} ${count} ${now} ${index}`).digest('base64url'),
    ).join('');
  return `ghs_${appId}_${part('head', 1)}.${part('claims', 5)}.${part('signature', 6)}`;
}

function wantedRepositories(wish: TokenWish): number[] | null {
  if (wish.repository_ids === undefined && wish.repositories === undefined) return null;
  const known =
    (wish.repository_ids ?? []).every((id) => id === repositoryId) &&
    (wish.repositories ?? []).every((name) => name === repoName);
  if (!known)
    throw new ApiError(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  return [repositoryId];
}

function wantedPermissions(wish: TokenWish): Permissions {
  if (wish.permissions === undefined) return granted;
  for (const [name, level] of Object.entries(wish.permissions))
    if (!allows(granted, name, level))
      throw new ApiError(422, 'The permissions requested are not granted to this installation.');
  return { metadata: 'read', ...(wish.permissions as Permissions) };
}
