import { z } from 'zod';
import { done, refused } from '../../commands/answers.ts';
import type { Answer } from '../../commands/command.ts';
import type { FactName, Seen } from '../../facts/fact.ts';
import { code } from '../../quote.ts';
import { listed, phrase } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';
import { defineModule } from '../module.ts';

const options = z.object({
  who: z
    .array(z.string().min(1).max(100))
    .max(50)
    .default(['write'])
    .describe('Who may set milestones')
    .meta({ who: true, ask: 'callers', zh: '谁可以设置里程碑' }),
});

const acts = phrase({ en: 'it acts on commands only', 'zh-CN': '只响应指令' })();
const unknown = phrase<{ title: Quoted; titles: Text }>({
  en: 'there is no open milestone {title}; these are open: {titles}',
  'zh-CN': '没有开放的里程碑 {title}，现有：{titles}',
});
const none = phrase<{ title: Quoted }>({
  en: 'there is no open milestone {title}, and no other either',
  'zh-CN': '没有开放的里程碑 {title}，也没有其他里程碑',
});

const mostShown = 20;
const needs = ['milestones'] as const satisfies readonly FactName[];

function set(title: string, { milestones: { list } }: Seen<'milestones'>): Answer {
  if (list.some((one) => one.title === title)) return done({ kind: 'milestone', title, evenClosed: true });
  if (title.toLowerCase() === 'clear') return done({ kind: 'milestone', title: null, evenClosed: true });
  const titles = listed(list.slice(0, mostShown).map((one) => code(one.title, 60)));
  const say = list.length === 0 ? none({ title: code(title, 60) }) : unknown({ title: code(title, 60), titles });
  return refused(say);
}

export default defineModule({
  summary: { en: 'Sets the milestone by command: `/milestone v1.0`', 'zh-CN': '用指令设置里程碑：`/milestone v1.0`' },
  on: 'both',
  row: false,
  needs,
  may: ['milestone'],
  options,
  decide: () => ({ verdict: 'skip', because: acts, wants: [] }),
  commands: ({ who }) => ({
    milestone: {
      summary: {
        en: 'Sets the milestone by its exact title; `clear` takes it off',
        'zh-CN': '按完整标题设置里程碑；`clear` 清除',
      },
      ...{ on: 'both', who, examples: ['/milestone v1.0', '/milestone clear'], evenClosed: true },
      args: [{ name: 'title', type: 'text', many: true }],
      run: (facts, { args }) => set(String(args['title']).trim(), facts),
    },
  }),
});
