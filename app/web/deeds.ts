import type { VNode } from 'preact';
import type { Deed, Report } from '../engine/report.ts';
import { deedName } from './outcome-words.ts';
import { html } from './page.ts';
import { foreign } from './prose.ts';
import { sayIn, time } from './view.ts';
import type { View } from './view.ts';

const marks: Readonly<Record<Deed['result'], { mark: string; kind: string; en: string; zh: string }>> = {
  done: { mark: '✓', kind: 'pass', en: 'done', zh: '已完成' },
  failed: { mark: '✗', kind: 'fail', en: 'refused', zh: '被拒绝' },
  uncertain: { mark: '?', kind: 'wait', en: 'uncertain, looked up afterwards', zh: '未确认，之后会查证' },
};

function item({ says, result, reason }: Deed, view: View): VNode {
  const { mark, kind, en, zh } = marks[result];
  const say = sayIn(view);
  return html`<li>
    <span class=${kind}>${mark} ${say(en, zh)}</span>${say(': ', '：')}${deedName(says, view.language)}
    ${reason !== null && html` – ${foreign(reason, view.language)}`}
  </li>`;
}

/** What was planned and not come to, as when the look was broken off. */
function left({ plan, did }: Report) {
  const tried = new Set(did.map(({ change }) => change));
  return plan.filter(({ id }) => !tried.has(id));
}

/** What was done at one look, each change with GitHub's answer, and what was left for later. */
export function deedList(report: Report, view: View): VNode {
  const say = sayIn(view);
  const open = left(report);
  if (report.did.length === 0 && open.length === 0) {
    return html`<p class="quiet">${say('Nothing had to be changed.', '没有需要改动的。')}</p>`;
  }
  return html`<ul class="deeds">
    ${report.did.map((deed) => item(deed, view))}
    ${open.map(
      ({ says }) =>
        html`<li>
          <span class="wait">… ${say('not yet', '尚未进行')}</span>${say(': ', '：')}${deedName(says, view.language)}
        </li>`,
    )}
    ${report.muted && html`<li class="wait">… ${say('A new comment was held back: too many of ours lately.', '新评论暂缓：近期评论过多。')}</li>`}
  </ul>`;
}

/** What is to come without anybody doing anything. */
export function toCome({ revisitAt, outcome }: Report, view: View): VNode {
  const say = sayIn(view);
  if (outcome.startsWith('broken off'))
    return html`<p>${say('The bot takes it up again by itself.', '机器人会自动继续。')}</p>`;
  if (revisitAt === null)
    return html`<p>
      ${say('Nothing is planned; the next event here is looked at.', '没有安排；这里有新动静时再看。')}
    </p>`;
  return html`<p>${say('The bot looks again by itself: ', '机器人会自动再看：')}${time(revisitAt, view)}</p>`;
}
