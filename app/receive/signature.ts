import { createHmac, timingSafeEqual } from 'node:crypto';

const form = /^sha256=([0-9a-f]{64})$/;

/**
 * Whether the raw bytes were signed with one of the secrets, and with which of them; -1 when with none.
 * Takes the same time for every wrong signature.
 */
export function signedWith(body: Buffer, header: string, secrets: readonly string[]): number {
  const given = form.exec(header)?.[1];
  if (given === undefined) return -1;
  const claimed = Buffer.from(given, 'hex');
  const matches = secrets.map((secret) => timingSafeEqual(createHmac('sha256', secret).update(body).digest(), claimed));
  return matches.indexOf(true);
}
