import MarkdownIt from 'markdown-it';
import type { VNode } from 'preact';
import type { Language } from '../../../app/text.ts';
import { html } from '../../../app/web/page.ts';

interface Reader {
  readonly deeper: number;
  readonly language: Language;
}

const isChinese = (env: unknown) => (env as Reader | undefined)?.language === 'zh-CN';

/** HTML of people is shown as text; images would be fetched from elsewhere, so only their words are shown. */
const markdown = new MarkdownIt({ html: false, breaks: true }).disable('image');
markdown.renderer.rules['table_open'] = (_tokens, _at, _options, env) =>
  `<div class="wide" role="group" tabindex="0" aria-label="${isChinese(env) ? '表格' : 'table'}"><table>`;
markdown.renderer.rules['table_close'] = () => '</table></div>';

const levelBelow = (env: unknown): string => `h${2 + ((env as Reader | undefined)?.deeper ?? 0)}`;
// Whatever its level, a heading in a text is one below that of the page.
markdown.renderer.rules['heading_open'] = (_tokens, _at, _options, env) => `<${levelBelow(env)}>`;
markdown.renderer.rules['heading_close'] = (_tokens, _at, _options, env) => `</${levelBelow(env)}>`;

const hidden = /<!--.*?(?:-->|$)/gs;
const fold = /<details>\s*<summary>([^<]*)<\/summary>(.*?)<\/details>/gs;

const shown = (text: string, { deeper, language }: Reader): VNode =>
  html`<div class="markdown" dangerouslySetInnerHTML=${{ __html: markdown.render(text, { deeper, language }) }}></div>`;

/** Markdown as GitHub shows it, in short: comments hidden, plain folds folded, tables and code, no HTML of anybody. */
export function rendered(text: string, reader: Reader): VNode[] {
  const parts = text.replaceAll(hidden, '').split(fold);
  return parts.flatMap((part, at) => {
    if (at % 3 === 0) return part.trim() === '' ? [] : [shown(part, reader)];
    if (at % 3 === 2) return [];
    return [
      html`<details>
        <summary>${part}</summary>
        ${shown(parts[at + 1] ?? '', reader)}
      </details>`,
    ];
  });
}
