import { z } from 'zod';
import { withOwnSections } from './own-sections.ts';
import type { Catalogue } from './rules.ts';
import { sectionSchema, topShape } from './schemas.ts';

function tidy({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  const { zh, description } = jsonSchema as { zh?: unknown; description?: string };
  if (typeof zh === 'string') jsonSchema.description = description === undefined ? zh : `${description}\n${zh}`;
  delete jsonSchema['zh'];
  delete jsonSchema['who'];
  delete jsonSchema['ask'];
  // RE2 patterns are no ECMAScript ones, which is what `format: regex` means to an editor.
  if (['regex', 'glob', 'liquid'].includes(jsonSchema.format ?? '')) delete jsonSchema.format;
}

/** The JSON Schema (draft 2020-12) of a whole rules file, for editors and for the options' documentation. */
export function rulesSchema(modules: Catalogue): object {
  const catalogue = withOwnSections(modules);
  const ids = [...catalogue.keys()].sort();
  const sections = ids.flatMap((id) => {
    const module = catalogue.get(id);
    if (!module) return [];
    const description = `${module.summary.en}\n${module.summary['zh-CN']}`;
    return [
      [
        id,
        z
          .union([sectionSchema(module), z.boolean(), z.null()])
          .optional()
          .describe(description),
      ] as const,
    ];
  });
  const top = z.object(topShape).partial().shape;
  const whole = z.strictObject({ ...top, ...Object.fromEntries(sections) }).meta({
    title: 'Rules of github-bot',
    description:
      'The rules of github-bot: `.github/github-bot.yml` or the operator’s `config/rules.yml`.\n' +
      'github-bot 的规则：`.github/github-bot.yml` 或服务器上的 `config/rules.yml`。',
  });
  return z.toJSONSchema(whole, { target: 'draft-2020-12', io: 'input', override: tidy });
}
