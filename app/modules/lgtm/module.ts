import { z } from 'zod';
import type { FactName } from '../../facts/fact.ts';
import { mention } from '../../quote.ts';
import { listed } from '../../text.ts';
import { defineModule } from '../module.ts';
import { reviewers } from '../reviewers-of.ts';
import { counted, wroteIt } from './counted.ts';
import { fallen, given, missing, ownCommits, ownPull } from './words.ts';

const options = z.object({
  count: z.int().min(1).max(20).default(1).describe('How many people have to say it').meta({ zh: '需要几个人确认' }),
  'review-acts': z
    .boolean()
    .default(true)
    .describe('Whether an approving review counts as well')
    .meta({ zh: '批准的评审是否也算' }),
  'keep-on-same-tree': z
    .boolean()
    .default(true)
    .describe('Whether it stays when a push leaves all files as they were')
    .meta({ zh: '推送后文件内容不变时是否保留' }),
  label: z.string().min(1).max(50).default('lgtm').describe('Label that shows it').meta({ zh: '用来显示的标签' }),
});

const needs = ['asks', 'changes', 'head', 'opinions', 'owners', 'pull'] as const satisfies readonly FactName[];

export default defineModule({
  summary: {
    en: 'Waits until enough reviewers have said that the pull request looks good',
    'zh-CN': '等待足够多的评审人确认合并请求没有问题',
  },
  on: 'pull',
  row: true,
  needs,
  may: ['label'],
  options,
  decide(facts, options) {
    const { valid, fallen: gone } = counted(facts, options);
    const short = options.count - valid.length;
    const label = {
      ...({ kind: 'label', name: options.label, on: short <= 0, color: '15dd18' } as const),
      description: 'Reviewers say that it looks good 评审人确认没有问题',
    };
    const names = (some: typeof valid) => listed(some.map(({ by }) => mention(by.login)));
    if (short <= 0) return { verdict: 'pass', because: given({ people: names(valid) }), wants: [label] };
    const because =
      gone.length > 0
        ? fallen({ people: names(gone), missing: short })
        : missing({ count: options.count, missing: short });
    return { verdict: 'wait', who: 'reviewer', because, wants: [label] };
  },
  commands: () => ({
    lgtm: {
      summary: {
        en: 'Says that the pull request looks good, or takes every such word back',
        'zh-CN': '表示合并请求没有问题，或撤回全部确认',
      },
      on: 'pull',
      args: [
        { name: 'what', type: 'choice', of: ['cancel', 'no-issue'], optional: true },
        { name: 'sha', type: 'sha', optional: true },
      ],
      who: [...reviewers, 'author'],
      examples: ['/lgtm', '/lgtm cancel'],
      binds: ({ what }) => what !== 'cancel',
      keeps: true,
      run({ thread, opinions }, { by, args }) {
        if (args['what'] !== 'cancel' && wroteIt(by, { thread, opinions })) {
          const say = by.id === thread.author.id ? ownPull : ownCommits;
          return { outcome: 'refused', say, wants: [] };
        }
        return { outcome: 'done', wants: [] };
      },
    },
  }),
  aliases: { 'remove-lgtm': 'lgtm cancel' },
});
