import { orUnknown } from './callers.ts';
import type { FactSource, Standing } from './fact.ts';
import { isAmong } from './who.ts';
import { standingOf } from './standing.ts';

const levelsOnly = (entry: string) => entry !== 'member' && !entry.includes('/');

export default {
  permissions: () => ({ metadata: 'read', members: 'read' }),
  // Rights of people are read when something is decided; a change of rights alone decides nothing.
  changedBy: [],
  async learn(learning) {
    const { thread, pull } = learning.known;
    const who = learning.ask.marked['trusted'] ?? [];
    if (!pull || thread?.state !== 'open' || who.length === 0) return null;
    return orUnknown(async (): Promise<Standing> => {
      const first = await standingOf(thread.author, who.filter(levelsOnly), learning);
      // Organisations and teams are asked only where the level is not enough.
      return isAmong(who, first, thread.author) ? first : standingOf(thread.author, who, learning);
    }, learning);
  },
} satisfies FactSource<'trust'>;
