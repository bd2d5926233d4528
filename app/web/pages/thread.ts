import type { VNode } from 'preact';
import type { Report, Ruling } from '../../engine/report.ts';
import { nameOf } from '../../subject.ts';
import type { Language } from '../../text.ts';
import { html, pageOf } from '../page.ts';

const marks = { pass: '✓', fail: '✗', wait: '…', skip: '–' } as const;

/** Code spans stay code; nothing else of the Markdown is interpreted. */
function inline(markdown: string): (VNode | string)[] {
  return markdown
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? html`<code>${part.slice(1, -1)}</code>` : part));
}

const row = (ruling: Ruling, language: Language) =>
  html`<tr>
    <th scope="row"><code>${ruling.module}</code></th>
    <td class=${ruling.verdict}>${marks[ruling.verdict]} ${ruling.verdict}</td>
    <td>${ruling.mode}</td>
    <td>${inline(ruling.because[language])}</td>
  </tr>`;

function did(report: Report, zh: boolean): VNode {
  if (report.did.length === 0)
    return html`<p class="quiet">${zh ? '没有需要改动的。' : 'Nothing had to be changed.'}</p>`;
  return html`<ul>
    ${report.did.map(({ says, result, reason }) => html`<li>${result === 'done' ? '✓' : '✗'} ${says}${reason ? ` – ${reason}` : ''}</li>`)}
  </ul>`;
}

function section(report: Report, language: Language): VNode {
  const zh = language === 'zh-CN';
  const events = report.hints.map(({ event, action }) => (action === null ? event : `${event}.${action}`)).join(', ');
  return html`<section>
    <h2><time datetime=${report.at}>${report.at.replace('T', ' ').slice(0, 19)} UTC</time></h2>
    <p class="quiet">${events || (zh ? '定时' : 'timer')} · ${report.outcome} · ${report.id}</p>
    ${
      report.rulings.length > 0 &&
      html`<div class="wide">
        <table>
          <caption>
            ${zh ? '每条规则的结论' : 'What each rule said'}
          </caption>
          <thead>
            <tr>
              <th scope="col">${zh ? '规则' : 'rule'}</th>
              <th scope="col">${zh ? '结论' : 'verdict'}</th>
              <th scope="col">${zh ? '模式' : 'mode'}</th>
              <th scope="col">${zh ? '原因' : 'why'}</th>
            </tr>
          </thead>
          <tbody>
            ${report.rulings.map((ruling) => row(ruling, language))}
          </tbody>
        </table>
      </div>`
    }
    ${did(report, zh)}
    <details>
      <summary>${zh ? '依据的事实' : 'The facts it was decided on'}</summary>
      <pre>${JSON.stringify(report.facts, null, 2)}</pre>
    </details>
  </section>`;
}

/** Why the bot did what it did on one thread: every consideration, newest first. */
export function threadPage(reports: readonly Report[], language: Language): string {
  const [newest] = reports;
  const zh = language === 'zh-CN';
  return pageOf({
    title: newest ? nameOf(newest.subject) : zh ? '没有记录' : 'No record',
    language,
    body: newest
      ? reports.map((report) => section(report, language))
      : html`<p>${zh ? '机器人还没有处理过这里。' : 'The bot has not looked at this thread yet.'}</p>`,
  });
}
