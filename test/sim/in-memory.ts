import { createPrivateKey, createSign } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { Duplex, duplexPair } from 'node:stream';
import { webcrypto } from 'node:crypto';
import zlib from 'node:zlib';

/**
 * Imported before the bot: what Node would do in other threads or over the network happens here, in the order of the
 * program, so that nothing but the seed decides what comes first.
 */
const servers = new Map<number, http.Server>();
let lastPort = 40_000;

/** What code that speaks HTTP asks of a socket, and memory has no use for. */
const asSocket = (stream: Duplex): Duplex => {
  const nothing = () => stream;
  const more = { setTimeout: nothing, setNoDelay: nothing, setKeepAlive: nothing, ref: nothing, unref: nothing };
  return Object.assign(stream, more, { remoteAddress: '127.0.0.1' });
};

function refused(): Duplex {
  const stream = asSocket(new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() }));
  const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  process.nextTick(() => stream.destroy(error));
  return stream;
}

function connect(port: number): Duplex {
  const server = servers.get(port);
  if (!server) return refused();
  const [near, far] = duplexPair().map(asSocket) as [Duplex, Duplex];
  const cut = () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  far.on('error', () => {});
  far.once('close', () => setImmediate(() => near.destroyed || near.destroy(near.readableEnded ? undefined : cut())));
  near.once('close', () => far.destroyed || far.destroy());
  server.emit('connection', far);
  return near;
}

const createServer = http.createServer as (...given: unknown[]) => http.Server;
const listening = (...given: unknown[]): http.Server => {
  const server = createServer(...given);
  const port = ++lastPort;
  const listen = (...asked: unknown[]) => {
    servers.set(port, server);
    const told = asked.at(-1);
    if (typeof told === 'function') server.once('listening', told as () => void);
    process.nextTick(() => server.emit('listening'));
    return server;
  };
  server.on('close', () => servers.delete(port));
  return Object.assign(server, { listen, address: () => ({ port, address: '127.0.0.1', family: 'IPv4' }) });
};

const realRequest = http.request;
// An agent would make connections of its own.
const request = (url: string | URL, options: http.RequestOptions, heard: (answer: http.IncomingMessage) => void) =>
  realRequest(url, { ...options, agent: undefined, createConnection: () => connect(Number(new URL(url).port)) }, heard);

type Done<Out> = (error: Error | null, out: Out) => void;
const asLast =
  <In, Options, Out>(work: (input: In, options: Options) => Out) =>
  (input: In, options: Options | Done<Out>, done?: Done<Out>) => {
    const tell = (done ?? options) as Done<Out>;
    const result = work(input, (done ? options : {}) as Options);
    process.nextTick(() => tell(null, result));
  };

const { readdirSync } = fs;
// To press a text takes longer than all else that is done with it; what is stored as it is can be read as well.
const stored = { level: 0, memLevel: 1, windowBits: 9 };
const gzipped = (text: string | Buffer) => zlib.gzipSync(text, stored);
Object.assign(http, { createServer: listening, request });
Object.assign(zlib, { gzip: asLast(gzipped), gunzip: asLast(zlib.gunzipSync) });
Object.assign(fs.promises, {
  readdir: async (...given: Parameters<typeof readdirSync>) => readdirSync(...given),
  access: async (...given: Parameters<typeof fs.accessSync>) => fs.accessSync(...given),
});
syncBuiltinESMExports();

// The key of the fake's App is one per process.
const keys = new Map<string, ReturnType<typeof createPrivateKey>>();
Object.assign(webcrypto.subtle, {
  importKey: async (_format: string, der: ArrayBuffer) => {
    const name = Buffer.from(der).toString('base64');
    const key = keys.get(name) ?? createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
    keys.set(name, key);
    return key;
  },
  sign: async (_name: string, key: ReturnType<typeof createPrivateKey>, text: ArrayBuffer) =>
    new Uint8Array(createSign('RSA-SHA256').update(Buffer.from(text)).sign(key)).buffer,
});

const bodiless = new Set([204, 205, 304]);

/** `fetch` over the same memory; the answer is there when all of it is. */
const memoryFetch = (input: string | URL | Request, init: RequestInit = {}): Promise<Response> =>
  new Promise((resolve, reject) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const { method = 'GET', signal } = init;
    const headers = Object.fromEntries(new Headers(init.headers));
    if (signal?.aborted) return reject(signal.reason as Error);
    const call = request(url, { method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const status = answer.statusCode ?? 0;
        const told = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
        resolve(new Response(bodiless.has(status) ? null : Buffer.concat(parts), { status, headers: told }));
      });
    });
    call.on('error', reject);
    signal?.addEventListener('abort', () => call.destroy(signal.reason as Error), { once: true });
    call.end(init.body as string | undefined);
  });
globalThis.fetch = memoryFetch;
