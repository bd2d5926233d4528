import { randomUUID } from 'node:crypto';
import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Letter {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Stands between GitHub and the bot: takes every delivery, and hands them on late, several times and in any order. */
export interface MailRoom {
  readonly url: string;
  /** Hands on a share of what waits, in an order of chance; 1 is everything. */
  deliver(to: string, share: number): Promise<void>;
  close(): Promise<void>;
}

function post(to: string, { headers, body }: Letter, guid: string | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const own = { ...headers, ...(guid !== null && { 'x-github-delivery': guid }) };
    const call = request(to, { method: 'POST', headers: own, agent: false }, (answer) => {
      answer.resume().on('end', () => {
        if (answer.statusCode === 202) resolve();
        else reject(new Error(`the bot answered ${answer.statusCode}`));
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

export async function openMailRoom(chance: () => number): Promise<MailRoom> {
  const waiting: Letter[] = [];
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      waiting.push({ headers: incoming.headers, body: Buffer.concat(parts) });
      response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const copiesOf = (letter: Letter): [Letter, string | null][] => {
    const again: [Letter, string | null][] = chance() < 0.3 ? [[letter, null]] : [];
    const fresh: [Letter, string | null][] = chance() < 0.2 ? [[letter, randomUUID()]] : [];
    return [[letter, null], ...again, ...fresh];
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async deliver(to, share) {
      const taken = waiting.filter(() => chance() < share);
      for (const letter of taken) waiting.splice(waiting.indexOf(letter), 1);
      const sent = taken.flatMap(copiesOf).map((one) => ({ one, key: chance() }));
      for (const { one } of sent.toSorted((a, b) => a.key - b.key)) await post(to, ...one);
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
