import { z } from 'zod';
import { done, refused } from '../../commands/answers.ts';
import { code } from '../../quote.ts';
import { phrase } from '../../text.ts';
import type { Text } from '../../text.ts';
import { defineModule } from '../module.ts';

const options = z.object({
  who: z
    .array(z.string().min(1).max(100))
    .max(50)
    .default(['triage'])
    .describe('Who may change a title besides the author')
    .meta({ who: true, ask: 'callers', zh: '除作者外，谁可以改标题' }),
});

const acts = phrase({ en: 'it acts on commands only', 'zh-CN': '只响应指令' })();
const tooLong = phrase<{ most: number }>({
  en: 'a title has at most {most} characters',
  'zh-CN': '标题最多 {most} 个字符',
});
const closes = phrase<{ word: ReturnType<typeof code> }>({
  en: '{word} in a title would close another thread once this is merged; put it into the description',
  'zh-CN': '标题里的 {word} 会在合并时关闭别的 issue，请写在正文里',
});

// docs.github.com/rest/issues/issues: a title holds 256 characters.
const longest = 256;
const closing = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\b[\s:]+(?:[\w.-]+\/[\w.-]+)?#\d+/i;

/** What is wrong with a title; null where nothing is. */
function faultOf(title: string): Text | null {
  if (Array.from(title).length > longest) return tooLong({ most: longest });
  const [word] = closing.exec(title) ?? [];
  return word === undefined ? null : closes({ word: code(word) });
}

export default defineModule({
  summary: {
    en: 'Changes the title by command: `/retitle feat: search`',
    'zh-CN': '用指令改标题：`/retitle feat: search`',
  },
  on: 'both',
  row: false,
  needs: [],
  may: ['title'],
  options,
  decide: () => ({ verdict: 'skip', because: acts, wants: [] }),
  commands: ({ who }) => ({
    retitle: {
      summary: { en: 'Changes the title', 'zh-CN': '修改标题' },
      ...{ on: 'both', who: [...who, 'author'], examples: ['/retitle feat: search in notes'] },
      args: [{ name: 'title', type: 'text', many: true }],
      run(_facts, { args }) {
        const title = String(args['title']).trim();
        const say = faultOf(title);
        return say ? refused(say) : done({ kind: 'title', title });
      },
    },
  }),
});
