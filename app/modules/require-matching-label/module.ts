import { z } from 'zod';
import type { FactName, Seen } from '../../facts/fact.ts';
import { code } from '../../quote.ts';
import { joined, listed } from '../../text.ts';
import type { Text } from '../../text.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { span } from '../duration.ts';
import { matchesGlob } from '../glob.ts';
import { defineModule } from '../module.ts';
import { matcher, patternFault } from '../pattern.ts';
import { fillIn } from '../template.ts';
import { rule } from './rule.ts';
import type { Rule } from './rule.ts';
import * as words from './words.ts';

const options = z.object({
  rules: z
    .array(rule)
    .max(50)
    .default([])
    .describe('Labels there must be one of, and what is done while there is none')
    .meta({ zh: '必须有其中之一的标签，以及没有时怎么办' }),
});

const needs = ['pull', 'repo'] as const satisfies readonly FactName[];
type Known = Seen<(typeof needs)[number]>;

function isAbout({ threads, branches }: Rule, { thread, pull }: Known): boolean {
  if (threads !== 'both' && threads !== thread.kind) return false;
  return !pull || branches.length === 0 || branches.some((glob) => matchesGlob(glob, pull.base));
}

/** Labels are the same in any case of letters. */
const isMet = ({ regexp }: Rule, { thread }: Known) => thread.labels.some(matcher(`(?i:${regexp})`));

const graceOf = (one: Rule, { thread }: Known) => Date.parse(thread.createdAt) + span(one['grace-period']);

/** The maintainer's own words; null where there are none or they cannot be written. */
function ownWords(one: Rule, { thread, repo }: Known): Text | null {
  const said = one['missing-comment'];
  const values = {
    ...{ author: thread.author.login, label: one['missing-label'], title: thread.title, number: thread.number },
    ...{ repo: repo.name, url: thread.url, comment: '', actor: thread.author.login },
  };
  const filled = (text: string | undefined) => (text === undefined ? '' : (fillIn(text, values)?.trim() ?? ''));
  const [en, zh] = typeof said === 'object' ? [filled(said.en), filled(said['zh-CN'])] : [filled(said), ''];
  const [first, second] = [en || zh, zh || en];
  return first && second ? { en: first, 'zh-CN': second } : null;
}

const fixFor = (one: Rule, facts: Known): Text =>
  ownWords(one, facts) ?? words.fix({ pattern: code(one.regexp), label: code(one['missing-label']) });

const label = (one: Rule, on: boolean): PolicyWant => ({
  ...({ kind: 'label', name: one['missing-label'], on, color: 'ededed' } as const),
  description: 'A label is still missing 还缺一个标签',
});

export default defineModule({
  summary: {
    en: 'Asks for a label that matches a pattern, and shows which threads have none yet',
    'zh-CN': '要求有一个匹配表达式的标签，并标出还没有的',
  },
  on: 'both',
  row: true,
  needs,
  may: ['label', 'revisit'],
  options,
  decide(facts, { rules }) {
    if (facts.thread.state !== 'open') return { verdict: 'skip', because: words.closed, wants: [] };
    const mine = rules.filter((one) => isAbout(one, facts));
    if (mine.length === 0) return { verdict: 'skip', because: words.nothing, wants: [] };
    const bad = mine.find(({ regexp }) => patternFault(`(?i:${regexp})`) !== null);
    if (bad) return { verdict: 'wait', because: words.faulty({ pattern: code(bad.regexp) }), wants: [] };
    const missing = mine.filter((one) => !isMet(one, facts));
    const isEarly = (one: Rule) => graceOf(one, facts) > Date.parse(facts.now);
    const early = missing.filter(isEarly);
    const late = missing.filter((one) => !isEarly(one));
    const again = early.map((one): PolicyWant => {
      return { kind: 'revisit', at: new Date(graceOf(one, facts)).toISOString() };
    });
    const met = mine.filter((one) => !missing.includes(one));
    const wants = [...met.map((one) => label(one, false)), ...late.map((one) => label(one, true)), ...again];
    if (missing.length === 0) return { verdict: 'pass', because: words.complete, wants };
    const because = words.missing({ patterns: listed(missing.map(({ regexp }) => code(regexp))) });
    const fix =
      late.length > 0
        ? {
            fix: joined(
              late.map((one) => fixFor(one, facts)),
              '\n\n',
            ),
          }
        : {};
    return { verdict: 'wait', who: 'author', because, ...fix, wants };
  },
  commands: () => ({
    'check-required-labels': {
      summary: { en: 'Looks again whether the labels are there', 'zh-CN': '重新检查标签是否齐全' },
      ...{ on: 'both', args: [], who: ['anyone'], examples: ['/check-required-labels'] },
      // Whoever is heard is looked at anew in any case.
      run: () => ({ outcome: 'done', wants: [] }),
    },
  }),
});
