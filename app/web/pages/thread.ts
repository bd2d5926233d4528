import type { VNode } from 'preact';
import type { Report, Ruling } from '../../engine/report.ts';
import { nameOf } from '../../subject.ts';
import type { Language } from '../../text.ts';
import { html, pageOf } from '../page.ts';
import { verdictName, verdicts } from '../verdict.ts';

/** Code spans stay code; nothing else of the Markdown is interpreted. */
function inline(markdown: string): (VNode | string)[] {
  return markdown
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? html`<code>${part.slice(1, -1)}</code>` : part));
}

const row = (ruling: Ruling, language: Language) =>
  html`<tr>
    <th scope="row"><code>${ruling.module}</code></th>
    <td class=${ruling.verdict}>${verdictName(ruling.verdict, language)}</td>
    <td>${ruling.mode}</td>
    <td class="prose">${inline(ruling.because[language])}</td>
  </tr>`;

function rulingsTable({ rulings }: Report, language: Language): VNode {
  const zh = language === 'zh-CN';
  return html`<div class="wide">
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
        ${rulings.map((ruling) => row(ruling, language))}
      </tbody>
    </table>
  </div>`;
}

function did(report: Report, zh: boolean): VNode {
  if (report.did.length === 0)
    return html`<p class="quiet">${zh ? '没有需要改动的。' : 'Nothing had to be changed.'}</p>`;
  return html`<ul>
    ${report.did.map(({ says, result, reason }) => html`<li>${result === 'done' ? '✓' : '✗'} ${says}${reason ? ` – ${reason}` : ''}</li>`)}
  </ul>`;
}

const time = (at: string) => html`<time datetime=${at}>${at.replace('T', ' ').slice(0, 19)} UTC</time>`;

function events({ hints, outcome }: Report, zh: boolean): string {
  const names = hints.map(({ event, action }) => (action === null ? event : `${event}.${action}`));
  const why = [...new Set(names)].join(', ') || (zh ? '定时' : 'timer');
  return outcome === 'considered' ? why : `${why} · ${outcome}`;
}

function details(report: Report, language: Language): VNode {
  const zh = language === 'zh-CN';
  return html`<div>
    <p class="quiet">${events(report, zh)} · ${report.id}</p>
    ${report.rulings.length > 0 && rulingsTable(report, language)} ${did(report, zh)}
    ${
      report.facts &&
      html`<details>
        <summary>${zh ? '依据的事实' : 'The facts it was decided on'}</summary>
        <pre>${JSON.stringify(report.facts, null, 2)}</pre>
      </details>`
    }
  </div>`;
}

/** One look of the bot at the thread, folded to one line. */
function folded(report: Report, language: Language): VNode {
  const zh = language === 'zh-CN';
  const count = report.did.length;
  const changes = zh ? `${count} 项改动` : `${count} ${count === 1 ? 'change' : 'changes'}`;
  return html`<details class="row">
    <summary>
      ${time(report.at)} ${report.outcome === 'considered' && html`· ${verdicts(report, language)}`} ·${' '}
      <span class="quiet">${events(report, zh)}</span> ${count > 0 && html`· <strong>${changes}</strong>`}
    </summary>
    ${details(report, language)}
  </details>`;
}

function heading(report: Report, zh: boolean): VNode | null {
  const thread = report.facts?.thread;
  if (!thread) return null;
  const isWeb = /^https?:/.test(thread.url);
  return html`<p class="subject">
    ${thread.title} ${isWeb && html`<br /><a href=${thread.url}>${zh ? '在 GitHub 上查看' : 'See it on GitHub'}</a>`}
  </p>`;
}

function record(newest: Report, reports: readonly Report[], language: Language): VNode {
  const zh = language === 'zh-CN';
  const decided = reports.find(({ outcome }) => outcome === 'considered') ?? newest;
  const rest = reports.filter((report) => report !== decided);
  return html`<div>
    ${heading(reports.find(({ facts }) => facts?.thread) ?? newest, zh)}
    <section>
      <h2>${zh ? '最近一次结论' : 'The newest decision'}</h2>
      <p>${time(decided.at)}</p>
      ${details(decided, language)}
    </section>
    ${
      rest.length > 0 &&
      html`<section>
        <h2>${zh ? '其余记录，从新到旧' : 'Everything else, newest first'}</h2>
        ${rest.map((report) => folded(report, language))}
      </section>`
    }
  </div>`;
}

const nothing = {
  en: 'The bot has not looked at this thread yet. It does when something happens there: open, edit or comment on it, then load this page again.',
  'zh-CN': '机器人还没有处理过这里。这里有新动静时它才会看：新建、编辑或评论之后，再刷新本页。',
} as const;

/** Why the bot did what it did on one thread: the newest decision, then every other consideration, newest first. */
export function threadPage(reports: readonly Report[], language: Language): string {
  const [newest] = reports;
  return pageOf({
    title: newest ? nameOf(newest.subject) : { en: 'No record', 'zh-CN': '没有记录' }[language],
    language,
    body: newest ? record(newest, reports, language) : html`<p>${nothing[language]}</p>`,
  });
}
