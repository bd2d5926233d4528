import type { Clock } from '../clock.ts';

export type Fetch = typeof globalThis.fetch;

export interface Guards {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Scheme, host and port that may be called; nothing else ever sees a token. */
  readonly origin: string;
  /** From the call to the last byte of the answer. */
  readonly deadlineMs?: number;
  /** After decompression, so that a small zipped body cannot fill the memory. */
  readonly maxBytes?: number;
}

/** An answer whose bytes are all there: its `body` is they, since to read a stream again takes longer than all else. */
function whole(bytes: Buffer<ArrayBuffer>, { status, headers }: Response): Response {
  const told = new Headers(headers);
  told.set('content-length', String(bytes.byteLength));
  return Object.defineProperties(new Response(null, { status, headers: told }), {
    body: { value: bytes },
    text: { value: async () => bytes.toString() },
    arrayBuffer: { value: async () => new Uint8Array(bytes).buffer },
  });
}

async function readCapped(response: Response, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > maxBytes) throw new Error(`the answer is larger than ${maxBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts, size);
}

async function exchange(guards: Guards, url: URL, init: RequestInit): Promise<Response> {
  // `fetch` would follow a redirect by itself, and repeat a write with it.
  const response = await guards.fetch(url.href, { ...init, redirect: 'manual' });
  return whole(await readCapped(response, guards.maxBytes ?? 8 * 1024 * 1024), response);
}

/** A `fetch` that calls one host, follows nothing, and has the whole answer in time and within bounds or rejects. */
export function guardFetch(guards: Guards): Fetch {
  const deadlineMs = guards.deadlineMs ?? 10_000;
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    // Names and passwords before the host would be sent along, and shown wherever the address is.
    if (url.origin !== guards.origin || url.username + url.password !== '')
      throw new Error(`refused to call ${url.origin}`);
    const answered = new AbortController();
    const stop = new AbortController();
    const deadline = guards.clock.sleep(deadlineMs, answered.signal).then((): never => {
      throw new Error(`no complete answer within ${deadlineMs / 1000} s`);
    });
    try {
      return await Promise.race([exchange(guards, url, { ...init, signal: stop.signal }), deadline]);
    } finally {
      stop.abort();
      answered.abort(new Error('answered'));
    }
  };
}
