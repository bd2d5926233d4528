import { z } from 'zod';
import type { FactName, Seen } from '../../facts/fact.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { historyOf } from '../../facts/label-history.ts';
import { defineModule } from '../module.ts';
import { counts, holdsOn, isCancel, noteOf, wordsOf } from './holds.ts';
import type { Hold } from './holds.ts';
import { obey } from './obey.ts';
import { free, heldBy } from './words.ts';

const options = z.object({
  label: z
    .string()
    .min(1)
    .max(50)
    .default('do-not-merge/hold')
    .describe('Label that shows it; put on by hand it holds as well')
    .meta({ ask: 'protected', zh: '用来显示的标签；手工加上也会暂缓' }),
});

const needs = ['asks', 'awaited', 'callers', 'happened', 'roles'] as const satisfies readonly FactName[];
type Known = Seen<(typeof needs)[number]>;

const anHour = 3_600_000;

/** When to look again: at the end of a hold, and every hour for a thread that is waited for. */
function revisit(holds: readonly Hold[], now: string): PolicyWant[] {
  const times = holds.flatMap(({ end }) =>
    end.kind === 'time' ? [end.at] : end.kind === 'thread' ? [Date.parse(now) + anHour] : [],
  );
  return times.length === 0 ? [] : [{ kind: 'revisit', at: new Date(Math.min(...times)).toISOString() }];
}

/** Whose hand it was is known for a few days only, so what came of it is noted. */
function noted(label: string, facts: Known): { readonly once?: string } {
  const last = historyOf(label, facts.happened).findLast(({ actor }) => !actor.us);
  if (!last || !counts(last, facts)) return {};
  const once = noteOf(last.kind === 'labeled' ? 'labeled' : 'unlabeled', last);
  return facts.done.includes(once) ? {} : { once };
}

export default defineModule({
  summary: {
    en: 'Waits while somebody holds a pull request with `/hold`, or with its label',
    'zh-CN': '有人用 `/hold` 或标签暂缓合并请求时，一直等待',
  },
  on: 'pull',
  row: true,
  needs,
  may: ['label', 'revisit'],
  options,
  decide(facts, { label: name }) {
    const holds = holdsOn(name, facts);
    const look = { color: 'e11d21', description: 'Held, see /hold 已暂缓' };
    const label: PolicyWant = { kind: 'label', name, on: holds.length > 0, ...look, ...noted(name, facts) };
    if (holds.length === 0) return { verdict: 'pass', because: free, wants: [label] };
    return { verdict: 'wait', because: heldBy(holds), wants: [label, ...revisit(holds, facts.now)] };
  },
  commands: ({ label }) => ({
    hold: {
      summary: {
        en: 'Holds the pull request, for good or `until 2026-01-31`, `for 2d`, until `#12` is closed; `cancel` lifts it',
        'zh-CN': '暂缓合并请求：一直暂缓，或 `until 2026-01-31`、`for 2d`、到 `#12` 关闭为止；`cancel` 取消',
      },
      on: 'pull',
      args: [{ name: 'what', type: 'text', many: true, optional: true }],
      who: ['anyone'],
      examples: [
        '/hold',
        '/hold needs a look for 2d',
        '/hold until 2026-01-31',
        '/hold #12',
        '/unhold',
        '/hold cancel',
      ],
      holdsBack: (args) => !isCancel(wordsOf({ args })),
      keeps: true,
      run: (facts, call) => obey(call, label, facts),
    },
  }),
  aliases: { unhold: 'hold cancel', 'remove-hold': 'hold cancel' },
});
