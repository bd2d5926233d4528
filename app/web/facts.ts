import type { VNode } from 'preact';
import type { Report } from '../engine/report.ts';
import { html } from './page.ts';
import { foreign } from './prose.ts';
import { wideTable } from './table.ts';
import { sayIn, time } from './view.ts';
import type { Say, View } from './view.ts';

/** What is known of rules and facts themselves, besides what a report holds. */
export interface FactSources {
  /** Which facts a rule looks at, by its id. */
  readonly needs: (module: string) => readonly string[];
  /** Webhooks after which a fact is read anew, by its name. */
  readonly changedBy: (fact: string) => readonly string[];
}

const longestText = 2_000;
const mostRows = 40;
const mostColumns = 8;
/** Told apart from the others: when they were read, and the bot's own memory. */
const apart = ['now', 'done'];

/** The facts of a report by name, as far as any were looked at. */
export function factsIn({ facts, tag }: Report): readonly (readonly [string, unknown])[] {
  return Object.entries({ ...(facts ?? tag) }).filter(([name]) => !apart.includes(name));
}

export const anchorOf = ({ id }: Report, name: string) => `fact-${id}-${name}`;

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFlat = (value: unknown): boolean => !isPlain(value) && !Array.isArray(value);

const cut = (text: string, say: Say) =>
  text.length > longestText
    ? `${text.slice(0, longestText)}… ${say(`(${text.length} characters)`, `（共 ${text.length} 个字符）`)}`
    : text;

function cell(value: unknown, view: View): VNode {
  const say = sayIn(view);
  if (value === null || value === undefined) return html`<span class="quiet">${say('none', '无')}</span>`;
  if (value === '') return html`<span class="quiet">${say('empty', '空')}</span>`;
  if (typeof value === 'boolean') return html`<span>${value ? say('yes', '是') : say('no', '否')}</span>`;
  if (isPlain(value) && typeof value['login'] === 'string') return html`<bdi>${value['login']}</bdi>`;
  if (typeof value === 'string') return foreign(cut(value, say), view.language);
  if (Array.isArray(value) && value.length === 0) return html`<span class="quiet">${say('none', '无')}</span>`;
  if (Array.isArray(value) && value.every(isFlat)) {
    const shown = value.slice(0, mostRows).map(String).join(', ');
    return foreign(value.length > mostRows ? `${shown}, … (${value.length})` : shown, view.language);
  }
  return html`<code>${cut(JSON.stringify(value), say)}</code>`;
}

function byKey(value: Readonly<Record<string, unknown>>, caption: string, view: View): VNode {
  return html`<table class="facts record">
    <caption>
      ${caption}
    </caption>
    <tbody>
      ${Object.entries(value).map(
        ([key, each]) =>
          html`<tr>
            <th scope="row">${key || sayIn(view)('everything else', '其余')}</th>
            <td class="prose">${cell(each, view)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function byRow(values: readonly Readonly<Record<string, unknown>>[], caption: string, view: View): VNode {
  const keys = [...new Set(values.flatMap((value) => Object.keys(value)))].slice(0, mostColumns);
  const rows = values.slice(0, mostRows).map(
    (value) =>
      html`<tr>
        ${keys.map((key) => html`<td class="prose">${cell(value[key], view)}</td>`)}
      </tr>`,
  );
  return wideTable({ caption, kind: 'facts', heads: keys, rows });
}

function shape(name: string, value: unknown, view: View): VNode {
  if (isPlain(value) && Object.keys(value).length > 0) return byKey(value, name, view);
  if (Array.isArray(value) && value.length > 0 && value.every(isPlain)) {
    const say = sayIn(view);
    const left = value.length - mostRows;
    return html`<div>
      ${byRow(value, name, view)}
      ${left > 0 && html`<p class="quiet">${say(`${left} more are in the JSON.`, `另有 ${left} 项，见 JSON。`)}</p>`}
    </div>`;
  }
  return html`<p>${cell(value, view)}</p>`;
}

function one(
  report: Report,
  [name, value]: readonly [string, unknown],
  changedBy: FactSources['changedBy'],
  view: View,
): VNode {
  const say = sayIn(view);
  const readAt = (report.facts ?? report.tag)?.now ?? report.at;
  // Facts of a tag have the names of some of a thread and come with its push alone.
  const events = report.facts ? changedBy(name) : [];
  return html`<details class="row">
    <summary><code>${name}</code></summary>
    <div id=${anchorOf(report, name)}>
      <p class="quiet">
        ${say('Source: GitHub, read ', '来源：GitHub，读取于 ')}${time(readAt, view)}
        ${events.length > 0 && html`<br />${say('Read anew after: ', '这些事件之后重新读取：')}${events.join(', ')}`}
      </p>
      ${shape(name, value, view)}
    </div>
  </details>`;
}

function memory(done: readonly string[], view: View): VNode | null {
  const say = sayIn(view);
  if (done.length === 0) return null;
  return html`<details class="row">
    <summary><code>done</code></summary>
    <p class="quiet">
      ${say('Source: the bot’s own memory of what it does once only', '来源：机器人的记忆（只做一次的事）')}
    </p>
    <p class="prose">${cell(done, view)}</p>
  </details>`;
}

/** The facts a decision rests on, folded one by one, with where they come from and when they were read; those of no rule apart. */
export function factList(report: Report, from: FactSources, json: string | null, view: View): VNode | null {
  const say = sayIn(view);
  const facts = factsIn(report);
  if (facts.length === 0) return null;
  const needed = new Set(report.rulings.flatMap(({ module }) => from.needs(module)));
  const [used = [], others] = [true, false].map((isUsed) => facts.filter(([name]) => needed.has(name) === isUsed));
  const list = (some: typeof facts = []) => some.map((fact) => one(report, fact, from.changedBy, view));
  return html`<section>
    <h3>${say('The facts it was decided on', '依据的事实')}</h3>
    ${list(used.length > 0 ? used : facts)} ${memory((report.facts ?? report.tag)?.done ?? [], view)}
    ${
      used.length > 0 &&
      html`<details class="row">
        <summary>${say('Facts no rule here looked at', '这里没有规则用到的事实')}</summary>
        <div>${list(others)}</div>
      </details>`
    }
    ${json !== null && html`<p><a href=${json}>${say('Everything as JSON', '全部内容（JSON）')}</a></p>`}
  </section>`;
}
