import type { VNode } from 'preact';
import type { Report } from '../../engine/report.ts';
import { nameOf } from '../../subject.ts';
import type { Subject } from '../../subject.ts';
import { deedList, toCome } from '../deeds.ts';
import { factList } from '../facts.ts';
import type { FactSources } from '../facts.ts';
import { pageOf } from '../layout.ts';
import { reason } from '../outcome-words.ts';
import { html } from '../page.ts';
import { foreign } from '../prose.ts';
import { rulingsTable } from '../rulings.ts';
import { toDo, verdictLine, verdicts } from '../verdict.ts';
import { sayIn, time, to } from '../view.ts';
import type { View } from '../view.ts';

/** Reports of one subject, newest first. */
export interface Story {
  readonly reports: readonly Report[];
  /** The decision shown in full: null for none, left out for the newest of the reports. */
  readonly decided?: Report | null;
  /** The id from which older ones go on; null when these are all. */
  readonly older: string | null;
}

const plainAbout: FactSources = { needs: () => [], changedBy: () => [] };

const titleOf = ({ subject }: Report) => nameOf(subject).replace(':refs/tags/', ' tag ');

/** Where the page about a subject is; a whole repository's and what GitHub's merge queue built have none of their own. */
export function pathOf(subject: Subject, kind: 'issue' | 'pull' | null): readonly string[] | null {
  const place = ['r', subject.repo.owner, subject.repo.name];
  switch (subject.kind) {
    case 'thread':
      return [...place, kind === 'issue' ? 'issues' : 'pull', String(subject.number)];
    case 'commit':
      return [...place, 'commit', subject.sha];
    case 'tag':
      return [...place, 'tag', subject.tag];
    case 'branch':
      return [...place, 'branch', subject.branch];
    case 'group':
      return [...place, 'group', subject.sha];
    case 'repo':
      return place;
    case 'installation':
      return null;
  }
}

export const permalink = ({ id, subject: { repo } }: Report) => ['r', repo.owner, repo.name, 'report', id];

/** What brought a look about: its deliveries, each with the page that tells of it. */
function causes({ hints }: Report, view: View): (VNode | string)[] {
  const say = sayIn(view);
  if (hints.length === 0) return [say('a timer, or work elsewhere', '定时，或其他工作带动')];
  const shown = hints.slice(-10);
  const links = shown.flatMap(({ delivery, event, action }, at) => [
    at > 0 ? ', ' : '',
    html`<a href=${to(view, ['deliveries', delivery])}>${action === null ? event : `${event}.${action}`}</a>`,
  ]);
  const rest = hints.length - shown.length;
  return rest > 0 ? [say(`${rest} more, `, `另有 ${rest} 个，`), ...links] : links;
}

function heading(report: Report, view: View): VNode | null {
  const { thread } = report.facts ?? {};
  const url = thread?.url ?? report.tag?.repo.url ?? '';
  if (!thread && url === '') return null;
  const states = { open: ['open', '打开'], closed: ['closed', '已关闭'], merged: ['merged', '已合并'] } as const;
  const say = sayIn(view);
  return html`<p class="subject">
    ${thread && html`${foreign(thread.title, view.language)} <span class="quiet">(${states[thread.state][view.language === 'en' ? 0 : 1]})</span><br />`}
    ${/^https?:/.test(url) && html`<a href=${url}>${say('See it on GitHub', '在 GitHub 上查看')}</a>`}
  </p>`;
}

/** One look in full: verdict, who can act, rulings, facts, cause, changes, what is to come. */
export function lookBody(report: Report, view: View, about: FactSources = plainAbout): VNode {
  const say = sayIn(view);
  const considered = report.rulings.length > 0 || report.facts !== null || report.tag !== undefined;
  const json = view.viewer && to(view, [...permalink(report).slice(0, -1), `${report.id}.json`]);
  return html`<div>
    ${report.outcome !== 'considered' && html`<p class="verdict">${reason(report.outcome, view.language)}</p>`}
    ${considered && verdictLine(report, view.language)}
    <p class="quiet">
      ${say('Decided ', '判断于 ')}${time(report.at, view)}${say(' because of ', '，起因：')}${causes(report, view)}
    </p>
    ${considered && toDo(report, view.language)} ${considered && rulingsTable(report, about.needs, view.language)}
    <section>
      <h3>${say('What was done', '做了什么')}</h3>
      ${deedList(report, view)}
    </section>
    <section>
      <h3>${say('What is to come', '接下来')}</h3>
      ${toCome(report, view)}
    </section>
    ${considered && factList(report, about, json, view)}
    ${report.rules.length > 0 && html`<p class="quiet">${say('Rules that judged: ', '所用规则：')}<code>${report.rules.join(', ')}</code></p>`}
  </div>`;
}

/** One look in the history: when, why, what came of it, and where the whole of it stands. */
function historyItem(report: Report, view: View): VNode {
  const say = sayIn(view);
  return html`<li>
    <p>
      ${time(report.at, view)} · ${say('because of ', '起因：')}${causes(report, view)} ·${' '}
      <a href=${to(view, permalink(report))}>${report.id}</a>
    </p>
    <p>
      ${report.outcome !== 'considered' && reason(report.outcome, view.language)}
      ${report.rulings.length > 0 && verdicts(report, view.language)}
    </p>
    ${(report.did.length > 0 || report.plan.length > 0) && deedList(report, view)}
  </li>`;
}

/** Whether anything was judged at a look, be it a thread or a tag. */
const judged = ({ facts, tag }: Report) => facts !== null || tag !== undefined;

/**
 * Why the bot did what it did on one subject: the newest decision in full, then every look, newest first. What a page
 * shows of a subject, without the page around it.
 */
export function whyBody(story: Story, view: View, about: FactSources = plainAbout): VNode {
  const say = sayIn(view);
  const { reports, older } = story;
  const { decided = reports.find(judged) ?? reports[0] ?? null } = story;
  return html`<div>
    ${
      decided &&
      html`${heading(decided, view)}
        <section>
          <h2>${say('The newest decision', '最近一次结论')}</h2>
          ${lookBody(decided, view, about)}
        </section>`
    }
    <section>
      <h2>${say('History, newest first', '历史，从新到旧')}</h2>
      <ol class="history">
        ${reports.map((report) => historyItem(report, view))}
      </ol>
      ${older !== null && html`<p><a rel="next" href=${olderAt(older, view)}>${say('Older', '更早的')}</a></p>`}
    </section>
  </div>`;
}

/** The same page from an older row on. */
export function olderAt(before: string, { here, base }: View): string {
  const [path = '', query = ''] = here.split('?', 2);
  const params = new URLSearchParams(query);
  params.set('before', before);
  return `${base}${path}?${params}`;
}

/** The page about one subject that has reports. */
export function whyPage(story: Story, view: View, about: FactSources): string {
  const [newest] = story.reports;
  return pageOf(view, { title: newest ? titleOf(newest) : '', body: whyBody(story, view, about) });
}

/** The page of one look, which stays at its address whatever comes later. */
export function reportPage(report: Report, view: View, about: FactSources): string {
  const say = sayIn(view);
  const path = pathOf(report.subject, report.facts?.thread?.kind ?? null);
  return pageOf(view, {
    title: `${titleOf(report)} · ${report.id}`,
    body: [
      html`<p>
        ${path && html`<a href=${to(view, path)}>${say('Everything that was decided here', '这里的全部结论')}</a>`}
      </p>`,
      heading(report, view),
      html`<h2>${say('The decision', '结论')}</h2>`,
      lookBody(report, view, about),
    ],
  });
}
