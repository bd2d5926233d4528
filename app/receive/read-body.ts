import type { IncomingMessage } from 'node:http';

/** GitHub sends at most 25 MB (docs.github.com/webhooks: payload cap). */
export const largestBody = 25 * 1024 * 1024;

/** Why a body was not read, as the status to answer with. */
export class BodyRefused extends Error {
  override readonly name = 'BodyRefused';
  readonly status: 400 | 413 | 503;
  constructor(status: 400 | 413 | 503, message: string) {
    super(message);
    this.status = status;
  }
}

/** Nearly all deliveries are smaller than this. */
const ordinaryBody = 1024 * 1024;

/**
 * Bytes that all requests together may hold in memory. A quarter of them is kept for bodies of ordinary size, so that a few
 * huge ones that nobody signed do not keep everybody else out.
 */
export class ByteBudget {
  readonly #total: number;
  #taken = 0;
  constructor(total: number) {
    this.#total = total;
  }
  /** Takes `bytes` more for a body of which `held` are in memory. */
  take(bytes: number, held: number): void {
    const most = held + bytes > ordinaryBody ? this.#total * 0.75 : this.#total;
    if (this.#taken + bytes > most) throw new BodyRefused(503, 'too many bytes in flight');
    this.#taken += bytes;
  }
  /** Whether so many more fit; takes none of them, since a sender may announce what it never sends. */
  hasRoomFor(bytes: number): boolean {
    return this.#taken + bytes <= this.#total;
  }
  give(bytes: number): void {
    this.#taken -= bytes;
  }
}

/** Runs `use` with the raw bytes of a request; its bytes count against the budget until `use` is done. */
export async function withBody<T>(
  request: IncomingMessage,
  budget: ByteBudget,
  use: (body: Buffer) => Promise<T>,
): Promise<T> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > largestBody) throw new BodyRefused(413, 'the body is too large');
  if (!budget.hasRoomFor(declared)) throw new BodyRefused(503, 'too many bytes in flight');
  let taken = 0;
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) {
      if (taken + chunk.length > largestBody) throw new BodyRefused(413, 'the body is too large');
      budget.take(chunk.length, taken);
      taken += chunk.length;
      chunks.push(chunk);
    }
    if (!request.complete) throw new BodyRefused(400, 'the body broke off');
    // Nobody hears the answer any more; GitHub's log says so, and it is asked for again.
    if (request.socket.destroyed) throw new BodyRefused(503, 'the sender hung up');
    return await use(Buffer.concat(chunks));
  } finally {
    budget.give(taken);
  }
}
