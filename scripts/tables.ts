import { z } from 'zod';
import type { Listed } from '../app/engine/every-command.ts';

import type { Modules } from '../app/engine/load.ts';
import type { AnyExample, AnyModule } from '../app/modules/module.ts';
import type { Language } from '../app/text.ts';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (...cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');
}

/** A value as a maintainer would write it in a rules file, on one line. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}: ${written(inner)}`)
      .join(', ')}}`;
  }
  return typeof value === 'string' && /^[\p{L}\p{N}][\p{L}\p{N}@/_-]*$/u.test(value) ? value : JSON.stringify(value);
}

/** A code span that holds any text. */
export function span(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

interface Described {
  readonly description?: string;
  readonly default?: unknown;
  readonly zh?: string;
}

/** The options of a module with their defaults, in both languages. */
export function optionsTable(module: AnyModule): string {
  const { properties = {} } = z.toJSONSchema(module.options, { io: 'input' });
  const rows = Object.entries(properties as Record<string, Described>).map(([name, option]) => {
    return [span(name), span(written(option.default)), option.description ?? '', option.zh ?? ''];
  });
  return rows.length > 0 ? table(['Option', 'Default', 'Meaning', '含义'], rows) : 'No options. 没有选项。';
}

/** The worked cases of a module. */
export function examplesTable(examples: readonly AnyExample[]): string {
  const rows = examples.map(({ title, options, expect }) => [
    title,
    options ? span(written(options)) : '',
    expect.verdict ?? ('outcome' in expect ? (expect.outcome ?? '') : ''),
  ]);
  return table(['Case 情形', 'Options 选项', 'Verdict 结论'], rows);
}

const subjects = {
  issue: { en: 'issues', 'zh-CN': 'issue' },
  pull: { en: 'pull requests', 'zh-CN': '合并请求' },
  both: { en: 'both', 'zh-CN': '两者' },
  tag: { en: 'tags', 'zh-CN': '标签（tag）' },
} as const;

/** All modules, for the front page in one language. */
export function modulesTable(modules: Modules, language: Language): string {
  const head = { en: ['Module', 'For', 'What it does'], 'zh-CN': ['模块', '对象', '作用'] };
  const rows = [...modules].map(([id, { on, summary }]) => {
    return [`[${span(id)}](app/modules/${id}/README.md)`, subjects[on][language], summary[language]];
  });
  return table(head[language], rows);
}

/** All commands, for the front page in one language. */
export function commandsTable(commands: readonly Listed[], language: Language): string {
  const head = {
    en: ['Command', 'On', 'Who', 'What it does', 'Switched on by'],
    'zh-CN': ['指令', '用于', '谁可以用', '作用', '由谁启用'],
  };
  const always = { en: 'always there', 'zh-CN': '始终可用' };
  const rows = commands.map(({ usage, on, who, summary, module }) => {
    const by = module === null ? always[language] : span(module);
    return [span(usage), subjects[on][language], who[language], summary[language], by];
  });
  return table(head[language], rows);
}

/** The page with what stands between `<!-- name:begin -->` and `<!-- name:end -->` replaced. Throws when they are not there. */
export function between(page: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the lines ${begin} and ${end} are missing`);
  return `${page.slice(0, from + begin.length)}\n${content}\n${page.slice(to)}`;
}
