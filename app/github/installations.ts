import type { Clock } from '../clock.ts';
import type { Repo, Subject } from '../subject.ts';
import { readCost, tokenCost } from './cost.ts';
import { grantedOf, tokenCredential, type Credential, type Minted, type Use } from './credentials.ts';
import type { Permissions } from './github.ts';
import { findRepo, repoIn } from './find-repo.ts';
import { reachedBy } from './reached.ts';
import { isRedirect, messageOf, troubleIn, type Answer } from './read-answer.ts';
import type { Send } from './sender.ts';
import { Trouble } from './troubles.ts';

export interface InstallationPorts {
  readonly app: Credential;
  readonly send: Send;
  readonly clock: Clock;
  readonly permissions: Readonly<Record<Use, Permissions>>;
  readonly onNotice: (text: string) => void;
}

type Params = Readonly<Record<string, unknown>>;

const rememberMs = 600_000;

function readToken(answer: Answer): Minted {
  const { token, expires_at: expires } = answer.data as { token?: unknown; expires_at?: unknown };
  // Tokens are opaque: their length and alphabet have changed before, in April 2026 to about 520 characters with dots.
  if (typeof token !== 'string' || token === '') throw new Trouble('later', 'GitHub answered without a token');
  const expiresAt = typeof expires === 'string' ? Date.parse(expires) : NaN;
  return { token, expiresAt: Number.isNaN(expiresAt) ? Infinity : expiresAt };
}

/** What only the App itself can ask: which installation a repository belongs to, and tokens for it. */
export class Installations {
  readonly #ports: InstallationPorts;
  readonly #found = new Map<number, { readonly installation: number; readonly until: number }>();

  constructor(ports: InstallationPorts) {
    this.#ports = ports;
  }

  async of(subject: Subject): Promise<number> {
    if (subject.installation !== null) return subject.installation;
    const { id, owner, name } = subject.repo;
    const now = this.#ports.clock.now();
    const known = this.#found.get(id);
    if (known && known.until > now) return known.installation;
    let answer = await this.#ask('GET /repos/{owner}/{repo}/installation', { owner, repo: name });
    if (isRedirect(answer)) answer = await this.#ask('GET /repositories/{id}/installation', { id });
    if (answer.status === 404) throw new Trouble('gone', 'foreign: the App is not installed there', { status: 404 });
    const { id: installation } = this.#dataOf(answer) as { id?: unknown };
    if (typeof installation !== 'number') throw new Trouble('later', 'GitHub answered without an installation');
    this.#found.set(id, { installation, until: now + rememberMs });
    return installation;
  }

  /**
   * Another repository of the same owner. The installation of the one who asks must reach it, so that no name leads to
   * what was given to somebody else.
   */
  async find(asking: Subject, name: string): Promise<Subject | null> {
    const installation = await this.of(asking);
    const answer = await this.#requestToken(installation, { repositories: [name] }, { metadata: 'read' });
    if (answer.status === 422) return null;
    const { repositories } = this.#dataOf(answer) as { repositories?: unknown };
    const repo = Array.isArray(repositories)
      ? repoIn(repositories[0])
      : await this.#look(installation, answer, asking, name);
    const owned = repo?.owner.toLowerCase() === asking.repo.owner.toLowerCase();
    return repo && owned ? { kind: 'repo', repo, installation } : null;
  }

  /** For a GitHub that does not list what a token is for. */
  async #look(installation: number, answer: Answer, asking: Subject, name: string): Promise<Repo | null> {
    const access = { account: String(installation), credential: tokenCredential(readToken(answer).token) };
    return (await findRepo(asking.repo.owner, name, access, this.#ports))?.repo ?? null;
  }

  async reachedBy(installation: number): Promise<readonly Subject[]> {
    const answer = await this.#requestToken(installation, {}, { metadata: 'read' });
    this.#dataOf(answer);
    const access = { account: String(installation), credential: tokenCredential(readToken(answer).token) };
    return reachedBy(installation, access, this.#ports);
  }

  async mint(installation: number, repoId: number, use: Use): Promise<Minted> {
    const rights = this.#ports.permissions[use];
    const which = { repository_ids: [repoId] };
    let answer = await this.#requestToken(installation, which, rights);
    // One permission that an owner has not yet accepted makes GitHub refuse the whole token.
    if (answer.status === 422 && /permission/i.test(messageOf(answer))) {
      answer = await this.#requestToken(installation, which, await this.#granted(installation, rights));
    }
    if (answer.status === 422) throw new Trouble('gone', messageOf(answer), { status: 422 });
    this.#dataOf(answer);
    return readToken(answer);
  }

  async #granted(installation: number, asked: Permissions): Promise<Permissions> {
    const answer = await this.#ask('GET /app/installations/{installation_id}', { installation_id: installation });
    const { permissions } = this.#dataOf(answer) as { permissions?: unknown };
    this.#ports.onNotice(`installation ${installation} has not granted all the permissions this bot asks for`);
    return grantedOf(asked, permissions);
  }

  #requestToken(installation: number, which: Params, permissions: Permissions): Promise<Answer> {
    const route = 'POST /app/installations/{installation_id}/access_tokens';
    const params = { installation_id: installation, ...which, permissions };
    const { app, send } = this.#ports;
    return send({ account: String(installation), credential: app, cost: tokenCost, request: { route, params } });
  }

  #ask(route: string, params: Params): Promise<Answer> {
    return this.#ports.send({
      account: 'app',
      credential: this.#ports.app,
      cost: readCost,
      request: { route, params },
    });
  }

  // Asking for a token changes nothing that anybody sees, so all this counts as reading.
  #dataOf(answer: Answer): unknown {
    const trouble = troubleIn(answer, { write: false }, this.#ports.clock.now());
    if (trouble) throw trouble;
    return answer.data;
  }
}
