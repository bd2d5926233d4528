import { Liquid } from 'liquidjs';
import type { MergeMethod } from '../facts/fact.ts';
import type { MergeOptions } from './options.ts';

// No files to include, nothing inherited to reach, and little to spend.
const engine = new Liquid({ ownPropertyOnly: true, templates: {}, parseLimit: 10_000, memoryLimit: 1_000_000 });

const longestTitle = 250;
const longestBody = 16_000;

/** What a template may ask for. */
export const templateValues = ['title', 'body', 'number', 'author', 'base', 'branch'] as const;
const isKnown = (name: string) => templateValues.some((known) => known === name);

/** Whether a template cannot be used: values we have and filters only, no logic. */
export function isBadTemplate(template: string): boolean {
  if (template.includes('{%')) return true;
  try {
    return !engine.globalVariablesSync(engine.parse(template)).every(isKnown);
  } catch {
    return true;
  }
}

/** CI systems and GitHub leave out a commit whose message says so; only a maintainer may ask for that. */
const withoutSkips = (text: string) =>
  text
    .replace(/\[\s*(skip[ -](?:ci|actions)|(?:ci|actions)[ -]skip|no[ -]ci)\s*\]/gi, '($1)')
    .replace(/\*{3}NO_CI\*{3}/gi, '(NO_CI)');

/** A line such as `Co-authored-by: …` names people; a pull request's text cannot speak for them. */
const withoutTrailers = (text: string) =>
  text.replace(/^[ \t]*((?:[a-z][a-z0-9]*-)+by|skip-checks|change-id)[ \t]*:/gim, '> $1:');

const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
const oneLine = (text: string) => withoutSkips(withoutTrailers(text.replace(/\s+/g, ' ').trim()));
const lines = (text: string) =>
  withoutSkips(withoutTrailers(text.replaceAll('\r\n', '\n').replace(controls, '').trim()));
const cut = (text: string, limit: number) =>
  text.length > limit
    ? `${Array.from(text)
        .slice(0, limit - 1)
        .join('')}…`
    : text;

export interface Message {
  readonly title: string;
  readonly body: string;
}

type Named = Readonly<Record<Exclude<(typeof templateValues)[number], 'number'>, string>> & { readonly number: number };

/** The message of the commit that lands; null where GitHub keeps the commits' own (`rebase`). */
export function messageFor(method: MergeMethod, { message }: Pick<MergeOptions, 'message'>, of: Named): Message | null {
  if (method === 'rebase') return null;
  const values = { ...of, title: oneLine(of.title), body: lines(of.body), branch: oneLine(of.branch) };
  const render = (template: string) => String(engine.parseAndRenderSync(template, values));
  const title = render(message.title).replace(/\s+/g, ' ').trim();
  return {
    title: cut(title === '' ? values.title : title, longestTitle),
    body: cut(render(message.body).trim(), longestBody),
  };
}
