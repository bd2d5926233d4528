import { z } from 'zod';
import type { FactName } from '../../facts/fact.ts';
import { code } from '../../quote.ts';
import { phrase } from '../../text.ts';
import type { Quoted } from '../../text.ts';
import type { PolicyWant } from '../../wants/want.ts';
import { matchesGlob } from '../glob.ts';
import { defineModule } from '../module.ts';

const options = z.object({
  thresholds: z
    .array(z.int().min(1).max(1_000_000))
    .length(5)
    .default([10, 30, 100, 500, 1000])
    .describe('Changed lines from which a pull request is S, M, L, XL and XXL')
    .meta({ zh: '改动行数达到多少算 S、M、L、XL、XXL' }),
  exclude: z
    .array(z.string().min(1).max(200).meta({ format: 'glob' }))
    .max(200)
    .default([])
    .describe('Files that do not count, as `package-lock.json` or `vendor/**`')
    .meta({ zh: '不计入的文件，如 `package-lock.json`、`vendor/**`' }),
});

const needs = ['changes', 'generated'] as const satisfies readonly FactName[];

const sizes = [
  ['XS', '3cbf00'],
  ['S', '5d9801'],
  ['M', '7f7203'],
  ['L', 'a14c05'],
  ['XL', 'c32607'],
  ['XXL', 'e5000a'],
] as const;

const counted = phrase<{ lines: number; size: Quoted }>({
  en: '{lines, plural, one {# changed line} other {# changed lines}}: {size}',
  'zh-CN': '改动 {lines} 行：{size}',
});

export default defineModule({
  summary: {
    en: 'Labels pull requests by the number of changed lines, from `size/XS` to `size/XXL`',
    'zh-CN': '按改动行数给合并请求打标签，从 `size/XS` 到 `size/XXL`',
  },
  on: 'pull',
  row: false,
  needs,
  may: ['label'],
  options,
  decide({ changes, generated }, { thresholds, exclude }) {
    const left = new Set(generated);
    const files = changes.list.filter(
      ({ path }) => !left.has(path) && !exclude.some((glob) => matchesGlob(glob, path)),
    );
    const lines = files.reduce((sum, { additions, deletions }) => sum + additions + deletions, 0);
    const at = thresholds.filter((threshold) => lines >= threshold).length;
    const wants = sizes.map(([size, color], rank): PolicyWant => ({
      ...({ kind: 'label', name: `size/${size}`, on: rank === at, color } as const),
      description: 'By changed lines 按改动行数',
    }));
    return { verdict: 'pass', because: counted({ lines, size: code(`size/${sizes[at]?.[0] ?? ''}`) }), wants };
  },
});
