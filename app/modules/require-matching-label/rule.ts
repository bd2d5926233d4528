import { z } from 'zod';
import { duration } from '../duration.ts';
import { pattern } from '../pattern.ts';
import { template } from '../template.ts';

const glob = z.string().min(1).max(200).meta({ format: 'glob' });

/** One rule: which labels there must be one of, and what is done while there is none. */
export const rule = z.strictObject({
  regexp: pattern()
    .describe('RE2 pattern, in any case of letters: a label must match it')
    .meta({ zh: 'RE2 表达式，不分大小写：必须有一个标签与它匹配' }),
  'missing-label': z
    .string()
    .min(1)
    .max(50)
    .describe('Label that is on while none matches')
    .meta({ zh: '没有匹配的标签时加上的标签' }),
  'missing-comment': z
    .union([template(), z.strictObject({ 'zh-CN': template().optional(), en: template().optional() })])
    .optional()
    .describe('What the card says then; a LiquidJS template, or one for each language')
    .meta({ zh: '此时卡片上的说明：LiquidJS 模板，可以按语言分别写' }),
  threads: z
    .enum(['issue', 'pull', 'both'])
    .default('both')
    .describe('Where: on issues, pull requests or both')
    .meta({ zh: '用于 issue、合并请求，或两者' }),
  branches: z
    .array(glob)
    .max(50)
    .default([])
    .describe('Bases of pull requests it is about; empty: all')
    .meta({ zh: '合并请求的目标分支；空表示全部' }),
  'grace-period': duration()
    .default('5s')
    .describe('How long after opening nothing is said')
    .meta({ zh: '打开后多久之内不提示' }),
});

export type Rule = z.output<typeof rule>;
