import { z } from 'zod';
import { shaped } from './actor.ts';
import { unheard } from './callers.ts';
import type { FactSource, Learning } from './fact.ts';

const shape = z.object({ state: z.string() });
const numbers = /(?<![\w/])#([1-9]\d{0,8})\b/g;
const most = 20;

/** What commands name that are kept, or that nobody has dealt with yet. */
function named({ ask, known, answer }: Learning): readonly number[] {
  const { spoken = [], asks = [], now = '' } = known;
  const fresh = spoken.filter((said) => unheard(said, now, ask, answer.viewer.login)).map(({ text }) => text);
  const kept = asks.flatMap(({ args }) => Object.values(args).flat());
  const found = [...fresh, ...kept].flatMap((text) => [...text.matchAll(numbers)].map(([, number]) => Number(number)));
  return [...new Set(found)].slice(0, most);
}

export default {
  permissions: () => ({ issues: 'read', pull_requests: 'read' }),
  // What happens to other threads is no event of this one: whoever waits for them comes back.
  changedBy: [],
  async learn(learning) {
    const found: Record<string, 'open' | 'closed' | null> = {};
    // One by one: GraphQL refuses a question whole for one number that is not there. An answer that is known costs nothing.
    for (const number of named(learning)) {
      const answer = await learning.read.get('GET /repos/{owner}/{repo}/issues/{issue_number}', {
        issue_number: number,
      });
      found[String(number)] =
        answer === null
          ? null
          : shaped(shape, answer, 'a thread that is waited for').state === 'open'
            ? 'open'
            : 'closed';
    }
    return found;
  },
} satisfies FactSource<'awaited'>;
