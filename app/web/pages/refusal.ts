import { pageOf } from '../layout.ts';
import { html } from '../page.ts';
import { sayIn, to } from '../view.ts';
import type { View } from '../view.ts';

/** What somebody reads who may see contents but asked for something that is not there. */
export function nothingHerePage(view: View): string {
  const say = sayIn(view);
  return pageOf(view, {
    title: say('Nothing is recorded here', '这里没有记录'),
    body: html`
      <p>
        ${say('Either the address is wrong, or the bot has not looked at this yet.', '可能是地址有误，也可能机器人还没有处理过这里。')}
      </p>
      <ul>
        <li>
          ${say('It looks when something happens: open, edit or comment on the thread, then load this page again.', '有新动静时它才会看：新建、编辑或评论之后，再刷新本页。')}
        </li>
        <li>
          ${say('If nothing comes, see whether the event arrived: ', '如果一直没有，先看事件有没有收到：')}
          <a href=${to(view, ['deliveries'])}>${say('deliveries', '事件列表')}</a>
        </li>
        <li>
          ${say('If it did not, look at “Recent Deliveries” in the settings of the App or webhook on GitHub.', '没有收到的话，请看 GitHub 上 App 或 webhook 设置里的 “Recent Deliveries”。')}
        </li>
      </ul>
    `,
  });
}

/** What everybody reads who may not see contents, whatever is or is not there. */
export function noAccessPage(view: View): string {
  const say = sayIn(view);
  return pageOf(view, {
    title: say('Only operators can look here', '这里只有运维人员可以查看'),
    body: html`
      <p>
        ${say('What the bot keeps can be private on GitHub, so it is shown to its operators only.', '机器人保存的内容在 GitHub 上可能是私有的，所以只给运维人员看。')}
      </p>
      <p>
        ${say('To get in, ask whoever runs the bot for a link. On its machine they add your GitHub login to ', '如需查看，请联系运行机器人的人。对方在机器上把你的 GitHub 用户名写进 ')}<code>OPERATORS</code>${say(', run ', '，运行 ')}<code
          >npm run operator-link -- LOGIN</code
        >${say(' and send you what it prints. The link works once, for ten minutes.', '，把得到的链接发给你。链接 10 分钟内有效，只能用一次。')}
      </p>
    `,
  });
}

/** A form whose token is missing or out of date. */
export function staleFormPage(view: View): string {
  const say = sayIn(view);
  return pageOf(view, {
    title: say('Nothing was done', '没有执行'),
    body: html`<p>
      ${say('This form did not come from a page of the bot, or that page was too old. Go back, load it again and try once more.', '这个表单不是来自机器人的页面，或者页面太旧。请返回、刷新，再试一次。')}
    </p>`,
  });
}
