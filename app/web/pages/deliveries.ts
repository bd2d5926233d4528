import type { VNode } from 'preact';
import type { DeliveryFilter, DeliveryOutcome, DeliveryRow, Trail } from '../../store/store.ts';
import { nameOf } from '../../subject.ts';
import { pageOf } from '../layout.ts';
import { reason } from '../outcome-words.ts';
import { html } from '../page.ts';
import { wideTable } from '../table.ts';
import { duration, sayIn, time, to } from '../view.ts';
import type { Say, View } from '../view.ts';
import { olderAt, pathOf } from './why.ts';

/** A delivery with what became of it. */
export interface Entry {
  readonly row: DeliveryRow;
  readonly trail: Trail;
}

export const deliveryOutcomes: readonly DeliveryOutcome[] = ['waiting', 'considered', 'folded', 'aside', 'unhandled'];

const names: Readonly<Record<DeliveryOutcome, readonly [string, string]>> = {
  waiting: ['waiting', '等待中'],
  considered: ['considered', '已处理'],
  folded: ['folded', '已合并'],
  aside: ['set aside', '被搁置'],
  unhandled: ['unhandled', '不处理'],
};

export const eventName = ({ event, action }: Pick<DeliveryRow, 'event' | 'action'>) =>
  action === null ? event : `${event}.${action}`;

const outcomeOf = ({ state, reason }: DeliveryRow): DeliveryOutcome => {
  if (state === 'done') return reason === null ? 'considered' : 'folded';
  return state;
};

/** What became of a delivery, in a sign and words. */
export function outcomeText({ row, trail }: Entry, view: View): VNode {
  const say = sayIn(view);
  const outcome = outcomeOf(row);
  const looked = trail.looks.find((look) => look.outcome === 'considered') ?? trail.looks[0];
  const judged = looked === undefined || looked.outcome === 'considered';
  const marks = { waiting: '…', considered: judged ? '✓' : '–', folded: '–', aside: '✗', unhandled: '–' };
  const kinds = {
    waiting: 'wait',
    considered: judged ? 'pass' : 'quiet',
    folded: 'quiet',
    aside: 'fail',
    unhandled: 'quiet',
  };
  const why = outcome === 'considered' ? (judged ? null : looked.outcome) : row.reason;
  const name = judged || outcome !== 'considered' ? say(...pair(outcome)) : say('looked at', '已看过');
  return html`<span
    ><span class=${kinds[outcome]}>${marks[outcome]} ${name}</span
    >${why !== null && html`${say(': ', '：')}${reason(why, view.language)}`}</span
  >`;
}

const pair = (outcome: DeliveryOutcome): [string, string] => [...names[outcome]] as [string, string];

/** The subjects a delivery went to, each with the page that says what was decided there. */
export function subjectLinks({ subjects }: Trail, kind: 'issue' | 'pull' | null, view: View): (VNode | string)[] {
  return subjects.flatMap((subject, at) => [
    at > 0 ? ', ' : '',
    html`<a href=${to(view, pathOf(subject, kind) ?? [''])}>${nameOf(subject)}</a>`,
  ]);
}

export const kindOf = ({ event }: DeliveryRow) => (event.startsWith('issue') ? 'issue' : 'pull');

/** How long a delivery took from its arrival until somebody had looked at it for the first time. */
export function took({ row, trail }: Entry, say: Say): string {
  const first = trail.looks.at(-1);
  return first === undefined ? '–' : duration(Math.max(0, first.at - row.receivedAt), say);
}

function reportLinks({ row, trail }: Entry, view: View): (VNode | string)[] {
  const [owner = '', name = ''] = (row.repo ?? '').split('/');
  return trail.looks
    .slice(0, 3)
    .flatMap(({ report }, at) => [
      at > 0 ? ', ' : '',
      html`<a href=${to(view, ['r', owner, name, 'report', report])}>${report}</a>`,
    ]);
}

function tableRow(entry: Entry, view: View): VNode {
  const { row, trail } = entry;
  const say = sayIn(view);
  const repo = row.repo === null ? '–' : html`<a href=${to(view, ['r', ...row.repo.split('/')])}>${row.repo}</a>`;
  return html`<tr>
    <th scope="row">
      <a href=${to(view, ['deliveries', row.id])}>${row.event}${row.action !== null && html`.<wbr />${row.action}`}</a>
    </th>
    <td class="prose">
      ${outcomeText(entry, view)} ${trail.looks.length > 0 && html`<br />${reportLinks(entry, view)}`}
    </td>
    <td class="prose">${trail.subjects.length > 0 ? subjectLinks(trail, kindOf(row), view) : repo}</td>
    <td>${time(row.receivedAt, view)}</td>
    <td>${took(entry, say)}</td>
  </tr>`;
}

function filterForm(filter: DeliveryFilter, view: View): VNode {
  const say = sayIn(view);
  const field = (name: 'event' | 'repo', label: string) =>
    html`<p>
      <label for=${name}>${label}</label>
      <input id=${name} name=${name} value=${filter[name] ?? ''} autocomplete="off" spellcheck="false" />
    </p>`;
  return html`<form method="get" action=${`${view.base}/deliveries`} class="filter">
    ${view.chosen && html`<input type="hidden" name="lang" value=${view.language} />`}
    <p>
      <label for="outcome">${say('Outcome', '结果')}</label>
      <select id="outcome" name="outcome">
        <option value="">${say('all', '全部')}</option>
        ${deliveryOutcomes.map(
          (outcome) =>
            html`<option value=${outcome} selected=${filter.outcome === outcome}>${say(...pair(outcome))}</option>`,
        )}
      </select>
    </p>
    ${field('event', say('Event, like issues', '事件，例如 issues'))}
    ${field('repo', say('Repository, like acme/shop', '仓库，例如 acme/shop'))}
    <button type="submit">${say('Filter', '筛选')}</button>
  </form>`;
}

function table(entries: readonly Entry[], view: View): VNode {
  const say = sayIn(view);
  const caption = say('Deliveries, newest first', '事件，从新到旧');
  const heads = [
    ...[say('event', '事件'), say('outcome', '结果'), say('about', '关于')],
    ...[say('received', '收到时间'), say('took', '用时')],
  ];
  return wideTable({ caption, kind: 'deliveries', heads, rows: entries.map((entry) => tableRow(entry, view)) });
}

/** The inbox: every delivery, newest first, with what became of it. */
export function deliveriesPage(
  entries: readonly Entry[],
  filter: DeliveryFilter,
  older: string | null,
  view: View,
): string {
  const say = sayIn(view);
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const none = isFiltered
    ? say(
        'No delivery fits. Take a filter out, or write the event and the repository in full.',
        '没有符合条件的事件。请去掉一个条件，或写全事件名和仓库名。',
      )
    : say(
        'None has come yet. Send a test from the settings of the App or webhook on GitHub: “Recent Deliveries”, “Redeliver”.',
        '还没有收到。请在 GitHub 上 App 或 webhook 设置的 “Recent Deliveries” 里重发一个。',
      );
  return pageOf(view, {
    title: say('Deliveries', '事件'),
    body: [
      filterForm(filter, view),
      entries.length > 0 ? table(entries, view) : html`<p>${none}</p>`,
      older === null ? null : html`<p><a rel="next" href=${olderAt(older, view)}>${say('Older', '更早的')}</a></p>`,
    ],
  });
}
