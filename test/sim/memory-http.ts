import { EventEmitter } from 'node:events';
import http from 'node:http';
import { Readable } from 'node:stream';

/** HTTP without sockets and bytes: a server is handed whole requests, and a caller whole answers. */
const servers = new Map<number, http.Server>();
const [firstPort, ports] = [40_000, 20_000];
let lastPort = firstPort;

/** Each life takes several, and a process that lives thousands of them needs more than there are. */
function freePort(): number {
  do lastPort = firstPort + ((lastPort - firstPort + 1) % ports);
  while (servers.has(lastPort));
  return lastPort;
}

const failure = (code: string, what: string) => Object.assign(new Error(`${what} ${code}`), { code });

/** What both ends of one exchange hold of the connection, as far as code that speaks HTTP asks for it. */
class Line extends EventEmitter {
  readonly remoteAddress = '127.0.0.1';
  /** The request has its body already. */
  readonly readable = false;
  readonly writableCorked = 0;
  readonly _writableState = {};
  destroyed = false;

  get writable(): boolean {
    return !this.destroyed;
  }

  cork(): void {}
  uncork(): void {}
  setTimeout(): void {}

  destroy(): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    process.nextTick(() => this.emit('close'));
    return this;
  }
}

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Node's answer of a server, but for the bytes that go out. */
class Answer extends http.ServerResponse {
  readonly #parts: Buffer[] = [];
  #given: http.OutgoingHttpHeaders = {};

  constructor(request: http.IncomingMessage, line: Line) {
    super(request);
    this.sendDate = false;
    this.useChunkedEncodingByDefault = false;
    this.assignSocket(line as unknown as Parameters<http.ServerResponse['assignSocket']>[0]);
  }

  override writeHead(status: number, ...given: unknown[]): this {
    const headers = given.at(-1);
    if (typeof headers === 'object' && headers !== null) this.#given = headers as http.OutgoingHttpHeaders;
    return super.writeHead(status, ...(given as [http.OutgoingHttpHeaders]));
  }

  /** Node calls it with every part of the body, and without any for the head alone. */
  _send(part: string | Uint8Array, encoding?: BufferEncoding, sent?: () => void): boolean {
    Object.assign(this, { _headerSent: true });
    if (part.length > 0) this.#parts.push(typeof part === 'string' ? Buffer.from(part, encoding) : Buffer.from(part));
    if (sent) process.nextTick(sent);
    return true;
  }

  got(): Got {
    const headers = Object.entries({ ...this.getHeaders(), ...this.#given });
    const told = headers.map(([name, value]) => [name.toLowerCase(), String(value)]);
    const [first = Buffer.alloc(0), ...others] = this.#parts;
    const body = others.length === 0 ? first : Buffer.concat([first, ...others]);
    return { status: this.statusCode, headers: Object.fromEntries(told) as Got['headers'], body };
  }
}

interface Asked {
  readonly method: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string | Buffer | undefined;
}

function arriving(url: URL, { method, headers, body }: Asked, line: Line): http.IncomingMessage {
  const request = new http.IncomingMessage(line as unknown as ConstructorParameters<typeof http.IncomingMessage>[0]);
  const all = { host: url.host, ...headers };
  const told = Object.entries(all).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  const head = { method, url: url.pathname + url.search, httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1 };
  request.headers = Object.fromEntries(told);
  request.headersDistinct = Object.fromEntries(told.map(([name, value]) => [name, [value]]));
  Object.assign(request, head, { complete: true });
  if (body !== undefined && body.length > 0) request.push(body);
  request.push(null);
  return request;
}

/** Sends a request that is there a turn later; `told` is called once. What is cut nobody hears of any more. */
function exchange(url: URL, asked: Asked, told: (error: Error | null, got: Got | null) => void) {
  const line = new Line();
  let over = false;
  const settle = (error: Error | null, got: Got | null) => {
    if (!over) told(error, got);
    over = true;
  };
  const lost = () => settle(failure('ECONNRESET', 'read'), null);
  line.once('close', lost);
  setImmediate(() => {
    const server = servers.get(Number(url.port));
    if (line.destroyed) return;
    if (!server) return settle(failure('ECONNREFUSED', 'connect'), null);
    const request = arriving(url, asked, line);
    const answer = new Answer(request, line);
    answer.once('finish', () => {
      line.off('close', lost);
      setImmediate(() => settle(null, answer.got()));
      line.destroy();
    });
    server.emit('connection', line);
    server.emit('request', request, answer);
  });
  return {
    cut: (error: Error) => {
      line.destroy();
      settle(error, null);
    },
  };
}

const createServer = http.createServer as (...given: unknown[]) => http.Server;

/** A server whose port is a name in this memory. */
export function listening(...given: unknown[]): http.Server {
  const server = createServer(...given);
  // It would listen to bytes.
  server.removeAllListeners('connection');
  const port = freePort();
  const listen = (...asked: unknown[]) => {
    servers.set(port, server);
    const told = asked.at(-1);
    if (typeof told === 'function') server.once('listening', told as () => void);
    process.nextTick(() => server.emit('listening'));
    return server;
  };
  server.on('close', () => servers.delete(port));
  return Object.assign(server, { listen, address: () => ({ port, address: '127.0.0.1', family: 'IPv4' }) });
}

/** `http.request` for callers that send their body at once. */
export function request(url: string | URL, options: http.RequestOptions, heard: (answer: Readable) => void) {
  const { method = 'GET', headers = {} } = options;
  let cut: (error: Error) => void = () => {};
  const call = Object.assign(new EventEmitter(), {
    setTimeout: () => call,
    destroy: (error: Error) => cut(error),
    end: (body?: string | Buffer) => {
      const asked = { method, headers: headers as Asked['headers'], body };
      ({ cut } = exchange(new URL(url), asked, (error, got) => {
        if (got) heard(Object.assign(Readable.from([got.body]), { statusCode: got.status, headers: got.headers }));
        else call.emit('error', error);
      }));
    },
  });
  return call;
}

/** As much of a `Response` as is asked of one whose bytes are all there. */
class WholeResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: readonly Buffer[];

  constructor({ status, headers, body }: Got) {
    this.status = status;
    this.headers = new Headers(headers);
    this.body = [body];
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  clone(): this {
    return this;
  }

  async text(): Promise<string> {
    return this.body.join('');
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
}

/** `fetch` over the same memory; the answer is there when all of it is. */
export const memoryFetch = (input: string | URL | Request, init: RequestInit = {}): Promise<Response> =>
  new Promise((resolve, reject) => {
    const { method = 'GET', signal, body } = init;
    if (signal?.aborted) return reject(signal.reason as Error);
    const asked = { method, headers: Object.fromEntries(new Headers(init.headers)), body: body as string | undefined };
    const { cut } = exchange(new URL(input instanceof Request ? input.url : input), asked, (error, got) => {
      if (error || !got) return reject(error ?? new Error('no answer'));
      resolve(new WholeResponse(got) as unknown as Response);
    });
    signal?.addEventListener('abort', () => cut(signal.reason as Error), { once: true });
  });
