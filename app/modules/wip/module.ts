import { z } from 'zod';
import type { FactName } from '../../facts/fact.ts';
import { code } from '../../quote.ts';
import { defineModule } from '../module.ts';
import { markedBy } from './marked-title.ts';
import { draft, marked, ready } from './words.ts';

const options = z.object({
  words: z
    .array(z.string().min(1).max(50))
    .max(50)
    .default(['WIP', 'DNM', '[草稿]'])
    .describe('Words at the start of a title that say that it is not done, in any case, with or without brackets')
    .meta({ zh: '标题开头表示尚未完成的词，不分大小写，有无括号均可' }),
  label: z
    .string()
    .min(1)
    .max(50)
    .default('do-not-merge/work-in-progress')
    .describe('Label that shows it')
    .meta({ zh: '用来显示的标签' }),
});

const needs = ['pull'] as const satisfies readonly FactName[];

export default defineModule({
  summary: {
    en: 'Waits while a pull request is a draft or its title says that it is not done',
    'zh-CN': '合并请求是草稿，或标题表示尚未完成时，一直等待',
  },
  on: 'pull',
  row: true,
  needs,
  may: ['label'],
  options,
  decide({ thread, pull }, { words, label: name }) {
    const word = markedBy(thread.title, words);
    const on = word !== null || pull?.draft === true;
    const description = 'Not done yet 尚未完成';
    const wants = [{ kind: 'label', name, on, color: 'e11d21', description }] as const;
    if (!on) return { verdict: 'pass', because: ready, wants };
    const because = word === null ? draft : marked({ word: code(word) });
    return { verdict: 'wait', who: 'author', because, wants };
  },
});
