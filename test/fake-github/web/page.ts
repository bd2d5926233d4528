import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { html } from '../../../app/web/page.ts';
import type { Language } from '../../../app/text.ts';
import { fullName, type Hub } from '../hub.ts';
import type { Label } from '../state.ts';

/** What a page is made from: the state and the reader's language. */
export interface View {
  readonly hub: Hub;
  readonly language: Language;
  /** The text of the two that the reader reads. */
  readonly t: (en: string, zh: string) => string;
  /** What happened from this moment on is marked as new; Infinity marks nothing. */
  readonly since: number;
  /** How many levels its headings are deeper than on a page of its own: it may be part of another page. */
  readonly deeper: number;
}

export interface Page {
  /** Of the window; the page's own heading is part of its body. */
  readonly title: string;
  readonly body: VNode;
}

/** The tag of a heading that is `level` on a page of its own. */
export const heading = (level: number, { deeper }: View): string => `h${Math.min(level + deeper, 6)}`;

/** A sign for readers of every kind that this came about lately. */
export const mark = (at: number | null, { since, t }: View): VNode | null =>
  at !== null && at >= since ? html`<span class="news">${t('new', '新')}</span>` : null;

/** The class of a box, with that of what is new. */
export const boxClass = (at: number | null, { since }: View, name = 'box'): string =>
  at !== null && at >= since ? `${name} fresh` : name;

/** Only the body, for a page that shows it beside something else. */
export const pageBody = ({ body }: Page): string => render(body);

/** A whole page; its links stay below `/web`. */
export function wholePage({ hub, language, t }: View, { title, body }: Page): string {
  return `<!doctype html>${render(html`
    <html lang=${language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${t('Fake GitHub', '假的 GitHub')}</title>
        <link rel="stylesheet" href="/web/assets/page.css" />
        <link rel="stylesheet" href="/web/assets/labels.css" />
      </head>
      <body>
        <a class="skip-link" href="#main">${t('Skip to the content', '跳到正文')}</a>
        <header class="banner">
          <strong>${t('Fake GitHub', '假的 GitHub')}</strong>
          <a href=${`/web/${fullName(hub)}`}>${fullName(hub)}</a>
          <span class="quiet">${t('only on this machine', '只在本机')}</span>
        </header>
        <main id="main">${body}</main>
      </body>
    </html>
  `)}`;
}

/** `2026-01-05 09:01` in UTC, as the clock of the fake has it. */
export function when(ms: number): VNode {
  const iso = new Date(ms).toISOString();
  return html`<time class="quiet" datetime=${iso}>${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

/** A label in its own colour, which `labels.css` holds: the pages allow no style of their own. */
export const chip = ({ id, name }: Label): VNode => html`<span class=${`chip label-${id}`}>${name}</span>`;

/** Dark letters on light colours and light ones on dark, by the colour's luminance. */
function ink(color: string): string {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? '#000' : '#fff';
}

/** The colours of every label, those of timelines from before a change included. */
export function labelStyles({ state }: Hub): string {
  const rule = ({ id, color }: Label) => `.label-${id} { background: #${color}; color: ${ink(color)}; }\n`;
  return [...state.labels.values()].map(rule).join('');
}
