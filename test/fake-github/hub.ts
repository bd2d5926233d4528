import type { Clock } from '../../app/clock.ts';
import { ApiError } from './api-error.ts';
import type { Lens } from './faults.ts';
import type { Signature } from './git-objects.ts';
import type { Proof } from './proof/proof.ts';
import type { Account, App, Comment, State, Thread } from './state.ts';

export type Emit = (event: string, action: string | null, sender: Account, payload: Record<string, unknown>) => void;

/** The state of one repository with the ports every area needs: ids, time, addresses and webhooks out. */
export interface Hub {
  readonly state: State;
  readonly clock: Clock;
  readonly url: string;
  readonly web: string;
  readonly identity: 'app' | 'token';
  readonly emit: Emit;
  /** Sends a webhook that speaks of this hub's repository, or with `null` of none. */
  readonly send: (of: Hub | null, ...what: Parameters<Emit>) => void;
  readonly note: (text: string) => void;
  readonly proof: Proof;
  /** Troubles with what this call is shown. */
  readonly lens?: Lens;
}

export const firstRepositoryId = 700001;
export const appId = 424242;
export const installationId = 808080;
export const hookId = 909090;
export const slug = 'github-bot';

/** When everything that has no story of its own came to be. */
export const birthday = Date.UTC(2025, 0, 1);

/** Whose repositories these are, where a scenario says nothing else. */
export const organisation: Account = { id: 600001, login: 'acme', type: 'Organization', name: 'acme', email: '' };

export const ownerOf = (hub: Hub): Account => hub.state.repository.owner;
export const repoName = (hub: Hub): string => hub.state.repository.name;
export const fullName = (hub: Hub): string => `${ownerOf(hub).login}/${repoName(hub)}`;
export const repositoryId = (hub: Hub): number => hub.state.repository.id;

/** The same ports, looking at another repository. */
export function inRepository(hub: Hub, state: State): Hub {
  if (state === hub.state) return hub;
  const there: Hub = { ...hub, state, emit: (...what) => hub.send(there, ...what) };
  return there;
}

export const nameOf = ({ repository: { owner, name } }: State): string => `${owner.login}/${name}`;

/** The repository of this name now; with `formerly` also one that had it. */
export function repositoryNamed(hub: Hub, name: string, formerly = false): State | undefined {
  const all = [...hub.state.site.repositories.values()];
  const key = name.toLowerCase();
  const now = all.find((one) => nameOf(one).toLowerCase() === key);
  return now ?? (formerly ? all.findLast(({ repository }) => repository.formerly.includes(key)) : undefined);
}

export const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, -'.000Z'.length)}Z`;
export const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));

export const freshId = (hub: Hub): number => ++hub.state.site.lastId;

/** A login never named is an outsider with an account. */
export function account(hub: Hub, login: string): Account {
  const known = hub.state.accounts.get(login.toLowerCase());
  if (known) return known;
  const id = freshId(hub);
  const fresh: Account = {
    id,
    login,
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    name: login,
    email: `${id}+${login}@users.noreply.github.com`,
  };
  hub.state.accounts.set(login.toLowerCase(), fresh);
  return fresh;
}

export const botLogin = (hub: Hub): string => (hub.identity === 'app' ? `${slug}[bot]` : slug);
export const bot = (hub: Hub): Account => account(hub, botLogin(hub));
export const isBot = (hub: Hub, who: Account): boolean => who.login === botLogin(hub);

export function ourApp(hub: Hub): App {
  return app(hub, slug);
}

export function app(hub: Hub, name: string): App {
  const known = hub.state.apps.get(name);
  if (known) return known;
  const fresh = { id: name === slug ? appId : freshId(hub), slug: name, ours: name === slug };
  hub.state.apps.set(name, fresh);
  return fresh;
}

export function signature(hub: Hub, who: Account): Signature {
  return { name: who.name, email: who.email, date: hub.clock.now(), login: who.login };
}

export function thread(hub: Hub, number: number): Thread {
  const found = hub.state.threads.get(number);
  if (!found) throw new ApiError(404, 'Not Found');
  return found;
}

export function pullOf(hub: Hub, number: number): Thread & { pull: NonNullable<Thread['pull']> } {
  const found = thread(hub, number);
  if (!found.pull) throw new ApiError(404, 'Not Found');
  return found as Thread & { pull: NonNullable<Thread['pull']> };
}

export function comment(hub: Hub, id: number): Comment {
  const found = hub.state.comments.get(id);
  if (!found) throw new ApiError(404, 'Not Found');
  return found;
}

export const branchTip = (hub: Hub, branch: string): string | null => hub.state.refs.get(`heads/${branch}`) ?? null;

/** Pull requests whose head is this commit and whose head branch is in the repository itself. */
export function ownPullsAt(hub: Hub, sha: string): Thread[] {
  return [...hub.state.threads.values()].filter(
    (one) => one.pull && !one.pull.fork && one.state === 'open' && one.pull.headSha === sha,
  );
}
