import { createHash, randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { systemClock } from '../../app/clock.ts';
import { pull } from './ground.ts';
import { startSqlite } from './sqlite-ground.ts';

/** Saves deliveries as fast as it can and prints the GUID of each that is acknowledged, until somebody kills it. */
const [folder = ''] = process.argv.slice(2);
const { store } = startSqlite(folder, systemClock);

async function saveForEver(): Promise<never> {
  for (;;) {
    const guid = randomUUID();
    const body = Buffer.from(JSON.stringify({ guid, padding: 'x'.repeat(2_000) }));
    const digest = createHash('sha256').update(body).digest('hex');
    const rest = { hook: '1', event: 'push', action: null, repo: null, unhandled: null };
    await store.saveDelivery({ ...rest, guid, digest, body, receivedAt: systemClock.now() }, [pull(1)]);
    // Synchronous: what is printed is out before the kill.
    writeSync(1, `${guid}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, saveForEver));
