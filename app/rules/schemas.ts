import { z } from 'zod';
import type { Unit } from './rules.ts';

/** The keys of a rules file that are no modules. */
export const topShape = {
  language: z
    .enum(['auto', 'zh-CN', 'en', 'both'])
    .describe('Language of what the bot writes')
    .meta({ zh: '机器人用哪种语言说话' }),
  checks: z
    .enum(['one', 'each'])
    .describe('Whether each rule has a check of its own besides the one for all')
    .meta({ zh: '除了总检查之外，是否每条规则各有一个检查' }),
  'check-name': z
    .enum(['base', 'fixed'])
    .describe("Whether the check's name carries the base branch")
    .meta({ zh: '检查的名称是否带上目标分支' }),
  commands: z
    .strictObject({
      prefix: z
        .string()
        .regex(/^[!-/:-@[-`{-~]{1,2}$/)
        .optional()
        .describe('What a command starts with')
        .meta({ zh: '指令以什么开头' }),
      alias: z
        .record(z.string().regex(/^\S{2,40}$/), z.string().regex(/^\S.{0,200}$/))
        .optional()
        .describe('Other names for commands, as `{"/bug": "/kind bug"}`')
        .meta({ zh: '指令的别名，写作 `{"/bug": "/kind bug"}`' }),
    })
    .describe('How commands are written')
    .meta({ zh: '指令的写法' }),
  extends: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]*\/[\w.-]+$/)
    .describe('A repository of the same owner whose rules stand above these, as `owner/repository`')
    .meta({ zh: '同一所有者的另一个仓库，它的规则在这份之上，写作 `所有者/仓库`', examples: ['acme/rules'] }),
  locked: z
    .array(z.string())
    .describe('Keys that lower layers may not change, as `module.option`')
    .meta({ zh: '下层规则不能改的键，写作 `模块.选项`' }),
} as const;

const who = z.array(z.string()).meta({
  who: true,
  description: 'Levels, `member`, `author`, `@org/team` or logins',
  zh: '权限级别、`member`、`author`、`@org/team` 或用户名',
});
const globs = z.array(z.string().meta({ format: 'glob' }));

export const scopeSchema = z.strictObject({
  authors: who.optional(),
  bots: z.boolean().optional().describe('Threads of bots, or of people').meta({ zh: '机器人开的，或人开的' }),
  branches: globs.optional().describe('Base branches').meta({ zh: '目标分支' }),
  labels: globs.optional().describe('Labels of the thread').meta({ zh: '帖子的标签' }),
  paths: globs.optional().describe('Changed files').meta({ zh: '改动的文件' }),
  drafts: z.boolean().optional().describe('Drafts, or pull requests that are none').meta({ zh: '草稿，或非草稿' }),
});

/** The keys every module's section has. */
export const commonShape = {
  mode: z
    .enum(['off', 'preview', 'warn', 'enforce'])
    .optional()
    .describe('How far the module may go')
    .meta({ zh: '模块可以做到哪一步' }),
  only: scopeSchema
    .nullable()
    .optional()
    .describe('The module looks at nothing else; every key must match')
    .meta({ zh: '只看这些；每个键都要符合' }),
  except: scopeSchema
    .nullable()
    .optional()
    .describe('The module leaves these out; every key must match')
    .meta({ zh: '不看这些；每个键都要符合' }),
} as const;

const known = new WeakMap<Unit, z.ZodObject>();

/** The whole section of a module: its own options and the keys every section has. */
export function sectionSchema(module: Unit): z.ZodObject {
  const before = known.get(module);
  if (before) return before;
  const options = module.options instanceof z.ZodObject ? module.options.shape : {};
  const schema: z.ZodObject = z.strictObject({ ...options, ...commonShape });
  known.set(module, schema);
  return schema;
}

function under(schema: z.ZodType): z.ZodType | null {
  const wrapped =
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodReadonly;
  if (wrapped) return schema.unwrap() as z.ZodType;
  return schema instanceof z.ZodPipe ? (schema.in as z.ZodType) : null;
}

/** What is left of a schema without its defaults and optionals. */
export function bare(schema: z.ZodType): z.ZodType {
  const inner = under(schema);
  return inner ? bare(inner) : schema;
}

/** A note of `.meta()` on a schema or on what it wraps. */
export function noted(schema: z.ZodType, name: string): unknown {
  const note = schema.meta()?.[name];
  if (note !== undefined) return note;
  const inner = under(schema);
  return inner ? noted(inner, name) : undefined;
}

/** The schema of one step further in; null where there is none. */
export function inside(schema: z.ZodType, step: PropertyKey): z.ZodType | null {
  const here = bare(schema);
  if (here instanceof z.ZodArray) return here.element as z.ZodType;
  if (here instanceof z.ZodRecord) return here.valueType as z.ZodType;
  if (here instanceof z.ZodUnion) {
    const each = (here.options as readonly z.ZodType[]).map((option) => inside(option, step));
    const some = each.filter((schema) => schema !== null);
    return some.length > 1 ? z.union(some) : (some[0] ?? null);
  }
  if (!(here instanceof z.ZodObject)) return null;
  const shape: Readonly<Record<string, z.ZodType>> = here.shape;
  return (Object.hasOwn(shape, String(step)) && shape[String(step)]) || null;
}

type Visit = (schema: z.ZodType, value: unknown, path: readonly PropertyKey[]) => void;

/** Calls `visit` for every part of a value that has a schema, from the outside in. */
export function walk(schema: z.ZodType, value: unknown, visit: Visit, path: readonly PropertyKey[] = []): void {
  visit(schema, value, path);
  const here = bare(schema);
  if (here instanceof z.ZodUnion) {
    const options = here.options as readonly z.ZodType[];
    const fitting = options.find((option) => option.safeParse(value).success);
    if (fitting) walk(fitting, value, visit, path);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const steps = Array.isArray(value) ? value.map((item, at) => [at, item] as const) : Object.entries(value);
  for (const [step, part] of steps) {
    const next = inside(here, step);
    if (next) walk(next, part, visit, [...path, step]);
  }
}
