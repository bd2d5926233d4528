import { z } from 'zod';
import { defineModule } from '../../app/modules/module.ts';
import type { Module } from '../../app/modules/module.ts';
import { pattern } from '../../app/modules/pattern.ts';
import { readRules } from '../../app/rules/read-rules.ts';
import type { Catalogue, Layer, Rules } from '../../app/rules/rules.ts';

function module<S extends z.ZodType>(options: S): Module {
  const summary = { en: 'Stands in', 'zh-CN': '替身' };
  const because = { en: 'fine', 'zh-CN': '好' };
  return defineModule({
    summary,
    on: 'both',
    row: true,
    needs: [],
    may: [],
    options,
    decide: () => ({ verdict: 'pass', because, wants: [] }),
  });
}

const duration = z
  .string()
  .regex(/^\d+[mhd]$/)
  .meta({ examples: ['7d'] });

/** A small catalogue with an option of every sort. */
export const catalogue: Catalogue = new Map([
  [
    'pr-title',
    module(
      z.object({
        types: z.array(z.string().min(1)).max(20).default(['feat', 'fix']).describe('Types'),
        'require-scope': z.boolean().default(false).describe('Scope'),
        pattern: pattern().default('').describe('Pattern').meta({ zh: '正则' }),
        'max-length': z.int().min(10).max(1000).default(100).describe('Length'),
        label: z.string().min(1).max(50).default('invalid-title').describe('Label'),
        style: z.enum(['conventional', 'plain']).default('conventional').describe('Style'),
      }),
    ),
  ],
  [
    'issue-template',
    module(
      z.object({
        headings: z.array(z.string()).default([]).describe('Headings'),
        grace: z
          .union([duration, z.literal(0), z.literal('never')])
          .default('7d')
          .describe('Grace'),
        exempt: z.array(z.string()).meta({ who: true }).default(['write']).describe('Exempt'),
      }),
    ),
  ],
  [
    'labels',
    module(
      z.object({
        size: z.string().regex(/^\d+$/).default('1').describe('Digits only').meta({ zh: '只写数字' }),
        kinds: z
          .record(z.enum(['bug', 'idea']), z.string())
          .optional()
          .describe('Kinds'),
        map: z.record(z.string(), z.string()).default({}).describe('Map'),
        owners: z
          .record(z.string().meta({ format: 'glob' }), z.array(z.string()).meta({ who: true }))
          .default({})
          .describe('Owners'),
        tree: z
          .object({ deep: z.object({ leaf: z.string() }) })
          .default({ deep: { leaf: '' } })
          .describe('Tree'),
        pair: z.object({ a: z.string(), b: z.string() }).optional().describe('Pair'),
        rules: z
          .array(
            z.union([
              z.strictObject({ on: z.literal('opened'), say: z.string() }),
              z.strictObject({ on: z.literal('labeled'), label: z.string() }),
            ]),
          )
          .default([])
          .describe('Rules'),
      }),
    ),
  ],
]);

export function layer(text: string, name: Layer['name'] = 'repository'): Layer {
  const file = name === 'operator' ? 'config/rules.yml' : '.github/github-bot.yml';
  return { name, file, oid: `${name}-oid`, text };
}

/** Rules of one text, as the repository's layer. */
export function read(text: string): Rules {
  return readRules([layer(text)], catalogue);
}

/** Rules of the operator's text and the repository's. */
export function readBoth(operator: string, repository: string): Rules {
  return readRules([layer(operator, 'operator'), layer(repository)], catalogue);
}

/** `line:column message` of every fault. */
export function faults(text: string): string[] {
  return read(text).problems.map(({ line, column, message }) => `${line}:${column} ${message.en}`);
}
