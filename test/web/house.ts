import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { TestContext } from 'node:test';
import { listen } from '../../app/receive/listen.ts';
import { createServer } from '../../app/receive/server.ts';
import type { ServerPorts } from '../../app/receive/server.ts';
import { startSqlite } from '../contracts/sqlite-ground.ts';
import { sqliteGround } from '../contracts/sqlite-ground.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
}

/** One request with exactly these headers, `Host` among them; nothing is followed. */
export function ask(url: string, { method = 'GET', headers = {}, form }: Sent = {}): Promise<Answer> {
  const body = form && new URLSearchParams(form).toString();
  const type = form ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  return new Promise((resolve, reject) => {
    const call = request(url, { method: form ? 'POST' : method, headers: { ...type, ...headers } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(parts).toString() }),
      );
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** The hidden field of a page's form. */
export const hidden = (text: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';

/** The web server over a fresh store with a clock of the test; no worker. */
export async function openHouse(t: Pick<TestContext, 'after'>, given: Partial<ServerPorts> = {}) {
  const ground = sqliteGround();
  const { clock } = ground;
  const life = startSqlite(ground.folder, clock);
  const lines: string[] = [];
  const write = (text: string) => void lines.push(text);
  const ports: ServerPorts = {
    ...{ secrets: ['a-secret-of-more-than-32-characters-x'], appId: '', store: life.store, clock },
    ...{
      depth: () => life.queue.depth(),
      checkRules: () => [],
      commands: [],
      about: { needs: () => [], changedBy: () => [] },
    },
    ...{ operators: ['lin'], publicUrl: '', trustProxy: false },
    log: { debug: write, info: write, warn: write, error: write },
    ...given,
  };
  const handler = createServer(ports).callback();
  const door = await listen((req, res) => void handler(req, res), '127.0.0.1', 0, clock);
  t.after(async () => {
    const stopped = door.stop(0);
    // A test that failed half-way may have left calls open.
    door.cut();
    await stopped;
    life.kill();
    ground.remove();
  });
  return { ...life, clock, lines, url: door.url, ask: (path: string, sent?: Sent) => ask(door.url + path, sent) };
}
