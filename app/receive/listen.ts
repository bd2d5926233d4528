import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../clock.ts';

/** A server that listens. */
export interface Listening {
  readonly url: string;
  /** Takes no new connection, answers what is under way, and closes the rest after `drainMs`. */
  stop(drainMs: number): Promise<void>;
  /** Cuts every connection at once. */
  cut(): void;
}

const mostSockets = 2_000;

function limitsOn(server: Server): void {
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  server.keepAliveTimeout = 5_000;
  server.maxConnections = mostSockets;
}

/** Sockets that wait for a next request get none; those with a request under way say that it was the last. */
async function drain(server: Server, sockets: ReadonlySet<Socket>, clock: Clock, drainMs: number): Promise<void> {
  // The raw close of the listening socket: http.Server.close() would also reset connections that were just accepted.
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  server.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'));
  server.close();
  if (drainMs > 0 && sockets.size > 0) await Promise.race([closed, clock.sleep(drainMs)]);
  server.closeIdleConnections();
  await closed;
}

export function listen(handler: RequestListener, host: string, port: number, clock: Clock): Promise<Listening> {
  const server = createServer(handler);
  limitsOn(server);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const destroyAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const { port: taken } = server.address() as AddressInfo;
      const shown = host.includes(':') ? `[${host}]` : host;
      resolve({
        url: `http://${shown}:${taken}`,
        stop: (drainMs) => drain(server, sockets, clock, drainMs),
        cut: () => {
          server.close();
          destroyAll();
        },
      });
    });
  });
}
