import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { html } from './page.ts';
import { sayIn, to } from './view.ts';
import type { View } from './view.ts';

export interface Page {
  readonly title: string;
  readonly body: VNode | readonly (VNode | null)[];
}

/** A button that changes something: always a form of ours, with the token that only our own pages know. */
export function action(view: View, segments: readonly string[], label: string, describedBy?: string): VNode | null {
  if (view.viewer === null) return null;
  return html`<form method="post" action=${to(view, segments)}>
    <input type="hidden" name="csrf" value=${view.viewer.csrf} />
    <button type="submit" aria-describedby=${describedBy}>${label}</button>
  </form>`;
}

function otherLanguage({ here, base, language }: View): VNode {
  const other = language === 'en' ? 'zh-CN' : 'en';
  const [path = '', query = ''] = here.split('?', 2);
  const params = new URLSearchParams(query);
  params.set('lang', other);
  const name = { en: 'English', 'zh-CN': '中文' }[other];
  return html`<a href=${`${base}${path}?${params}`} lang=${other} hreflang=${other}>${name}</a>`;
}

function top(view: View): VNode {
  const say = sayIn(view);
  const { viewer } = view;
  return html`<header>
    <a class="home" href=${to(view, [''])}>github-bot</a>
    <nav aria-label=${say('Pages', '页面')}>
      ${viewer && html`<a href=${to(view, ['deliveries'])}>${say('Deliveries', '事件')}</a>`}
      <a href=${to(view, ['commands'])}>${say('Commands', '指令')}</a>
      <a href=${to(view, ['check-rules'])}>${say('Check rules', '检查规则')}</a>
      ${otherLanguage(view)}
    </nav>
    ${
      viewer?.login != null &&
      html`<div class="who">
        <bdi>${viewer.login}</bdi> ${action(view, ['operator', 'sign-out'], say('Sign out', '退出'))}
      </div>`
    }
  </header>`;
}

/** A whole page. */
export function pageOf(view: View, { title, body }: Page): string {
  return `<!doctype html>${render(html`
    <html lang=${view.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · github-bot</title>
        <link rel="stylesheet" href=${`${view.base}/assets/page.css`} />
        <link rel="icon" href=${`${view.base}/assets/icon.svg`} type="image/svg+xml" />
      </head>
      <body>
        <a class="skip-link" href="#main">${sayIn(view)('Skip to the content', '跳到正文')}</a>
        ${top(view)}
        <main id="main">
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>
  `)}`;
}
