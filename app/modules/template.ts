import { Liquid } from 'liquidjs';
import type { Template } from 'liquidjs';
import { z } from 'zod';
import { code } from '../quote.ts';

const longest = 8_000;
const mostKept = 200;

/** What a template may ask for. `author` and `label` are said as they are; what strangers can word is quoted. */
export interface Values {
  readonly author: string;
  readonly label: string;
  readonly title: string;
  readonly number: number;
  readonly repo: string;
  readonly url: string;
  readonly comment: string;
  readonly actor: string;
}

const known = ['author', 'label', 'title', 'number', 'repo', 'url', 'comment', 'actor'] satisfies (keyof Values)[];

/** An option that holds a LiquidJS template; whoever reads rules refuses one for which `templateFault` has an answer. */
export function template() {
  return z.string().min(1).max(longest).meta({ format: 'liquid' });
}

// Nothing that loops, reads files, knows the time or gives out what is not quoted.
const tags = new Set(['assign', 'case', 'comment', 'if', 'raw', 'unless', '#']);
const filters = new Set(
  `append prepend upcase downcase capitalize strip lstrip rstrip squish truncate truncatewords replace replace_first
   remove remove_first split first last join size slice default plus minus times modulo at_least at_most`.split(/\s+/),
);

const defused = (text: string) => text.replaceAll('@', '@\u200b');
// Where a stray back-tick of the template ends our code span early, still nobody is mentioned.
const quoted = (text: string) => defused(code(text, 300).markdown);

/** Values GitHub itself made of letters that mean nothing in Markdown, and the label. */
function shown(value: unknown, given: Values): string {
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
  if (text === '') return '';
  if ([given.author, given.repo, given.url].includes(text)) return text;
  return text === given.label ? defused(text) : quoted(text);
}

const liquid = new Liquid({
  ownPropertyOnly: true,
  strictVariables: true,
  strictFilters: true,
  // No partials: the program's own files are nobody's business.
  templates: {},
  parseLimit: longest,
  renderLimit: 100,
  memoryLimit: 1_000_000,
  // Last of all, so that no filter can take the quoting off again.
  outputEscape(this: { context: { environments: object } }, value: unknown) {
    return shown(value, this.context.environments as Values);
  },
});
for (const name of Object.keys(liquid.tags)) if (!tags.has(name)) delete liquid.tags[name];
for (const name of Object.keys(liquid.filters)) if (!filters.has(name)) delete liquid.filters[name];

const parsed = new Map<string, Template[]>();

function parse(text: string): Template[] {
  const before = parsed.get(text);
  if (before) return before;
  const made = liquid.parse(text);
  const stranger = liquid.globalVariablesSync(made).find((name) => !known.some((one) => one === name));
  if (stranger !== undefined) throw new Error(`there is no ${stranger}; there are ${known.join(', ')}`);
  if (parsed.size >= mostKept) parsed.clear();
  parsed.set(text, made);
  return made;
}

const reasonOf = (error: unknown) => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));

/** What is wrong with the template, in English; null when it can be used. */
export function templateFault(text: string): string | null {
  try {
    parse(text);
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** The template with its values, each said once; null when it cannot be written with them. */
export function fillIn(text: string, values: Values): string | null {
  try {
    return String(liquid.renderSync(parse(text), { ...values }));
  } catch {
    return null;
  }
}
