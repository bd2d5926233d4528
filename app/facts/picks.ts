import { readLines } from '../commands/read-lines.ts';
import { Trouble } from '../github/troubles.ts';
import { unheard } from './callers.ts';
import type { Actor, FactSource, Learning, Standing } from './fact.ts';
import { landedChange } from './landed-change.ts';
import { noPicks } from './pick-facts.ts';
import type { Picks, PickTarget } from './pick-facts.ts';
import { byTarget, pending, pickModule, requestsOf } from './pick-requests.ts';
import { targetOf, tipOf } from './pick-targets.ts';
import { standingOf } from './standing.ts';

const mostNamed = 10;

/** The branches that commands name which nobody has dealt with yet. Whoever says them may have no right to. */
function namedNow({ ask, known, answer }: Learning): ReadonlySet<string> {
  const { spoken = [], now = '' } = known;
  const us = answer.viewer.login;
  const lines = spoken
    .filter((said) => unheard(said, now, ask, us))
    .flatMap(({ text }) => readLines(text, { ...ask.commands, us }));
  const names = lines
    .filter(({ word }) => ask.commands.means(word) === pickModule)
    .flatMap(({ word, rest }) => `${ask.commands.before(word)} ${rest}`.split(/[\s,"]+/).filter((name) => name !== ''));
  return new Set(names.slice(0, mostNamed));
}

/** Null where GitHub does not let us know. */
async function rightOf(actor: Actor, learning: Learning): Promise<Standing | null> {
  try {
    return await standingOf(actor, learning.ask.marked['callers'] ?? [], learning);
  } catch (error) {
    if (error instanceof Trouble && (error.kind === 'forbidden' || error.kind === 'gone')) return null;
    throw error;
  }
}

/** Everything about the targets of what landed, as long as one of them was not dealt with. */
async function learnLanded(learning: Learning): Promise<Picks> {
  const { known, ask } = learning;
  const { thread, asks = [], happened = [] } = known;
  const [prefix = ''] = ask.marked['pick-label'] ?? [];
  if (thread?.state !== 'merged') return noPicks;
  const requests = requestsOf(thread, asks, happened, prefix);
  if (pending(requests, ask.recalled.done).length === 0) return noPicks;
  const change = await landedChange(learning);
  const targets: PickTarget[] = [];
  for (const branch of byTarget(requests).keys()) targets.push(await targetOf(branch, change, learning));
  const standing: Record<string, Standing | null> = {};
  for (const { by } of requests) {
    const key = String(by.id);
    if (!(key in standing)) standing[key] = await rightOf(by, learning);
  }
  return { commit: change?.commit ?? '', targets, standing };
}

export default {
  permissions: (kind) =>
    kind === 'pull' ? { metadata: 'read', members: 'read', contents: 'read', pull_requests: 'read' } : {},
  changedBy: ['pull_request.closed', 'pull_request.labeled'],
  async learn(learning) {
    const { pull, thread } = learning.known;
    if (!pull || thread?.state === 'closed') return noPicks;
    const landed = await learnLanded(learning);
    const targets = [...landed.targets];
    for (const branch of namedNow(learning)) {
      if (targets.some((one) => one.branch === branch)) continue;
      targets.push({ branch, state: (await tipOf(branch, learning)) ? 'there' : 'missing' });
    }
    return { ...landed, targets };
  },
} satisfies FactSource<'picks'>;
