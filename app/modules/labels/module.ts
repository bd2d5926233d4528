import { z } from 'zod';
import type { Call, Command } from '../../commands/command.ts';
import type { FactName } from '../../facts/fact.ts';
import { code } from '../../quote.ts';
import { listed, phrase, same } from '../../text.ts';
import type { Quoted } from '../../text.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { keepersIn, mayChange } from '../label-keepers.ts';
import type { WhoByLabel } from '../label-keepers.ts';
import { defineModule } from '../module.ts';
import { putOn, takeOff } from './obey.ts';
import type { Reach } from './obey.ts';
import { missing, nothing } from './words.ts';

const family = z.string().regex(/^[a-z][a-z\d-]{0,30}$/);
const label = z.string().min(1).max(50);

const options = z.object({
  families: z
    .record(family, z.array(label).max(200))
    .default({})
    .describe('Families of labels people may set: `kind` makes `/kind bug` put on `kind/bug`; an empty list allows all')
    .meta({ zh: '大家可以设置的标签类别：写了 `kind`，`/kind bug` 就会加上 `kind/bug`；列表为空表示都可以' }),
  extra: z
    .array(label)
    .max(200)
    .default([])
    .describe('Labels that `/label` may touch')
    .meta({ zh: '`/label` 可以设置的标签' }),
  exclusive: z
    .array(family)
    .max(50)
    .default([])
    .describe('Families of which only one label is on at a time')
    .meta({ zh: '同时只能有一个标签的类别' }),
  needs: z
    .record(family, label)
    .default({})
    .describe('Family to the label that is on while none of the family is')
    .meta({ zh: '类别对应的标签：没有该类别的标签时加上' }),
});

const needs = ['callers', 'catalogue'] as const satisfies readonly FactName[];
type Own = Command<(typeof needs)[number]>;

const puts = phrase<{ what: Quoted }>({ en: 'Puts on labels {what}', 'zh-CN': '加上标签 {what}' });
const takes = phrase<{ what: Quoted }>({ en: 'Takes off labels {what}', 'zh-CN': '移除标签 {what}' });

function pair(name: string, reach: Reach, keepers: WhoByLabel): [string, Own][] {
  const args = [{ name: 'names', type: 'label', many: true }] as const;
  const shared = { on: 'both', args, who: ['anyone'], evenClosed: true } as const;
  const what = code(reach.prefix === '' ? '…' : `${reach.prefix}…`);
  const named = ({ args }: Call) => [args['names'] ?? []].flat();
  const remove = `remove-${name}`;
  return [
    [
      name,
      {
        ...{ ...shared, summary: puts({ what }), examples: [`/${name} bug`, `/${name} bug, cleanup`] },
        run: (facts, call) => putOn(named(call), reach, facts, (label) => mayChange(label, keepers, call, facts)),
      },
    ],
    [
      remove,
      {
        ...{ ...shared, summary: takes({ what }), examples: [`/${remove} bug`] },
        run: (facts, call) =>
          takeOff(named(call), reach, facts, (label) => mayChange(label, keepers, call, facts), call.again),
      },
    ],
  ];
}

export default defineModule({
  summary: {
    en: 'Lets people set labels with `/kind bug`, `/label …` and the like, and marks what has none yet',
    'zh-CN': '让大家用 `/kind bug`、`/label …` 等指令设置标签，并标出还没有的',
  },
  on: 'both',
  row: false,
  needs,
  may: ['label'],
  options,
  decide({ thread }, { needs }) {
    const has = (name: string) =>
      thread.labels.some((label) => label.toLowerCase().startsWith(`${name.toLowerCase()}/`));
    const wants = Object.entries(needs).map(([name, needed]): PolicyWant => ({
      ...({ kind: 'label', name: needed, on: !has(name), color: 'ededed' } as const),
      description: `Has no label of ${name} yet 还没有 ${name} 标签`,
    }));
    const open = Object.keys(needs).filter((name) => !has(name));
    if (open.length === 0) return { verdict: 'pass', because: nothing, wants };
    return { verdict: 'skip', because: missing({ labels: listed(open.map((name) => same(code(name)))) }), wants };
  },
  commands({ families, extra, exclusive }, elsewhere) {
    const keepers = keepersIn(elsewhere);
    const own = Object.entries(families).flatMap(([name, list]) => {
      const allowed = list.length === 0 ? null : list;
      return pair(name, { prefix: `${name}/`, allowed, exclusive: exclusive.includes(name) }, keepers);
    });
    return Object.fromEntries([...pair('label', { prefix: '', allowed: extra, exclusive: false }, keepers), ...own]);
  },
});
