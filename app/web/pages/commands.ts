import type { VNode } from 'preact';
import type { CommandList, Listed } from '../../engine/every-command.ts';
import { pageOf } from '../layout.ts';
import { html } from '../page.ts';
import { inline } from '../prose.ts';
import { wideTable } from '../table.ts';
import { sayIn, to } from '../view.ts';
import type { Say, View } from '../view.ts';

/** Whose commands are shown: of a repository by its name; `everything`; `nothing`: all of them, since it is not known. */
export interface Shown {
  readonly of: string;
  readonly list: CommandList;
}

const where = (on: Listed['on'], say: Say) =>
  ({ issue: say('issues', 'issue'), pull: say('pull requests', '合并请求'), both: say('both', '两者') })[on];

const headsOf = (say: Say) => ({
  ...{ usage: say('Command', '指令'), on: say('On', '用于'), who: say('Who', '谁可以用') },
  ...{
    summary: say('What it does', '作用'),
    examples: say('For example', '示例'),
    by: say('Switched on by', '由谁启用'),
  },
});

/** In a narrow window each cell stands in a line of its own, with its head in front where it needs one. */
function row({ usage, on, who, summary, module, examples }: Listed, { language }: View, say: Say): VNode {
  const heads = headsOf(say);
  const always = say('always there', '始终可用');
  return html`<tr>
    <th scope="row"><code>${usage}</code></th>
    <td data-head=${heads.on}>${where(on, say)}</td>
    <td data-head=${heads.who}>${inline(who[language])}</td>
    <td>${inline(summary[language])}</td>
    <td data-head=${heads.examples}>
      <ul class="examples">
        ${examples.map((example) => html`<li><code>${example}</code></li>`)}
      </ul>
    </td>
    <td data-head=${heads.by}>${module === null ? always : html`<code>${module}</code>`}</td>
  </tr>`;
}

function table({ commands }: CommandList, view: View): VNode {
  const say = sayIn(view);
  const heads = Object.values(headsOf(say));
  const rows = commands.map((command) => row(command, view, say));
  return wideTable({ caption: say('Commands', '指令'), kind: 'commands', heads, rows });
}

function spellings({ aliases }: CommandList, say: Say): VNode | null {
  if (aliases.length === 0) return null;
  return html`<section>
    <h2>${say('Other spellings', '其他写法')}</h2>
    <ul>
      ${aliases.map(([alias, stands]) => html`<li><code>${alias}</code> ${say('for', '等于')} <code>${stands}</code></li>`)}
    </ul>
  </section>`;
}

function lead({ of }: Shown, view: View): VNode {
  const say = sayIn(view);
  if (of === 'nothing') {
    return html`<p class="verdict">
      ${say(
        'The bot knows no such repository, or it is not for everybody to see. These are all the commands there are.',
        '机器人不知道这个仓库，或者它不公开。下面列出全部指令。',
      )}
    </p>`;
  }
  if (of !== 'everything') {
    return html`<p>
      ${say('What works in ', '以下是 ')}<bdi>${of}</bdi>${say(
        ' as its rules are now. Write a command at the start of a line of a comment. ',
        ' 目前的规则启用的指令。把指令写在评论中一行的开头。',
      )}<a href=${to(view, ['commands'])}>${say('All commands there are', '全部指令')}</a>
    </p>`;
  }
  return html`<p>
    ${say(
      'Write a command at the start of a line of a comment. These are all there are, with the options that hold when the rules say nothing else; what works on a thread is said there by ',
      '把指令写在评论中一行的开头。这里列出全部指令，以默认选项为准；在具体的 issue 或合并请求里可用哪些，请在那里回复 ',
    )}
    <code>/commands</code>${say('.', '。')}
  </p>`;
}

/** Commands: how they are written, who may use them, examples, and what switches them on. */
export function commandsPage(view: View, shown: Shown): string {
  const say = sayIn(view);
  const { of, list } = shown;
  const named = of !== 'everything' && of !== 'nothing';
  return pageOf(view, {
    title: named ? say(`Commands in ${of}`, `${of} 的指令`) : say('Commands', '指令'),
    body: [lead(shown, view), table(list, view), spellings(list, say)],
  });
}
