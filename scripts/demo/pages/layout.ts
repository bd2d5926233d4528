import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import type { Language } from '../../../app/text.ts';
import { html } from '../../../app/web/page.ts';

/** What every part of a page needs to know of its reader. */
export interface Reader {
  readonly language: Language;
  /** The text of the two that the reader reads. */
  readonly t: (en: string, zh: string) => string;
  /** An address of this site in the reader's language. */
  readonly link: (path: string) => string;
}

export function readerOf(language: Language): Reader {
  return {
    language,
    t: (en, zh) => (language === 'zh-CN' ? zh : en),
    link: (path) => addressIn(path, language),
  };
}

/** The same address in a language. */
export function addressIn(path: string, language: Language): string {
  const url = new URL(path, 'http://localhost');
  url.searchParams.set('lang', language);
  return url.pathname + url.search + url.hash;
}

/** `Mon 5 Jan, 09:01` in UTC, as the clock of a world has it. */
export function clockTime(at: number, language: Language): VNode {
  const format = new Intl.DateTimeFormat(language, {
    ...{ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
    ...{ hourCycle: 'h23', timeZone: 'UTC' },
  });
  return html`<time class="quiet" datetime=${new Date(at).toISOString()}>${format.format(at)}</time>`;
}

interface Frame {
  readonly title: string;
  /** The address of this page, for the other language. */
  readonly here: string;
  /** The story whose colours of labels the page needs. */
  readonly story: string | null;
  readonly rail: VNode;
  readonly main: VNode;
}

function switchTo({ language }: Reader, here: string): VNode {
  const other = language === 'en' ? ('zh-CN' as const) : ('en' as const);
  const name = { en: 'English', 'zh-CN': '中文' }[other];
  return html`<a id="language" href=${addressIn(here, other)} lang=${other} hreflang=${other}>${name}</a>`;
}

/** A whole page of the demo. */
export function wholePage(reader: Reader, { title, here, story, rail, main }: Frame): string {
  const { language, t, link } = reader;
  return `<!doctype html>${render(html`
    <html lang=${language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${t('github-bot demo', 'github-bot 演示')}</title>
        <link rel="stylesheet" href="/demo/assets/demo.css" />
        ${story !== null && html`<link rel="stylesheet" href=${`/demo/${story}/labels.css`} />`}
        <link rel="icon" href="/demo/assets/icon.svg" type="image/svg+xml" />
        <script src="/demo/assets/live.js" defer></script>
      </head>
      <body>
        <a class="skip-link" href="#main">${t('Skip to the content', '跳到正文')}</a>
        <header class="top">
          <a class="name" href=${link('/')}>github-bot <span class="quiet">${t('demo', '演示')}</span></a>
          <span class="where">
            ${t('A real bot and a fake GitHub, only on this machine.', '真的机器人，假的 GitHub，只在本机。')}
          </span>
          <a class="to-rail" href="#scenarios">${t('All scenarios', '全部场景')}</a>
          ${switchTo(reader, here)}
        </header>
        <p id="lost" class="faults" role="alert" hidden>
          ${t('The demo does not answer. Is it still running?', '演示没有应答。它还在运行吗？')} ${' '}<a href=${here}
            >${t('Try again', '再试一次')}</a
          >
        </p>
        <div class="columns">${rail} ${main}</div>
        <p id="said" class="unseen" role="status" aria-live="polite"></p>
      </body>
    </html>
  `)}`;
}
