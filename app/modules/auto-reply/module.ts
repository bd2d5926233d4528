import { z } from 'zod';
import type { FactName } from '../../facts/fact.ts';
import { phrase } from '../../text.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { span } from '../duration.ts';
import { startOf } from '../in-force.ts';
import { defineModule } from '../module.ts';
import { afterwards } from './answer.ts';
import { eventsFor, lastFor, inOrder, rulesByName } from './events.ts';
import type { Known } from './events.ts';
import { reactionOf, wantsOf } from './reaction.ts';
import { rule } from './rule.ts';
import type { Rule } from './rule.ts';

const options = z.object({
  rules: z
    .array(rule)
    .max(100)
    .default([])
    .describe('What is said and done when something happens')
    .meta({ zh: '发生某事时说什么、做什么' }),
});

const nothing = phrase({ en: 'nothing to answer', 'zh-CN': '没有需要回应的' })();
const answers = phrase<{ count: number }>({
  en: '{count, plural, one {one event} other {# events}} to answer',
  'zh-CN': '有 {count} 件事要回应',
});

/** A new answer starts the time to wait; so the thread is looked at again when it is over. */
function firstLook({ 'close-after': wait }: Rule, { now }: Known): PolicyWant[] {
  if (wait === undefined || span(wait) === Infinity) return [];
  return [{ kind: 'revisit', at: new Date(Date.parse(now) + span(wait)).toISOString() }];
}

/** At most one closing: the first rule's. */
function oneClosing(wants: readonly PolicyWant[]): PolicyWant[] {
  const first = wants.find(({ kind }) => kind === 'state');
  return wants.filter((want) => want.kind !== 'state' || want === first);
}

const needs = ['happened', 'remarks', 'comments', 'newcomer', 'repo'] as const satisfies readonly FactName[];

export default defineModule({
  summary: {
    en: 'Answers labels, openings, closings and comments with words and labels of your own, and closes what nobody comes back to',
    'zh-CN': '在加标签、新建、关闭、评论等时刻自动回复、调整标签，并关闭迟迟没有回音的',
  },
  on: 'both',
  row: false,
  needs,
  may: ['say', 'label', 'state', 'revisit'],
  options,
  pieces: ({ rules }) => rulesByName(rules).map(([name]) => name),
  decide(seen, { rules }) {
    const facts = inOrder(seen);
    const wants: PolicyWant[] = [];
    let count = 0;
    for (const [name, rule] of rulesByName(rules)) {
      const reactions = eventsFor(rule, facts).map((event) => reactionOf(name, rule, event));
      const start = startOf(`auto-reply:${name}`, facts);
      for (const reaction of reactions) {
        if (Date.parse(reaction.event.at) < start || facts.done.includes(reaction.once)) continue;
        wants.push(...wantsOf(reaction, facts), ...firstLook(rule, facts));
        count += 1;
      }
      const last = rule['close-after'] === undefined ? undefined : lastFor(rule, facts);
      if (last) wants.push(...afterwards(reactionOf(name, rule, last), facts));
    }
    return { verdict: 'pass', because: count > 0 ? answers({ count }) : nothing, wants: oneClosing(wants) };
  },
});
