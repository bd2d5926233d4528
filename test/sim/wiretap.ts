import { isWrite } from '../fake-github/request-body.ts';

/** One request of the bot as it leaves for GitHub. */
export interface Call {
  readonly method: string;
  readonly path: string;
  /** The body as it is sent, '' where there is none. */
  readonly text: string;
  /** The body as JSON, `{}` where it is none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Without its scheme; '' where the call bears none. */
  readonly token: string;
  readonly write: boolean;
}

/** Somebody who listens on the wire between the bot and GitHub. */
export interface Listener {
  asked(call: Call): void;
  /** `status` is 0 where no answer came; `text` tells only what a new token is good for. */
  answered(call: Call, status: number, text: string): void;
}

const minting = /^\/app\/installations\/\d+\/access_tokens$/;

function jsonOf(text: string): Call['body'] {
  try {
    return (JSON.parse(text) as Call['body'] | null) ?? {};
  } catch {
    return {};
  }
}

function callOf(input: string | URL | Request, init: RequestInit): Call {
  const url = new URL(input instanceof Request ? input.url : input);
  const text = typeof init.body === 'string' ? init.body : '';
  const [method, path] = [init.method ?? 'GET', url.pathname];
  const [, token = ''] = (new Headers(init.headers).get('authorization') ?? '').split(' ');
  return { method, path: path + url.search, text, body: jsonOf(text), token, write: isWrite(method, path, text) };
}

/** `fetch` with somebody listening; what is said goes on as it is. */
export function tapped(real: typeof fetch, listener: Listener): typeof fetch {
  return async (input, init = {}) => {
    const call = callOf(input, init);
    listener.asked(call);
    try {
      const answer = await real(input, init);
      const text = minting.test(call.path) ? await answer.clone().text() : '';
      listener.answered(call, answer.status, text);
      return answer;
    } catch (error) {
      listener.answered(call, 0, '');
      throw error;
    }
  };
}
