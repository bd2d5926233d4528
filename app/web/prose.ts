import type { VNode } from 'preact';
import type { Language } from '../text.ts';
import { html } from './page.ts';

const tokens =
  /(?<fence>`+)(?<code>[^]*?[^`])\k<fence>(?!`)|\\(?<plain>[\\`*[\]<>~$&_+=#.)-])|\[(?<text>[^\]]*)\]\((?<address>https?:\/\/[^\s)]+)\)|\*\*(?<strong>[^*]+)\*\*|\u200b/g;

function piece(groups: Readonly<Record<string, string | undefined>>): VNode | string {
  const { code, plain, text, address, strong } = groups;
  if (code !== undefined) return html`<code>${/^ [^]* $/.test(code) ? code.slice(1, -1) : code}</code>`;
  if (address !== undefined) return html`<a href=${address}>${text}</a>`;
  if (strong !== undefined) return html`<strong>${strong}</strong>`;
  return plain ?? '';
}

/** The little Markdown that the bot's own sentences use: code, escapes, links, bold. All else stays text. */
export function inline(markdown: string): (VNode | string)[] {
  const pieces: (VNode | string)[] = [];
  let end = 0;
  for (const match of markdown.matchAll(tokens)) {
    pieces.push(markdown.slice(end, match.index), piece(match.groups ?? {}));
    end = match.index + match[0].length;
  }
  return [...pieces, markdown.slice(end)];
}

const han = /\p{Script=Han}/u;

/** Text of a person or of GitHub, marked with its language where that is not the page's. */
export function foreign(text: string, language: Language): VNode {
  const spoken: Language = han.test(text) ? 'zh-CN' : 'en';
  return spoken === language ? html`<bdi>${text}</bdi>` : html`<bdi lang=${spoken}>${text}</bdi>`;
}
