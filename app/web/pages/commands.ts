import type { Listed } from '../../engine/every-command.ts';
import { pageOf } from '../layout.ts';
import { html } from '../page.ts';
import { inline } from '../prose.ts';
import { sayIn } from '../view.ts';
import type { Say, View } from '../view.ts';

const where = (on: Listed['on'], say: Say) =>
  ({ issue: say('issues', 'issue'), pull: say('pull requests', '合并请求'), both: say('both', '两者') })[on];

/** All commands: how they are written, who may use them, what switches them on. */
export function commandsPage(view: View, commands: readonly Listed[]): string {
  const { language } = view;
  const say = sayIn(view);
  const heads = [say('Command', '指令'), say('On', '用于'), say('Who', '谁可以用'), say('What it does', '作用')];
  const always = say('always there', '始终可用');
  return pageOf(view, {
    title: say('Commands', '指令'),
    body: html`
      <p>
        ${say(
          'Write a command at the start of a line of a comment. These are all there are, with the options that hold when the rules say nothing else; what works on a thread is said there by ',
          '把指令写在评论中一行的开头。这里列出全部指令，以默认选项为准；在具体的 issue 或合并请求里可用哪些，请在那里回复 ',
        )}
        <code>/commands</code>${say('.', '。')}
      </p>
      <div class="wide" role="region" tabindex="0" aria-label=${say('Commands', '指令')}>
        <table>
          <thead>
            <tr>
              ${[...heads, say('Switched on by', '由谁启用')].map((head) => html`<th scope="col">${head}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${commands.map(
              ({ usage, on, who, summary, module }) =>
                html`<tr>
                  <td><code>${usage}</code></td>
                  <td>${where(on, say)}</td>
                  <td>${inline(who[language])}</td>
                  <td>${inline(summary[language])}</td>
                  <td>${module === null ? always : html`<code>${module}</code>`}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    `,
  });
}
