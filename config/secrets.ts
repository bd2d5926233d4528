import { createPrivateKey } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/** Names whose values never stay in the environment of a process and never reach a log. */
export const secretNames = [
  'GITHUB_PRIVATE_KEY',
  'GITHUB_WEBHOOK_SECRET',
  'GITHUB_WEBHOOK_SECRET_PREVIOUS',
  'GITHUB_TOKEN',
  'GITHUB_CLIENT_SECRET',
  'DATABASE_URL',
  'METRICS_TOKEN',
] as const;

/** Whether people other than the owner may read or change the file; false where files have no such modes, and where there is none. */
export function isOpenToOthers(file: string): boolean {
  if (process.platform === 'win32') return false;
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && (stat.mode & 0o077) !== 0;
}

/** A file's text, or null when it cannot be read. */
export function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** Whether this is a private key GitHub could have made for an App. */
export function isAppKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

const placeholder = /change.?(me|this)|replace.?(me|this|with)|your.?(webhook.?)?secret|placeholder/i;
const shortest = 32;
const fewestDifferent = 8;

/** What is wrong with a webhook secret: missing, short or one that anybody would try first; null when nothing is. */
export function weaknessOf(secret: string): 'noSecret' | 'shortSecret' | 'defaultSecret' | null {
  if (secret.trim() === '') return 'noSecret';
  // The same few letters again and again: `secretsecretsecret…`, `aaaa…`, `0123456701234567…`.
  const repeats = /^(.{1,16}?)\1+(.{0,16})$/s.exec(secret);
  const isRepeated = repeats !== null && (repeats[1] ?? '').startsWith(repeats[2] ?? '');
  const isPoor = new Set(secret).size < fewestDifferent;
  if (placeholder.test(secret) || /^(secret|password)$/i.test(secret)) return 'defaultSecret';
  if (secret.length < shortest) return 'shortSecret';
  return isRepeated || isPoor ? 'defaultSecret' : null;
}
