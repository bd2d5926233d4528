import { Trouble } from '../github/troubles.ts';
import { matchesGlob } from '../modules/glob.ts';
import type { Actor, FactSource, Happening, Learning, Standing } from './fact.ts';
import { standingOf } from './standing.ts';

/** As long as a rule looks back. */
const lately = 3 * 86_400_000;

/** Whoever but us changed a protected label lately. */
function toLookUp(happened: readonly Happening[], globs: readonly string[], now: string): Actor[] {
  const changes = happened.filter(
    ({ kind, object, actor, at }) =>
      (kind === 'labeled' || kind === 'unlabeled') &&
      !actor.us &&
      Date.parse(now) - Date.parse(at) <= lately &&
      globs.some((glob) => matchesGlob(glob, object, true)),
  );
  return [...new Map(changes.map(({ actor }) => [actor.login.toLowerCase(), actor])).values()];
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
      found[actor.login.toLowerCase()] = await look(actor, ['triage', ...protectors], learning);
    }
    return found;
  },
} satisfies FactSource<'roles'>;
