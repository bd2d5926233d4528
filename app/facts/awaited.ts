import { z } from 'zod';
import { readLines } from '../commands/read-lines.ts';
import type { Reader } from '../github/github.ts';
import { Trouble } from '../github/troubles.ts';
import { shaped } from './actor.ts';
import { unheard } from './callers.ts';
import type { FactSource, Learning } from './fact.ts';

const shape = z.object({ state: z.string() });
const numbers = /(?<![\w/])#([1-9]\d{0,8})\b/g;
const most = 20;

/** What commands name that are kept, or that nobody has dealt with yet. */
function named({ ask, known, answer }: Learning): readonly number[] {
  const { spoken = [], asks = [], now = '' } = known;
  const us = answer.viewer.login;
  const fresh = spoken
    .filter((said) => unheard(said, now, ask, us))
    .flatMap(({ text }) => readLines(text, { ...ask.commands, us }))
    .map(({ word, rest }) => `${ask.commands.before(word)} ${rest}`);
  const kept = asks.flatMap(({ args }) => Object.values(args).flat());
  const found = [...fresh, ...kept].flatMap((text) => [...text.matchAll(numbers)].map(([, number]) => Number(number)));
  return [...new Set(found)].slice(0, most);
}

type State = 'open' | 'closed' | null;

/** Null where nothing is to be seen, of a deleted one (410) and of one that went to another repository (301) too: anybody may name it. */
async function stateOf(number: number, read: Reader): Promise<State> {
  try {
    const answer = await read.get('GET /repos/{owner}/{repo}/issues/{issue_number}', { issue_number: number });
    if (answer === null) return null;
    return shaped(shape, answer, 'a thread that is waited for').state === 'open' ? 'open' : 'closed';
  } catch (error) {
    if (error instanceof Trouble && error.kind === 'gone') return null;
    throw error;
  }
}

export default {
  permissions: () => ({ issues: 'read', pull_requests: 'read' }),
  // What happens to other threads is no event of this one: whoever waits for them comes back.
  changedBy: [],
  async learn(learning) {
    const found: Record<string, State> = {};
    // One by one: GraphQL refuses a question whole for one number that is not there. An answer that is known costs nothing.
    for (const number of named(learning)) found[String(number)] = await stateOf(number, learning.read);
    return found;
  },
} satisfies FactSource<'awaited'>;
