import { isDeepStrictEqual } from 'node:util';
import type { Change, FactsOf, Want } from '../wants/want.ts';
import type { Kinds } from './load.ts';
import type { Conflict } from './report.ts';

/** A want and who has it; `engine` for what no module asked for. */
export interface Claim {
  readonly by: string;
  readonly want: Want;
}

export interface Settled {
  /** One want per thing, in an order that does not depend on who asked first. */
  readonly wants: readonly Want[];
  readonly conflicts: readonly Conflict[];
}

function kindOf(want: Want, kinds: Kinds) {
  const kind = kinds.get(want.kind);
  if (!kind) throw new Error(`no file in app/wants for wants of kind ${want.kind}`);
  return kind;
}

/** Brings the claims on each thing down to one want; where they contradict each other, to none. */
export function settle(claims: readonly Claim[], done: readonly string[], kinds: Kinds): Settled {
  const open = claims.filter(({ want }) => want.once === undefined || !done.includes(want.once));
  const byThing = Map.groupBy(open, ({ want }) => kindOf(want, kinds).id(want));
  const wants: [number, string, Want][] = [];
  const conflicts: Conflict[] = [];
  for (const [id, group] of [...byThing].sort(([a], [b]) => (a < b ? -1 : 1))) {
    // In an order of their own, so that which of two wants holds does not depend on who spoke first.
    const asked = group.map((claim) => claim.want).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    const want = asked.reduce<Want | null>((a, b) => agree(a, b, kinds), asked[0] ?? null);
    if (want) wants.push([kindOf(want, kinds).rank, id, want]);
    else conflicts.push({ id, modules: [...new Set(group.map(({ by }) => by))].sort() });
  }
  wants.sort(([a], [b]) => a - b);
  return { wants: wants.map(([, , want]) => want), conflicts };
}

function agree(a: Want | null, b: Want, kinds: Kinds): Want | null {
  if (!a) return null;
  const kind = kindOf(a, kinds);
  if (isDeepStrictEqual(a, b)) return a;
  return kind.join ? kind.join(a, b) : null;
}

/** The facts as they will be. */
export function project<F extends FactsOf<Want>>(wants: readonly Want[], facts: F, kinds: Kinds): F {
  // A kind gives back what it was given, with its own part changed.
  return wants.reduce((facts, want) => kindOf(want, kinds).project(want, facts) as F, facts);
}

/** The fewest calls that bring the wants about. */
export function planFor(wants: readonly Want[], facts: FactsOf<Want>, kinds: Kinds): readonly Change[] {
  return wants.flatMap((want) => kindOf(want, kinds).diff(want, facts));
}
