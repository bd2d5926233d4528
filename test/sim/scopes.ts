import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from './wiretap.ts';

type Rights = Readonly<Record<string, string>>;

/** What a token is good for; `repository` is null where it names none or several. */
interface Scope {
  readonly repository: number | null;
  readonly rights: Rights;
}

const manifest = join(import.meta.dirname, '../../config/generated/app-manifest.json');
const { default_permissions: most } = JSON.parse(readFileSync(manifest, 'utf8')) as { default_permissions: Rights };

const isMore = (name: string, level: string) => most[name] === undefined || (level === 'write' && most[name] !== level);
/** Enough to ask which repositories there are, and for nothing else. */
const isHarmless = (rights: Rights) => Object.keys(rights).every((name) => name === 'metadata');

function repositoryOf({ path, body }: Call): string | null {
  const { owner, name } = (body['variables'] ?? {}) as { owner?: string; name?: string };
  if (path === '/graphql') return owner && name ? `${owner}/${name}` : null;
  return /^\/repos\/([^/]+\/[^/?]+)/.exec(path)?.[1] ?? null;
}

/** Checks I-10: what each token was asked for, and what it is then used for. */
export class Scopes {
  readonly #ids: ReadonlyMap<string, number>;
  readonly #scopes = new Map<string, Scope>();

  /** `ids` are the numbers of the repositories by name. */
  constructor(ids: ReadonlyMap<string, number>) {
    this.#ids = ids;
  }

  /** A token was made; returns it, and what is wrong with what it was asked for. */
  made({ body, path }: Call, text: string): { token: string; lie: string | null } {
    const { repository_ids: ids = [], permissions = null } = body as {
      repository_ids?: number[];
      permissions?: Rights;
    };
    const { token = '' } = JSON.parse(text) as { token?: string };
    const rights = permissions ?? most;
    this.#scopes.set(token, { repository: ids.length === 1 ? (ids[0] ?? null) : null, rights });
    const [over] = Object.entries(rights).filter(([name, level]) => isMore(name, level));
    if (over) return { token, lie: `I-10: a token for ${over.join(':')}, which the App does not need` };
    const narrow = permissions !== null && (ids.length === 1 || isHarmless(permissions));
    return { token, lie: narrow ? null : `I-10: ${path}: a token that is not narrowed to what it is for` };
  }

  /** What is wrong with this use of a token. */
  used(call: Call): string | null {
    const scope = this.#scopes.get(call.token);
    if (!scope) return null;
    const name = repositoryOf(call);
    const id = name === null ? undefined : this.#ids.get(name);
    if (id !== undefined && scope.repository !== null && scope.repository !== id)
      return `I-10: ${call.method} ${call.path} with the token of another repository`;
    const writes = Object.values(scope.rights).includes('write');
    return writes && !call.write ? `I-10: ${call.method} ${call.path} with a token that may write` : null;
  }
}
