import { html as preactHtml } from 'htm/preact';
import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import type { Language } from '../text.ts';

/** Tagged templates instead of JSX: no build, and every value is escaped. */
export const html = preactHtml as (strings: TemplateStringsArray, ...values: unknown[]) => VNode;

export interface Page {
  readonly title: string;
  readonly language: Language;
  readonly body: VNode | readonly VNode[];
}

/** Nothing from elsewhere, no inline script or style. */
export const pageHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store, private',
} as const;

const skip = { en: 'Skip to the content', 'zh-CN': '跳到正文' } as const;

/** A whole page. */
export function pageOf({ title, language, body }: Page): string {
  return `<!doctype html>${render(html`
    <html lang=${language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · github-bot</title>
        <link rel="stylesheet" href="/assets/page.css" />
      </head>
      <body>
        <a class="skip" href="#main">${skip[language]}</a>
        <header><a href="/">github-bot</a></header>
        <main id="main">
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>
  `)}`;
}

/** The reader's language: `?lang=`, else what the browser asks for, else English. */
export function languageFor(query: unknown, acceptLanguage: string): Language {
  if (query === 'zh-CN' || query === 'en') return query;
  return /^\s*zh\b/i.test(acceptLanguage) ? 'zh-CN' : 'en';
}
