import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between the bot and GitHub, sees every token and says some of them aloud in errors. */
export interface TokenSpy {
  readonly url: string;
  /** Tokens the bot was given. */
  readonly tokens: ReadonlySet<string>;
  /** The next so many calls with a token are answered with an error that repeats it. */
  betray(status: number, calls: number): void;
  close(): Promise<void>;
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

/** Every second token is one of 40 characters, as GitHub made them for years. */
export async function startTokenSpy(github: string): Promise<TokenSpy> {
  const tokens = new Set<string>();
  const real = new Map<string, string>();
  let [betrayed, calls, made] = [0, 0, 0];

  function short(token: string): string {
    made += 1;
    const given = made % 2 === 0 ? token : `ghs_${made.toString().padStart(4, '0')}${'cAnArY0123456789'.repeat(2)}`;
    tokens.add(given);
    real.set(given, token);
    return given;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(request);
    const given = (request.headers.authorization ?? '').replace(/^(token|bearer) /i, '');
    if (real.has(given) && calls > 0) {
      calls -= 1;
      const message = `the call with authorization: token ${given} failed`;
      response.writeHead(betrayed, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
      return;
    }
    const headers = Object.entries({ ...request.headers, authorization: `token ${real.get(given) ?? ''}` }).filter(
      ([name]) => !['host', 'connection', 'content-length', 'transfer-encoding'].includes(name),
    );
    if (!real.has(given)) headers.push(['authorization', request.headers.authorization ?? '']);
    const got = await fetch(github + (request.url ?? ''), {
      method: request.method ?? 'GET',
      headers: Object.fromEntries(headers) as Record<string, string>,
      ...(body.length > 0 && { body: new Uint8Array(body) }),
      redirect: 'manual',
    });
    const text = await got.text();
    const isMint = request.url?.endsWith('/access_tokens') === true && got.status === 201;
    const minted = isMint ? (JSON.parse(text) as { token: string }) : null;
    const kept = [...got.headers].filter(
      ([name]) => !/^(content-(length|encoding)|connection|transfer-.*)$/.test(name),
    );
    response.writeHead(got.status, Object.fromEntries(kept));
    response.end(minted ? JSON.stringify({ ...minted, token: short(minted.token) }) : text);
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokens,
    betray: (status, count) => void ([betrayed, calls] = [status, count]),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
