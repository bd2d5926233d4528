import { z } from 'zod';
import { done, refused } from '../../commands/answers.ts';
import { reviewers } from '../reviewers-of.ts';
import { defineModule } from '../module.ts';
import { approvalsIn } from './approvals.ts';
import { judge } from './judge.ts';
import { objection } from './objection.ts';

const options = z.object({
  owners: z
    .enum(['auto', 'OWNERS', 'CODEOWNERS'])
    .default('auto')
    .describe('Which files name the owners; `auto`: OWNERS where there is one, else CODEOWNERS')
    .meta({ ask: 'owners', zh: '由哪种文件指定负责人；`auto`：有 OWNERS 就用它，否则用 CODEOWNERS' }),
  self: z
    .boolean()
    .default(true)
    .describe("Whether the author's own files count as approved")
    .meta({ zh: '作者自己负责的文件是否视为已批准' }),
  'review-acts': z
    .boolean()
    .default(true)
    .describe('Whether an approving review counts as well')
    .meta({ zh: '批准的评审是否也算' }),
  'issue-required': z
    .boolean()
    .default(false)
    .describe('Whether the text has to name an issue')
    .meta({ zh: '正文是否必须提到 issue' }),
  label: z.string().min(1).max(50).default('approved').describe('Label that shows it').meta({ zh: '用来显示的标签' }),
  keep: z
    .enum(['untouched-files', 'no'])
    .default('untouched-files')
    .describe('What a push leaves of an approval: files that stayed as they were, or nothing')
    .meta({ ask: 'keep', zh: '推送后保留哪些批准：内容未变的文件，或全部作废' }),
});

export default defineModule({
  summary: {
    en: 'Waits until an owner of every touched file has approved it',
    'zh-CN': '等待每个被改动的文件都由其负责人批准',
  },
  on: 'pull',
  row: true,
  needs: ['asks', 'callers', 'changes', 'head', 'opinions', 'owners', 'pull'],
  may: ['label'],
  options,
  decide(facts, options) {
    const { verdict, because, who } = judge(facts, approvalsIn(facts, options), options);
    const label = {
      ...({ kind: 'label', name: options.label, on: verdict === 'pass', color: '0e8a16' } as const),
      description: 'Approved by owners of every file 每个文件的负责人都已批准',
    };
    return { verdict, because, ...(who && { who }), wants: [label] };
  },
  commands: (options) => ({
    approve: {
      summary: {
        en: 'Approves the touched files one owns, or takes that back',
        'zh-CN': '批准自己负责的被改动文件，或撤回批准',
      },
      on: 'pull',
      args: [
        { name: 'what', type: 'choice', of: ['cancel', 'no-issue'], optional: true },
        { name: 'sha', type: 'sha', optional: true },
      ],
      who: [...reviewers, 'author'],
      examples: ['/approve', '/approve no-issue', '/approve cancel'],
      binds: ({ what }) => what !== 'cancel',
      holdsBack: ({ what }) => what === 'cancel',
      keeps: true,
      run(facts, { by, args }) {
        const say = args['what'] === 'cancel' ? null : objection(by, facts, options);
        return say ? refused(say) : done();
      },
    },
  }),
  aliases: { 'remove-approve': 'approve cancel' },
});
