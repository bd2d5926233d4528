import type { VNode } from 'preact';
import type { Report } from '../../../app/engine/report.ts';
import type { FactSources } from '../../../app/web/facts.ts';
import { reason } from '../../../app/web/outcome-words.ts';
import { html } from '../../../app/web/page.ts';
import { lookBody } from '../../../app/web/pages/why.ts';
import type { View } from '../../../app/web/view.ts';
import { type Moment, type Shown, subjectName } from '../moment.ts';
import { clockTime, type Reader } from './layout.ts';

interface Why {
  readonly moment: Moment;
  readonly shown: Shown;
  readonly about: FactSources;
}

/** The bot's own page of a look, as somebody on this machine sees it. */
function whole(report: Report, { moment, about }: Why, { language }: Reader): VNode {
  const viewer = { login: null, csrf: '' };
  const view: View = { language, chosen: true, now: moment.at, viewer, base: '', here: '/' };
  return lookBody(report, view, about);
}

function woken({ hints }: Report, { t }: Reader): VNode | string {
  const names = hints.map(({ event, action }) => (action === null ? event : `${event}.${action}`));
  const all = [...new Set(names)].join(', ');
  return all === '' ? t('by itself', '自动') : html`<code>${all}</code>`;
}

/** Looks at which nothing was done, most of them at what the bot itself had changed. */
function rest(reports: readonly Report[], reader: Reader): VNode | null {
  if (reports.length === 0) return null;
  const { t, language } = reader;
  const count = reports.length;
  const said = ({ outcome, did }: Report) => {
    if (outcome !== 'considered') return reason(outcome, language);
    const changes = t(`${did.length} changes made`, `做了 ${did.length} 项改动`);
    return did.length > 0 ? changes : t('nothing was left to do', '没有剩下要做的');
  };
  return html`<details class="rest">
    <summary>
      ${t(`${count} more ${count === 1 ? 'look' : 'looks'} in this step`, `这一步里另有 ${count} 次查看`)}
    </summary>
    <ul>
      ${reports.map((report) => html`<li>${subjectName(report)} · ${woken(report, reader)} · ${said(report)}</li>`)}
    </ul>
  </details>`;
}

function whyNothing({ place, isUp, wasKilled, pausedUntil, answer }: Moment, { t, language }: Reader): VNode | string {
  if (place === 0) return t('The bot runs and waits for something to happen.', '机器人在运行，等待动静。');
  if (!isUp) return t('The bot is not running.', '机器人没有在运行。');
  if (wasKilled)
    return t(
      'The bot was killed before it could write down what it did, and was started again.',
      '机器人还没来得及记下做了什么就被杀了，然后重新启动。',
    );
  if (answer === 401)
    return t(
      'The bot refused the call at its door: there was nothing to decide.',
      '机器人在门口就拒绝了：没有什么要判断的。',
    );
  if (pausedUntil !== null)
    return html`<span
      >${t('GitHub told the bot to slow down. It asks nothing before ', 'GitHub 要求放慢。在此之前机器人不发请求：')}${clockTime(pausedUntil, language)}</span
    >`;
  return t('The bot decided nothing new here in this step.', '这一步里，机器人在这里没有新的结论。');
}

function nothingNew(why: Why, reader: Reader): VNode {
  const { t } = reader;
  const { fresh, before } = why.shown;
  return html`<div>
    <p class="quiet">${whyNothing(why.moment, reader)}</p>
    ${rest(fresh, reader)}
    ${
      before &&
      html`<details>
        <summary>${t('What it decided before', '之前的结论')}</summary>
        ${whole(before, why, reader)}
      </details>`
    }
  </div>`;
}

/** What the bot decided in a step on what is shown, every rule with its reason; or what held before. */
export function botPane(why: Why, reader: Reader): VNode {
  const { fresh } = why.shown;
  const considered = fresh.filter(({ outcome }) => outcome === 'considered');
  const main = considered.find(({ did, plan }) => did.length + plan.length > 0) ?? considered[0];
  if (!main) return nothingNew(why, reader);
  const others = fresh.filter((report) => report !== main);
  return html`<div>${whole(main, why, reader)} ${rest(others, reader)}</div>`;
}
