import type { VNode } from 'preact';
import type { Report } from '../../engine/report.ts';
import { nameOf } from '../../subject.ts';
import { pageOf } from '../layout.ts';
import { reason } from '../outcome-words.ts';
import { html } from '../page.ts';
import { foreign } from '../prose.ts';
import { verdicts } from '../verdict.ts';
import { sayIn, time, to } from '../view.ts';
import type { View } from '../view.ts';
import { olderAt, pathOf, permalink } from './why.ts';
import type { Story } from './why.ts';

function item(report: Report, view: View): VNode {
  const say = sayIn(view);
  const { subject, facts, did, outcome, rulings } = report;
  const path = subject.kind === 'repo' ? permalink(report) : pathOf(subject, facts?.thread?.kind ?? null);
  const count = did.length;
  return html`<li>
    <p>
      <a href=${to(view, path ?? permalink(report))}>${nameOf(subject)}</a>
      ${' '}${facts?.thread && foreign(facts.thread.title, view.language)}
    </p>
    <p>
      ${outcome !== 'considered' && html`<span class="quiet">${reason(outcome, view.language)}</span>`}
      ${rulings.length > 0 && verdicts(report, view.language)}
      ${count > 0 && html`· <strong>${say(`${count} ${count === 1 ? 'change' : 'changes'}`, `${count} 项改动`)}</strong>`}
      ${' · '}<a href=${to(view, permalink(report))}>${report.id}</a> ${time(report.at, view)}
    </p>
  </li>`;
}

/** The newest decisions on everything in one repository. */
export function repositoryPage(name: string, { reports, older }: Story, view: View): string {
  const say = sayIn(view);
  return pageOf(view, {
    title: name,
    body: [
      html`<p>
        <a href=${to(view, ['deliveries'], { repo: name })}
          >${say('Its deliveries, also those that changed nothing', '它的事件，包括没有引起变化的')}</a
        >
        ${' · '}<a href=${to(view, ['commands'], { repo: name })}>${say('Its commands', '它的指令')}</a>
      </p>`,
      html`<section>
        <h2>${say('Decisions, newest first', '结论，从新到旧')}</h2>
        <ol class="threads">
          ${reports.map((report) => item(report, view))}
        </ol>
        ${older !== null && html`<p><a rel="next" href=${olderAt(older, view)}>${say('Older', '更早的')}</a></p>`}
      </section>`,
    ],
  });
}
