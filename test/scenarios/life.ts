import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Bot, World } from '../../app/main.ts';
import { databaseFile } from '../../app/store/open-sqlite.ts';
import type { Settings } from '../../config/env.ts';
import type { LifeClock } from './virtual-clock.ts';

export type StartBot = (settings: Settings, world: Partial<World>) => Promise<Bot>;

/** One life of the bot, from start to stop or kill. */
export interface Life {
  readonly url: string;
  /** Requests of the bot that have no answer yet. */
  asking(): number;
  pending(): Promise<{ running: number; ready: number }>;
  stop(): Promise<void>;
  kill(): void;
}

/** A `fetch` that counts its requests in flight and, once cut, never answers and never starts. */
export function lifeFetch(real: typeof fetch): { fetch: typeof fetch; asking: () => number; cut: () => void } {
  const flights = new Set<AbortController>();
  let dead = false;
  const call = (input: string | URL | Request, init: RequestInit, resolve: (response: Response) => void) => {
    const flight = new AbortController();
    const signals = [flight.signal, init.signal, input instanceof Request ? input.signal : null];
    const signal = AbortSignal.any(signals.filter((each): each is AbortSignal => each instanceof AbortSignal));
    flights.add(flight);
    return real(input, { ...init, signal }).then(
      (response) => {
        flights.delete(flight);
        if (!dead) resolve(response);
      },
      (error: unknown) => {
        flights.delete(flight);
        if (!dead) throw error;
      },
    );
  };
  return {
    fetch: (input, init = {}) =>
      new Promise((resolve, reject) => {
        if (!dead) call(input, init, resolve).catch(reject);
      }),
    asking: () => flights.size,
    cut: () => {
      dead = true;
      for (const flight of flights) flight.abort();
      flights.clear();
    },
  };
}

/** No system gives a process this number. */
const nobody = 2 ** 30;

/** Who comes next sees that the process which held the lanes is gone; this life had that of its successor. */
function bury({ dataDir }: Settings): void {
  const path = join(dataDir, databaseFile);
  if (!existsSync(path)) return;
  const db = new DatabaseSync(path);
  db.prepare('UPDATE lanes SET lease_process = ? WHERE lease_owner IS NOT NULL').run(`${hostname()}:${nobody}`);
  db.close();
}

/** Starts the bot on a clock and a network of its own, so that killing it kills only this life. */
export async function startLife(startBot: StartBot, settings: Settings, clock: LifeClock): Promise<Life> {
  const network = lifeFetch(globalThis.fetch);
  const bot = await startBot(settings, { clock, fetch: network.fetch });
  const cut = () => {
    clock.end();
    network.cut();
  };
  return {
    url: bot.url,
    asking: network.asking,
    pending: () => bot.pending(),
    stop: async () => {
      await bot.stop();
      cut();
    },
    kill: () => {
      cut();
      bot.kill();
      bury(settings);
    },
  };
}
