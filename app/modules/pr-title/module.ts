import { z } from 'zod';
import type { Seen } from '../../facts/fact.ts';
import { code } from '../../quote.ts';
import type { Text } from '../../text.ts';
import type { LabelWant } from '../../wants/want.ts';
import { isLabelTheirs } from '../../facts/label-history.ts';
import { defineModule } from '../module.ts';
import type { Decision } from '../module.ts';
import { matcher, pattern, patternFault } from '../pattern.ts';
import { suggest } from '../title-suggestion.ts';
import { faultOf, isFromGitHub, tooLong, typeName, usualTypes, withoutBranch } from '../title-grammar.ts';
import type { TitleRule } from '../title-grammar.ts';
import { brokenPattern, fix, followsForm, fromGitHub, matchesPattern, what } from './words.ts';
import type { Bad } from './words.ts';

const options = z.object({
  types: z
    .array(z.string().regex(typeName))
    .max(100)
    .default(usualTypes)
    .describe('Types a title may start with, letter for letter; an empty list allows any word')
    .meta({ zh: '标题可用的类型，须逐字一致；留空则不限' }),
  scopes: z
    .array(z.string().regex(/^[^\s(),（），]+$/))
    .max(200)
    .default([])
    .describe('When not empty, a scope must be one of these')
    .meta({ zh: '不为空时，范围必须是其中之一' }),
  'require-scope': z
    .boolean()
    .default(false)
    .describe('Whether a title must name a scope: `fix(api): …`')
    .meta({ zh: '标题是否必须写范围：`fix(api): …`' }),
  pattern: pattern()
    .default('')
    .describe('An RE2 pattern that replaces the grammar `type(scope)!: subject`; the length still counts')
    .meta({ zh: '用来代替 `type(scope)!: subject` 的 RE2 表达式；长度限制仍然有效' }),
  'max-length': z
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .describe('Most characters a title may have')
    .meta({ zh: '标题最多的字符数' }),
  label: z
    .string()
    .min(1)
    .max(50)
    .default('invalid-title')
    .describe('The label a pull request carries while its title is not in the format')
    .meta({ zh: '标题不合格式期间带的标签' }),
});

type Options = z.output<typeof options>;

function badIn(title: string, given: Options, rule: TitleRule): Bad | null {
  if (given.pattern === '') return faultOf(title, rule);
  if (!matcher(given.pattern)(title)) return { kind: 'pattern', pattern: given.pattern };
  return tooLong(title, rule.maxLength);
}

/** With a pattern of the maintainer's own, the usual suggestion is offered only where it happens to match. */
function betterFor(title: string, given: Options, rule: TitleRule): string | null {
  const better = suggest(title, rule);
  return better !== null && badIn(better, given, rule) === null ? better : null;
}

function labelled(name: string, on: boolean): LabelWant {
  if (!on) return { kind: 'label', name, on };
  return { kind: 'label', name, on, color: 'e99695', description: 'The title is not in the format of this repository' };
}

function good(because: Text, { label }: Options, seen: Seen<'happened'>): Decision {
  return { verdict: 'pass', because, wants: isLabelTheirs(label, seen) ? [] : [labelled(label, false)] };
}

export default defineModule({
  summary: {
    en: 'Checks that the title of a pull request has the form `type(scope)!: subject`',
    'zh-CN': '检查合并请求的标题是否为 `type(scope)!: subject` 的形式',
  },
  on: 'pull',
  row: true,
  needs: ['happened', 'pull'],
  may: ['label'],
  options,
  decide(seen, given) {
    const title = withoutBranch(seen.thread.title, seen.pull?.base);
    const rule: TitleRule = {
      types: given.types,
      scopes: given.scopes,
      requireScope: given['require-scope'],
      maxLength: given['max-length'],
    };
    if (isFromGitHub(title)) return good(fromGitHub, given, seen);
    if (given.pattern !== '' && patternFault(given.pattern) !== null) {
      return { verdict: 'wait', because: brokenPattern({ pattern: code(given.pattern) }), wants: [] };
    }
    const bad = badIn(title, given, rule);
    if (!bad) {
      return good(given.pattern === '' ? followsForm : matchesPattern({ pattern: code(given.pattern) }), given, seen);
    }
    return {
      verdict: 'fail',
      because: what(bad, rule),
      fix: fix(bad, rule, betterFor(title, given, rule)),
      wants: [labelled(given.label, true)],
    };
  },
});
