import { z } from 'zod';
import { duration } from '../modules/duration.ts';
import { pattern } from '../modules/pattern.ts';

const label = z.string().min(1).max(50);
const glob = z.string().max(200).meta({ format: 'glob' });

const requirements = z.strictObject({
  labels: z
    .array(label)
    .max(20)
    .default([])
    .describe('Labels a pull request needs; `lgtm` and `approved` mean the approvals given to the bot')
    .meta({ zh: '合并前必须有的标签；`lgtm` 和 `approved` 指向机器人给出的批准' }),
  'without-labels': z
    .array(glob)
    .max(20)
    .default(['do-not-merge/*', 'needs-rebase'])
    .describe('Labels that hold a merge')
    .meta({ zh: '带有这些标签时不合并' }),
  checks: z
    .union([z.enum(['all', 'required']), z.array(z.string().min(1).max(200)).max(100)])
    .default('all')
    .describe(
      '`all`: nothing on the head fails or still runs; `required`: what the branch requires; or a list of names',
    )
    .meta({ zh: '`all`：最新提交上没有失败或仍在运行的检查；`required`：只看分支要求的；或列出名称' }),
  optional: z
    .array(pattern())
    .max(50)
    .default([])
    .describe('Names or RE2 patterns of whole names that never hold a merge')
    .meta({ zh: '从不影响合并的检查：名称，或匹配整个名称的 RE2 表达式' }),
  approvals: z
    .int()
    .min(0)
    .max(20)
    .optional()
    .describe('Approving reviews of people with write; 1, or 0 where labels name lgtm or approved, or ask is command')
    .meta({ zh: '有写权限的人给出的批准数；默认 1，labels 写了 lgtm 或 approved、或 ask 为 command 时为 0' }),
  'up-to-date': z
    .enum(['pool', 'branch', 'no'])
    .default('pool')
    .describe('`pool`: tested on the current base; `branch`: the branch must contain the base; `no`: either is fine')
    .meta({ zh: '`pool`：在最新目标分支上测试过；`branch`：分支必须包含目标分支；`no`：不要求' }),
});

const window = z.strictObject({
  cron: z
    .string()
    .max(100)
    .describe('When it begins: minute, hour, day, month, day of the week')
    .meta({ zh: '开始时间：分 时 日 月 星期' }),
  for: duration().describe('How long it lasts').meta({ zh: '持续多久' }),
  zone: z.string().max(64).default('UTC').describe('Time zone').meta({ zh: '时区' }),
  'except-labels': z
    .array(glob)
    .max(20)
    .default([])
    .describe('Pull requests with one of these go on')
    .meta({ zh: '带有其中之一的合并请求不受影响' }),
});

/** The section `merge` of the rules. */
export const mergeOptions = z.object({
  ask: z
    .enum(['auto', 'command'])
    .default('auto')
    .describe('`auto`: every pull request that meets the rules is merged; `command`: only after `/merge`')
    .meta({ zh: '`auto`：满足规则就合并；`command`：有人写了 `/merge` 才合并' }),
  method: z
    .enum(['merge', 'squash', 'rebase'])
    .default('squash')
    .describe('How a pull request lands; a label `merge-method/<method>` beats it')
    .meta({ zh: '合并方式；标签 `merge-method/<方式>` 优先' }),
  require: requirements.prefault({}).describe('What must be true before a merge').meta({ zh: '合并的条件' }),
  batch: z
    .strictObject({ size: z.int().min(1).max(50).default(5).describe('1 is serial').meta({ zh: '1 表示逐个' }) })
    .prefault({})
    .describe('How many are tested together once the pool tests candidates; nothing reads it yet, they land one by one')
    .meta({ zh: '一批测试多少个（合并池可以组批之后生效；目前逐个合并，还不读取这一项）' }),
  retries: z
    .int()
    .min(0)
    .max(10)
    .default(2)
    .describe(
      'How often the failed jobs of a GitHub Actions run are run again for one head, where only they hold the merge',
    )
    .meta({ zh: '只差 GitHub Actions 的失败任务时，同一版本最多重新运行几次' }),
  priority: z
    .array(label)
    .max(20)
    .default([])
    .describe('Of several that are ready the one with such a label goes first, an earlier label before a later one')
    .meta({ zh: '同时就绪时，带有这些标签的先合并；列在前面的标签更优先' }),
  freeze: z.array(window).max(20).default([]).describe('Times without merges').meta({ zh: '不合并的时段' }),
  'blocker-label': label
    .default('merge-blocker')
    .describe('An open issue with it holds all merges, or those onto the branches its title names as `branch:NAME`')
    .meta({ ask: 'blockers', zh: '带此标签的未关闭 issue 会暂停合并；标题写有 `branch:分支名` 时只暂停那些分支' }),
  'delete-branch': z
    .boolean()
    .default(true)
    .describe('Whether the branch goes once the bot merged it')
    .meta({ zh: '机器人合并后是否删除分支' }),
  message: z
    .strictObject({
      title: z.string().max(500).default('{{title}} (#{{number}})').describe('First line').meta({ zh: '第一行' }),
      body: z.string().max(5000).default('').describe('The rest').meta({ zh: '其余内容' }),
    })
    .prefault({})
    .describe('The commit message, with `{{title}}`, `{{number}}`, `{{author}}`, `{{body}}`, `{{base}}`, `{{branch}}`')
    .meta({ zh: '提交说明，可用 `{{title}}`、`{{number}}`、`{{author}}`、`{{body}}`、`{{base}}`、`{{branch}}`' }),
  'native-queue': z
    .enum(['auto', 'off'])
    .default('auto')
    .describe(
      "`auto`: where GitHub's own merge queue is on, pull requests are put there; `off`: then nothing is merged",
    )
    .meta({ zh: '`auto`：开启了 GitHub 合并队列时交给它；`off`：此时不合并' }),
});

export type MergeOptions = z.output<typeof mergeOptions>;
export type FreezeWindow = MergeOptions['freeze'][number];

/** Approvals that are given to the bot by command, as labels name them, and the module that keeps them. */
export const ownApprovals: ReadonlyMap<string, string> = new Map([
  ['lgtm', 'lgtm'],
  ['approved', 'approve'],
]);

export const namesOwnApproval = ({ require }: MergeOptions): boolean =>
  require.labels.some((name) => ownApprovals.has(name.toLowerCase()));

/** How many approving reviews are needed. */
export function approvalsOf(options: MergeOptions): number {
  return options.require.approvals ?? (options.ask === 'command' || namesOwnApproval(options) ? 0 : 1);
}

/** Nobody at all would have to agree to a merge. */
export const needsNobody = (options: MergeOptions): boolean =>
  approvalsOf(options) === 0 && options.ask !== 'command' && !namesOwnApproval(options);
