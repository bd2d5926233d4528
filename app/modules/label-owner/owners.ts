import type { Happening, Seen } from '../../facts/fact.ts';
import { named } from '../../facts/who.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { startOf } from '../in-force.ts';
import { whoFor } from '../label-keepers.ts';
import type { WhoByLabel } from '../label-keepers.ts';

type Known = Seen<'happened' | 'pull'>;

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The list's part in the names of the pieces of the rules. */
export type List = 'owners' | 'protect';

export const piecesOf = (list: List, lists: WhoByLabel) => Object.keys(lists).map((glob) => `${list}:${glob}`);

/** The entries that were in force when something happened. */
export function inForceAt(at: string, list: List, lists: WhoByLabel, facts: Pick<Known, 'now' | 'since'>): WhoByLabel {
  const start = (glob: string) => startOf(`label-owner:${list}:${glob}`, facts);
  return Object.fromEntries(Object.entries(lists).filter(([glob]) => Date.parse(at) >= start(glob)));
}

/** The newest thing that happened to each label. */
export function newestByLabel(happened: readonly Happening[]): Happening[] {
  const newest = new Map<string, Happening>();
  for (const event of happened)
    if (event.kind === 'labeled' || event.kind === 'unlabeled') newest.set(event.object.toLowerCase(), event);
  return [...newest.values()];
}

function wantFor(entry: string, once: string, { thread, pull }: Known): PolicyWant[] {
  const owner = named(entry);
  const login = owner?.kind === 'login' ? owner.login : owner?.kind === 'author' ? thread.author.login : null;
  if (!pull) return login === null ? [] : [{ kind: 'assign', login, on: true, once }];
  if (owner?.kind === 'team') return [{ kind: 'request-review', reviewer: owner.team, on: true, once }];
  // GitHub asks nobody to review what is their own; who has reviewed knows of it.
  if (login === null || [thread.author.login, ...pull.reviewers.reviewed].some((name) => same(name, login))) return [];
  return [{ kind: 'request-review', reviewer: login, on: true, once }];
}

/** Whom the labels that were put on lately bring in: once each time, so that whoever goes again is let go. */
export function broughtIn(owners: WhoByLabel, facts: Known): PolicyWant[] {
  if (facts.thread.state !== 'open') return [];
  return newestByLabel(facts.happened)
    .filter(({ kind }) => kind === 'labeled')
    .flatMap(({ key, object, at }) =>
      whoFor(object, inForceAt(at, 'owners', owners, facts)).flatMap((entry) =>
        wantFor(entry, `label-owner:${key}`, facts),
      ),
    );
}
