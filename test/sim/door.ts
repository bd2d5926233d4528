import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';

/** One request on its way to the bot's door. */
export interface Letter {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Hands a letter on and says what it was answered; 0 when nobody did. */
export type Deliver = (letter: Letter) => Promise<number>;

async function textOf(parts: AsyncIterable<unknown>): Promise<string> {
  const all: Buffer[] = [];
  for await (const part of parts) all.push(part as Buffer);
  return Buffer.concat(all).toString();
}

/** Sends a letter to an address. */
export function posting(to: () => string): Deliver {
  return ({ headers, body }) =>
    new Promise((resolve) => {
      if (to() === '') return resolve(0);
      const call = request(to(), { method: 'POST', headers, agent: false }, (answer) => {
        answer.on('error', () => resolve(0));
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      });
      call.on('error', () => resolve(0));
      call.end(body);
    });
}

export interface Door {
  readonly url: string;
  close(): void;
}

/** The address GitHub knows; what comes goes through `deliver`. A letter that nobody answered is a connection cut. */
export async function openDoor(deliver: Deliver): Promise<Door> {
  const server: Server = createServer((call, answer) => {
    void textOf(call)
      .then((body) => deliver({ headers: call.headers, body }))
      .then((status) => {
        if (status === 0) answer.destroy();
        else answer.writeHead(status).end();
      })
      .catch(() => answer.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}/webhook`, close: () => server.close() };
}

/** Somebody who knows what GitHub will send next, but not the secret: a forged copy comes first, now and then. */
export function overtaken(deliver: Deliver, now: () => boolean, accepted: (what: string) => void): Deliver {
  return async (letter) => {
    if (now()) {
      const forged = { ...letter.headers, 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
      const status = await deliver({ headers: forged, body: letter.body });
      if (status >= 200 && status < 300) accepted('E1: a forged delivery was accepted');
    }
    return deliver(letter);
  };
}
