import { createServer } from 'node:http';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import { Server as TcpServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../clock.ts';

/** A server that listens. */
export interface Listening {
  readonly url: string;
  /** Takes no new connection, answers what is under way, and closes after `drainMs` what waits; with 0 at once. */
  stop(drainMs: number): Promise<void>;
  /** Cuts every connection at once. */
  cut(): void;
}

const mostSockets = 2_000;
/** GitHub waits no longer for an answer, and pm2 kills after fifteen seconds. */
const longestDrain = 10_000;

function limitsOn(server: Server): void {
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  server.keepAliveTimeout = 5_000;
  server.maxConnections = mostSockets;
}

/** Resolves when `closed` does or `ms` have passed. */
async function within(ms: number, closed: Promise<void>, clock: Clock): Promise<void> {
  const done = new AbortController();
  await Promise.race([closed, clock.sleep(ms, done.signal).catch(() => {})]);
  done.abort();
}

interface UnderWay {
  readonly sockets: ReadonlySet<Socket>;
  readonly answers: ReadonlySet<ServerResponse>;
}

const sayLast = (answer: ServerResponse) => {
  if (!answer.headersSent) answer.setHeader('Connection', 'close');
};

/**
 * A connection that waits for its next request is left open for `drainMs`, since that request may be on its way; every answer
 * says that it is the last one. Requests that take longer than `longestDrain` are cut.
 */
async function drain(server: Server, { sockets, answers }: UnderWay, clock: Clock, drainMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  for (const answer of answers) sayLast(answer);
  server.prependListener('request', (_request, answer) => sayLast(answer));
  // Not the close of http.Server, which also cuts connections on which a request may just be arriving.
  TcpServer.prototype.close.call(server);
  if (drainMs > 0) await within(drainMs, closed, clock);
  server.close();
  if (drainMs > 0) await within(longestDrain - drainMs, closed, clock);
  if (drainMs > 0) for (const socket of sockets) socket.destroy();
  await closed;
}

function watch(server: Server): UnderWay {
  const sockets = new Set<Socket>();
  const answers = new Set<ServerResponse>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.prependListener('request', (_request, answer) => {
    answers.add(answer);
    answer.once('close', () => answers.delete(answer));
  });
  return { sockets, answers };
}

export function listen(handler: RequestListener, host: string, port: number, clock: Clock): Promise<Listening> {
  // Node.js looks only every half minute for connections whose time is over.
  const server = createServer({ connectionsCheckingInterval: 1_000 }, handler);
  limitsOn(server);
  const underWay = watch(server);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const { port: taken } = server.address() as AddressInfo;
      const shown = host.includes(':') ? `[${host}]` : host;
      resolve({
        url: `http://${shown}:${taken}`,
        stop: (drainMs) => drain(server, underWay, clock, drainMs),
        cut: () => {
          server.close();
          for (const socket of underWay.sockets) socket.destroy();
        },
      });
    });
  });
}
