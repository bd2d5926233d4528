import { z } from 'zod';
import type { FactName, Seen } from '../../facts/fact.ts';
import { code } from '../../quote.ts';
import { listed, phrase } from '../../text.ts';
import type { Text } from '../../text.ts';
import { keptLabel } from '../kept-label.ts';
import { isSameLabel } from '../../facts/label-history.ts';
import { defineModule } from '../module.ts';
import { answeredLabels, markedLabel } from './wishes.ts';

const label = z.string().min(1).max(50);

const options = z.object({
  marker: z
    .boolean()
    .default(true)
    .describe('Whether the first `<!-- label: bug -->` in the text puts that label on, if `allow` names it')
    .meta({ zh: '正文里第一个 `<!-- label: bug -->` 是否生效（仅限 `allow` 列出的标签）' }),
  fields: z
    .record(z.string().min(1).max(200), z.record(z.string().min(1).max(200), label))
    .default({})
    .describe('Labels for the answers of an issue form, by the title of the field')
    .meta({ zh: '按 issue 表单的字段标题，列出各个回答对应的标签' }),
  allow: z
    .array(label)
    .max(100)
    .default([])
    .describe('Labels a marker may ask for; they must exist')
    .meta({ ask: 'labels', zh: '标记可以使用的标签，须已存在' }),
});

type Options = z.output<typeof options>;
const needs = ['happened', 'repo'] as const satisfies readonly FactName[];
type Known = Seen<(typeof needs)[number]>;

const asked = phrase<{ labels: Text }>({ en: 'the text asks for {labels}', 'zh-CN': '正文要求的标签：{labels}' });
const nothing = phrase({ en: 'the text asks for no label', 'zh-CN': '正文没有要求标签' })();
const closed = phrase({ en: 'labels of closed issues stay as they are', 'zh-CN': '已关闭的 issue 不再改标签' })();

/** A label a person asks for is not made. Where the repository has too many to list, those of `allow` are looked for. */
function exists(name: string, { repo }: Known): boolean {
  return repo.labels.names.some((known) => isSameLabel(known, name));
}

function wished({ marker, fields, allow }: Options, facts: Known): readonly string[] {
  const { body } = facts.thread;
  const marked = marker ? markedLabel(body, allow) : null;
  return [...(marked !== null && exists(marked, facts) ? [marked] : []), ...answeredLabels(body, fields)];
}

const put = (name: string) =>
  ({ kind: 'label', name, on: true, color: 'bfd4f2', description: 'Asked for in the text of the issue' }) as const;

export default defineModule({
  summary: {
    en: 'Puts on an issue the labels that its text asks for, by a hidden marker or by the answers of its form',
    'zh-CN': '按正文里的隐藏标记或表单的回答，给 issue 打标签',
  },
  on: 'issue',
  row: false,
  needs,
  may: ['label'],
  options,
  decide(facts, given) {
    if (facts.thread.state !== 'open') return { verdict: 'skip', because: closed, wants: [] };
    const wishes = wished(given, facts);
    const all = [...given.allow, ...Object.values(given.fields).flatMap((labels) => Object.values(labels))];
    const labels = [...new Map(all.map((name) => [name.toLowerCase(), name])).values()];
    const wants = labels.flatMap((name) => {
      const wanted = wishes.some((wish) => isSameLabel(wish, name));
      return keptLabel({ by: 'issue-labels', put: put(name), wanted, input: wanted ? 'asked' : '' }, facts);
    });
    if (wishes.length === 0) return { verdict: 'skip', because: nothing, wants };
    return { verdict: 'pass', because: asked({ labels: listed(wishes.map((name) => code(name))) }), wants };
  },
});
