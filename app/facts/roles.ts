import { Trouble } from '../github/troubles.ts';
import { matchesGlob } from '../modules/glob.ts';
import type { Actor, FactSource, Happening, Learning, Standing } from './fact.ts';
import { standingOf } from './standing.ts';

const day = 86_400_000;

/** People who changed protected labels within a day, after our own last change of the same label. */
function toLookUp(happened: readonly Happening[], globs: readonly string[], now: string): Actor[] {
  const people = new Map<string, Actor>();
  const settled = new Set<string>();
  for (const { kind, object, actor, at } of happened.toReversed()) {
    const label = object.toLowerCase();
    if ((kind !== 'labeled' && kind !== 'unlabeled') || settled.has(label)) continue;
    if (!globs.some((glob) => matchesGlob(glob, object, true))) continue;
    if (actor.us || Date.parse(now) - Date.parse(at) > day) settled.add(label);
    else people.set(actor.login.toLowerCase(), actor);
  }
  return [...people.values()];
}

/** Null where GitHub does not let us know: that is no right, and no reason to tell somebody that there is none. */
async function look(actor: Actor, entries: readonly string[], learning: Learning): Promise<Standing | null> {
  try {
    return await standingOf(actor, entries, learning);
  } catch (error) {
    if (error instanceof Trouble && error.kind === 'forbidden') return null;
    throw error;
  }
}

export default {
  permissions: () => ({ metadata: 'read', members: 'read' }),
  // Rights of people are read when something is decided; a change of rights alone decides nothing.
  changedBy: [],
  async learn(learning) {
    const { happened = [], now = '' } = learning.known;
    const { protected: globs = [], protectors = [] } = learning.ask.marked;
    const found: Record<string, Standing | null> = {};
    for (const actor of toLookUp(happened, globs, now)) {
      found[actor.login.toLowerCase()] = await look(actor, protectors, learning);
    }
    return found;
  },
} satisfies FactSource<'roles'>;
