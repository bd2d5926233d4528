import type { Clock } from '../clock.ts';
import type { Repo, Subject } from '../subject.ts';
import { costOf, readCost } from './cost.ts';
import type { Credential, Use } from './credentials.ts';
import { EtagCache } from './etag-cache.ts';
import type { Call, GitHubRepo, Sure } from './github.ts';
import { headerOf, isFine, isRedirect, readGraphql, troubleIn, type Answer } from './read-answer.ts';
import type { Request, Send } from './sender.ts';
import { Trouble } from './troubles.ts';

export interface Access {
  readonly account: string;
  readonly credential: Credential;
}

export interface GatewayPorts {
  readonly send: Send;
  readonly clock: Clock;
  readonly apiUrl: string;
  /** Whose budget and which token a call on this subject uses. */
  access(subject: Subject, use: Use): Promise<Access>;
}

type Params = Readonly<Record<string, unknown>>;
type OneCall = Exclude<Call, { via: 'steps' }>;

// Octokit takes these out of the parameters and would obey them.
const reserved = ['baseUrl', 'headers', 'mediaType', 'request', 'url', 'method', 'data'];

/** What a step needs of the answer before it. */
function takenFrom(made: unknown, takes: Readonly<Record<string, string>> = {}): Params {
  const fields = new Map(Object.entries(made ?? {}));
  return Object.fromEntries(
    Object.entries(takes).map(([name, field]) => {
      if (!fields.has(field)) throw new Trouble('broken', `GitHub's answer has no ${field}`);
      return [name, fields.get(field)];
    }),
  );
}

/** Reads and writes of one process, for any subject. */
export class Gateway {
  readonly #ports: GatewayPorts;
  readonly #cache = new EtagCache();
  /** New addresses of repositories that were renamed or transferred, by number. */
  readonly #moved = new Map<number, Pick<Repo, 'owner' | 'name'>>();

  constructor(ports: GatewayPorts) {
    this.#ports = ports;
  }

  repo(subject: Subject): GitHubRepo {
    return {
      read: {
        graphql: (document, variables) => this.#query(subject, document, variables),
        get: (route, params, maxAge = 0) => this.#get(subject, route, params, maxAge),
      },
      readAsWriter: { graphql: (document, variables) => this.#query(subject, document, variables, 'write') },
      write: { send: (call, sure) => this.#write(subject, call, sure) },
    };
  }

  async #query(subject: Subject, document: string, variables: Params, use: Use = 'read'): Promise<unknown> {
    const access = await this.#ports.access(subject, use);
    const answer = await this.#ports.send({ ...access, cost: readCost, request: this.#graphql(document, variables) });
    this.#refuse(answer, false);
    return readGraphql(answer, { write: false });
  }

  async #get(subject: Subject, route: string, params: Params, maxAge: number): Promise<unknown> {
    const access = await this.#ports.access(subject, 'read');
    const request = this.#rest(subject, route, params);
    if (!request.route.startsWith('GET ')) throw new Trouble('broken', `not a read: ${route}`);
    // What one installation may see is none of another's business.
    const key = JSON.stringify([access.account, subject.repo.id, request.route, request.params]);
    const known = this.#cache.find(key);
    if (known && this.#ports.clock.now() - known.at < maxAge) return known.data;
    const at = this.#ports.clock.now();
    const headers = known ? { 'if-none-match': known.etag } : {};
    const first = await this.#ports.send({ ...access, cost: readCost, request: { ...request, headers } });
    if (known && first.status === 304) {
      this.#cache.keep(key, { ...known, at: this.#ports.clock.now() });
      return known.data;
    }
    const answer = isRedirect(first) ? await this.#follow(subject, access, first) : first;
    if (answer.status === 404) return this.#orNull(answer);
    this.#refuse(answer, false);
    const etag = headerOf(first, 'etag');
    if (etag !== null && answer === first && first.status === 200) {
      this.#cache.keep(key, { etag, data: first.data, bytes: Number(headerOf(first, 'content-length') ?? 0), at });
    }
    return answer.data;
  }

  #orNull(answer: Answer): null {
    const trouble = troubleIn(answer, { write: false }, this.#ports.clock.now());
    if (trouble?.kind !== 'gone') throw trouble ?? new Trouble('later', 'an unclear answer');
    return null;
  }

  /** A repository that was renamed answers from its number: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects */
  async #follow(subject: Subject, access: Access, first: Answer): Promise<Answer> {
    let answer = first;
    for (let hop = 0; hop < 3 && isRedirect(answer); hop += 1) {
      const { apiUrl, send } = this.#ports;
      const to = URL.parse(headerOf(answer, 'location') ?? '', `${apiUrl}/`);
      if (to?.origin !== new URL(apiUrl).origin) throw new Trouble('later', 'GitHub sent us to another host');
      const id = /\/repositories\/(\d+)(?:\/|$)/.exec(to.pathname)?.[1];
      if (id !== undefined && Number(id) !== subject.repo.id) {
        throw new Trouble('gone', 'another repository has this name now', { status: answer.status });
      }
      answer = await send({ ...access, cost: readCost, request: { route: `GET ${to.href}`, params: {} } });
    }
    return answer;
  }

  async #write(subject: Subject, call: Call, sure: Sure = async () => {}): Promise<void> {
    if (call.via !== 'steps') return void (await this.#writeOne(subject, call, sure));
    let made: unknown = null;
    for (const { route, params, takes } of call.steps) {
      const whole = { ...params, ...takenFrom(made, takes) };
      made = await this.#writeOne(subject, { via: 'rest', route, params: whole }, sure);
    }
  }

  async #writeOne(subject: Subject, call: OneCall, sure: Sure): Promise<unknown> {
    let answer = await this.#sendOnce(subject, call, sure);
    // A redirect was not applied, and following it could turn the write into something else.
    if (call.via === 'rest' && isRedirect(answer) && (await this.#findAgain(subject))) {
      answer = await this.#sendOnce(subject, call, sure);
    }
    if (call.via === 'rest' && isFine(answer, call.fine)) return answer.data;
    this.#refuse(answer, true);
    return call.via === 'graphql' ? readGraphql(answer, { write: true }) : answer.data;
  }

  async #sendOnce(subject: Subject, call: OneCall, sure: Sure): Promise<Answer> {
    const access = await this.#ports.access(subject, 'write');
    const request =
      call.via === 'rest' ? this.#rest(subject, call.route, call.params) : this.#graphql(call.document, call.variables);
    return this.#ports.send({ ...access, cost: costOf(call), request, sure });
  }

  async #findAgain(subject: Subject): Promise<boolean> {
    const access = await this.#ports.access(subject, 'read');
    const request = { route: 'GET /repositories/{id}', params: { id: subject.repo.id } };
    const answer = await this.#ports.send({ ...access, cost: readCost, request });
    this.#refuse(answer, false);
    const { id, name, owner } = answer.data as { id?: unknown; name?: unknown; owner?: { login?: unknown } };
    if (id !== subject.repo.id || typeof name !== 'string' || typeof owner?.login !== 'string') return false;
    this.#moved.set(subject.repo.id, { owner: owner.login, name });
    return true;
  }

  #refuse(answer: Answer, write: boolean): void {
    const trouble = troubleIn(answer, { write }, this.#ports.clock.now());
    if (trouble) throw trouble;
  }

  #graphql(query: string, variables: Params): Request {
    // GitHub Enterprise Server has its REST under /api/v3 and GraphQL under /api/graphql.
    const url = `${this.#ports.apiUrl.replace(/\/api\/v3$/, '/api')}/graphql`;
    return { route: `POST ${url}`, params: { query, variables } };
  }

  #rest(subject: Subject, route: string, params: Params): Request {
    const odd = reserved.find((name) => name in params);
    if (odd !== undefined) throw new Trouble('broken', `a call may not have a parameter named ${odd}`);
    if (!/^[A-Z]+ \/(?!\/)/.test(route)) throw new Trouble('broken', `not a route: ${route}`);
    const { owner, name } = this.#moved.get(subject.repo.id) ?? subject.repo;
    return {
      route,
      params: {
        ...params,
        // Octokit would put what the address does not use into the body.
        ...(route.includes('{owner}') ? { owner } : {}),
        ...(route.includes('{repo}') ? { repo: name } : {}),
      },
    };
  }
}
