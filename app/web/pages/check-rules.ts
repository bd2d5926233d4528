import type { Problem } from '../../rules/rules.ts';
import { pageOf } from '../layout.ts';
import { html } from '../page.ts';
import { inline } from '../prose.ts';
import { to } from '../view.ts';
import type { View } from '../view.ts';

/** A form for a rules file and, when one was sent, what is wrong with it. */
export function checkRulesPage(view: View, text: string, problems: readonly Problem[] | null): string {
  const { language } = view;
  const zh = language === 'zh-CN';
  const fine = zh ? '没有发现问题。' : 'No fault found.';
  return pageOf(view, {
    title: zh ? '检查规则文件' : 'Check a rules file',
    body: html`
      <form method="post" action=${to(view, ['check-rules'])}>
        <p>
          <label for="text"
            >${zh ? '粘贴 .github/github-bot.yml 的内容' : 'Paste the text of .github/github-bot.yml'}</label
          >
          <textarea id="text" name="text" spellcheck="false">${text}</textarea>
        </p>
        <button type="submit">${zh ? '检查' : 'Check'}</button>
      </form>
      ${
        problems &&
        html`<section aria-live="polite">
          <h2>${zh ? '结果' : 'Result'}</h2>
          ${
            problems.length === 0
              ? html`<p class="pass">${fine}</p>`
              : html`<ul>
                  ${problems.map(({ line, column, message }) => html`<li><code>${line}:${column}</code> ${inline(message[language])}</li>`)}
                </ul>`
          }
        </section>`
      }
    `,
  });
}
