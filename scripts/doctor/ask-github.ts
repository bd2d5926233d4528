import { signJwt } from '../../app/github/credentials.ts';
import type { Settings } from '../../config/env.ts';

/** One answer; `status` 0 when none came, `why` then says what stood in the way. */
export interface Answer {
  readonly status: number;
  readonly data: unknown;
  readonly headers: Headers;
  readonly why: string;
}

export type Fetch = typeof fetch;

const patience = 8_000;

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${patience / 1000} s`;
  return code || (cause instanceof Error ? cause.message : String(cause));
}

/** One request without side effects that ends within some seconds; never rejects. */
export async function ask(fetch: Fetch, address: string, headers: Record<string, string> = {}): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(patience);
    const answer = await fetch(address, { headers, signal, redirect: 'manual' });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, data: isJson ? JSON.parse(text) : text, headers: answer.headers, why: '' };
  } catch (error) {
    return { status: 0, data: null, headers: new Headers(), why: reasonOf(error) };
  }
}

/** GitHub, asked as the bot would ask it; each question goes out once. */
export class AskGitHub {
  readonly #settings: Settings;
  readonly #fetch: Fetch;
  readonly #now: () => number;
  readonly #asked = new Map<string, Promise<Answer>>();

  constructor(settings: Settings, fetch: Fetch, now: () => number) {
    this.#settings = settings;
    this.#fetch = fetch;
    this.#now = now;
  }

  /** Without proving who asks; `at` is our time in the middle of the exchange. */
  async reach(): Promise<Answer & { readonly at: number }> {
    const before = this.#now();
    const answer = await this.#once('reach', () => ask(this.#fetch, `${this.#settings.apiUrl}/rate_limit`));
    return { ...answer, at: (before + this.#now()) / 2 };
  }

  /** As the App, or with the personal token. */
  async get(path: string): Promise<Answer> {
    return this.#once(path, async () => {
      const { appId, privateKey, token, apiUrl } = this.#settings;
      const authorization = appId ? `Bearer ${signJwt(appId, privateKey, await this.#time()).jwt}` : `token ${token}`;
      const headers = { authorization, accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };
      return ask(this.#fetch, `${apiUrl}${path}`, headers);
    });
  }

  /** GitHub's time where it is known: a clock that is wrong is a finding of its own. */
  async #time(): Promise<number> {
    const date = Date.parse((await this.reach()).headers.get('date') ?? '');
    return Number.isNaN(date) ? this.#now() : date;
  }

  #once(key: string, work: () => Promise<Answer>): Promise<Answer> {
    const known = this.#asked.get(key) ?? work();
    this.#asked.set(key, known);
    return known;
  }
}
