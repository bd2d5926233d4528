import { pageOf } from '../layout.ts';
import { html } from '../page.ts';
import { sayIn, to } from '../view.ts';
import type { View } from '../view.ts';

/** Opening a link changes nothing, since programs open links to show what is behind them; the button does. */
export function confirmPage(login: string, token: string, view: View): string {
  const say = sayIn(view);
  return pageOf(view, {
    title: say(`Sign in as ${login}`, `以 ${login} 的身份登录`),
    body: html`
      <p>
        ${say('This browser will see everything the bot keeps, for 12 hours. The link is used up by it.', '这个浏览器在 12 小时内可以看到机器人保存的全部内容。链接随即失效。')}
      </p>
      <form method="post" action=${to(view, ['operator'])}>
        <input type="hidden" name="token" value=${token} />
        <button type="submit">${say(`Sign in as ${login}`, `以 ${login} 的身份登录`)}</button>
      </form>
    `,
  });
}

/** A link that was used, is too old, never was, or belongs to nobody who may look. */
export function deadLinkPage(view: View): string {
  const say = sayIn(view);
  return pageOf(view, {
    title: say('This link does not work any more', '链接已失效'),
    body: html`<p>
      ${say('It works once, for ten minutes, and only while its login is among the ', '链接 10 分钟内有效，只能用一次，并且用户名要在 ')}<code>OPERATORS</code>${say('. Ask for a new one: ', ' 里。请再要一个：')}<code
        >npm run operator-link -- LOGIN</code
      >
    </p>`,
  });
}
