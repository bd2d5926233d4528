import { rulesPath } from '../facts/rules-entry.ts';
import type { Facts } from '../facts/fact.ts';
import type { Store } from '../store/store.ts';
import type { Ports } from './outcome.ts';
import type { RepoSetup } from './set-up.ts';

/** Since when each piece of the rules is in force, in milliseconds since the epoch. */
export type InForce = Awaited<ReturnType<Store['inForce']>> & {};

/** Under this key: since when the repository is known. */
const everything = '';
const day = 86_400_000;
/** Layers above a repository's own file may have changed so long before it is seen. */
const unseen = 60_000;

/** What of these rules answers events, and whether the repository's own file has a part in it. */
function piecesOf({ rules, modules }: RepoSetup): ReadonlyMap<string, boolean> {
  const pieces = new Map<string, boolean>();
  for (const { module: id, mode, options } of rules.sections) {
    const module = modules.get(id);
    if (!module || module.on === 'tag' || mode === 'preview') continue;
    const own = Object.entries(rules.origins).some(
      ([path, { file }]) => file === rulesPath && (path === id || path.startsWith(`${id}.`)),
    );
    for (const piece of module.pieces?.(options) ?? []) pieces.set(`${id}:${piece}`, own);
  }
  return pieces;
}

export interface Sight {
  /** Milliseconds since the epoch: when this was seen. */
  readonly now: number;
  /** When anything was pushed to the repository last, by GitHub's clock; null when it is not known. */
  readonly pushedAt: number | null;
  /** The rules are looked at because they may have changed, not because something happened under them. */
  readonly anew: boolean;
}

/**
 * What was known stays as it was and what is gone is forgotten. A piece that is new in the repository's own file came with a
 * push, at the latest with the last one. Of a repository nobody told us of, the last day counts.
 */
export function inForceNow(known: InForce | null, pieces: ReadonlyMap<string, boolean>, sight: Sight): InForce {
  const { now, pushedAt, anew } = sight;
  const isFirst = known === null && !anew;
  const start = (isOwn: boolean) => {
    if (isFirst) return now - day;
    return isOwn && pushedAt !== null ? Math.min(pushedAt, now) : now - unseen;
  };
  const all = [...pieces].map(([piece, isOwn]) => [piece, known?.[piece] ?? start(isOwn)] as const);
  return Object.fromEntries([[everything, known?.[everything] ?? now], ...all]);
}

const noted = new WeakMap<RepoSetup, Facts['since']>();
const same = (a: InForce | null, b: InForce) =>
  a !== null &&
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(b).every(([key, at]) => a[key] === at);

/** Since when the pieces of a setup are in force; kept at once when they are seen first, before anything is done. */
export async function inForce(
  setup: RepoSetup,
  { pushedAt, anew }: { readonly pushedAt: string | null; readonly anew: boolean },
  { store, clock }: Pick<Ports, 'clock'> & { readonly store: Pick<Store, 'inForce' | 'setInForce'> },
): Promise<Facts['since']> {
  const before = noted.get(setup);
  if (before) return before;
  const { id } = setup.subject.repo;
  const known = await store.inForce(id);
  const pushed = pushedAt === null ? null : Date.parse(pushedAt);
  const now = inForceNow(known, piecesOf(setup), { now: clock.now(), pushedAt: pushed, anew });
  if (!same(known, now)) await store.setInForce(id, now);
  const since = Object.fromEntries(Object.entries(now).map(([piece, at]) => [piece, new Date(at).toISOString()]));
  noted.set(setup, since);
  return since;
}
