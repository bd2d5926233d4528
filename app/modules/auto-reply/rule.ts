import { z } from 'zod';
import { duration } from '../duration.ts';
import { pattern } from '../pattern.ts';
import { template } from '../template.ts';

const label = z.string().min(1).max(50);
const labels = z.array(label).max(20).default([]);

const say = z
  .union([template(), z.strictObject({ 'zh-CN': template().optional(), en: template().optional() })])
  .optional();

/** One rule: what has to happen, and what is done then. */
export const rule = z.strictObject({
  on: z
    .enum(['labeled', 'unlabeled', 'opened', 'closed', 'merged', 'first-time', 'comment'])
    .meta({ ask: 'event' })
    .describe('What has to happen')
    .meta({ zh: '发生什么时触发' }),
  label: label
    .optional()
    .describe('With `labeled` and `unlabeled`: which label; left out: any')
    .meta({ zh: '配合 `labeled`、`unlabeled`：哪个标签；不写则任意' }),
  matches: pattern()
    .optional()
    .describe('An RE2 pattern that the title and text match, or the comment')
    .meta({ zh: '标题和正文（或评论）要符合的 RE2 表达式' }),
  threads: z
    .enum(['issue', 'pull', 'both'])
    .default('both')
    .describe('Where: on issues, pull requests or both')
    .meta({ zh: '用于 issue、合并请求，或两者' }),
  say: say.describe('A LiquidJS template, or one for each language').meta({ zh: 'LiquidJS 模板，可以按语言分别写' }),
  labels: z
    .strictObject({ add: labels, remove: labels })
    .default({ add: [], remove: [] })
    .describe('Labels to put on and to take off')
    .meta({ zh: '要加上和去掉的标签' }),
  close: z
    .enum(['completed', 'not_planned'])
    .optional()
    .describe('Close, and why; with `close-after` not at once')
    .meta({ zh: '关闭及其原因；同时写了 `close-after` 则不立即关闭' }),
  'close-after': duration()
    .optional()
    .describe('Close after this time unless the author answers; an answer also takes off the label')
    .meta({ zh: '作者在此期间没有回复就关闭；回复后会去掉标签' }),
});

export type Rule = z.output<typeof rule>;
