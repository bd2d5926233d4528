import type { VNode } from 'preact';
import type { DeliveryRow } from '../../store/store.ts';
import { pageOf } from '../layout.ts';
import { reason } from '../outcome-words.ts';
import { html } from '../page.ts';
import { sayIn, time, to } from '../view.ts';
import type { View } from '../view.ts';
import { eventName, kindOf, outcomeText, subjectLinks, took } from './deliveries.ts';
import type { Entry } from './deliveries.ts';

const longestBody = 60_000;

/** Whether it can be put back into its lanes. */
const canReplay = ({ row, trail }: Entry) =>
  (row.state === 'done' || row.state === 'aside') && trail.subjects.length > 0;

function replayName({ state }: DeliveryRow, view: View): string {
  const say = sayIn(view);
  return state === 'aside' ? say('Try again…', '再试一次…') : say('Replay…', '重放…');
}

function deeds({ trail }: Entry, view: View): VNode | null {
  const say = sayIn(view);
  if (trail.deeds.length === 0) return null;
  return html`<section>
    <h2>${say('Who had it done again', '谁让它重做过')}</h2>
    <ul>
      ${trail.deeds.map(
        ({ at, who, what }) =>
          html`<li>
            ${time(at, view)}: <bdi>${who ?? say('somebody on this machine', '本机用户')}</bdi>${' '}
            (${what === 'release' ? say('was set aside', '曾被搁置') : say('replay', '重放')})
          </li>`,
      )}
    </ul>
  </section>`;
}

function looks({ row, trail }: Entry, view: View): VNode | null {
  const say = sayIn(view);
  if (trail.looks.length === 0) return null;
  const [owner = '', name = ''] = (row.repo ?? '').split('/');
  return html`<section>
    <h2>${say('Looks it brought about, newest first', '它引起的判断，从新到旧')}</h2>
    <ul>
      ${trail.looks.map(
        ({ report, outcome, at }) =>
          html`<li>
            ${time(at, view)}${say(': ', '：')}<a href=${to(view, ['r', owner, name, 'report', report])}>${report}</a
            >${' '} ${reason(outcome, view.language)}
          </li>`,
      )}
    </ul>
  </section>`;
}

function pretty(body: Buffer): string {
  const text = body.toString();
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function payload(body: Buffer, view: View): VNode {
  const say = sayIn(view);
  const text = pretty(body);
  return html`<details class="row">
    <summary>${say(`What GitHub sent (${body.length} bytes)`, `GitHub 发来的内容（${body.length} 字节）`)}</summary>
    <pre lang="en" tabindex="0">${text.slice(0, longestBody)}${text.length > longestBody ? '…' : ''}</pre>
  </details>`;
}

/** One delivery: what it was, what became of it, and a way to have it done again. */
export function deliveryPage(entry: Entry, body: Buffer, view: View): string {
  const { row, trail } = entry;
  const say = sayIn(view);
  const fields: readonly (readonly [string, unknown])[] = [
    [say('Received', '收到时间'), time(row.receivedAt, view)],
    [
      say('Repository', '仓库'),
      row.repo === null ? '–' : html`<a href=${to(view, ['r', ...row.repo.split('/')])}>${row.repo}</a>`,
    ],
    [say('Outcome', '结果'), outcomeText(entry, view)],
    [say('About', '关于'), trail.subjects.length > 0 ? subjectLinks(trail, kindOf(row), view) : '–'],
    [say('Took', '用时'), took(entry, say)],
    [say('GitHub’s id', 'GitHub 的编号'), html`<code>${row.guid}</code>`],
  ];
  return pageOf(view, {
    title: `${eventName(row)} · ${row.id}`,
    body: [
      html`<dl class="fields">
        ${fields.map(
          ([name, value]) =>
            html`<dt>${name}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>`,
      canReplay(entry)
        ? html`<p><a class="button" href=${to(view, ['deliveries', row.id, 'replay'])}>${replayName(row, view)}</a></p>`
        : null,
      looks(entry, view),
      deeds(entry, view),
      payload(body, view),
    ],
  });
}

/** Asks once more, by name, before a delivery is put back into its lanes; with `refused` it says why nothing was done. */
export function replayPage(entry: Entry, refused: boolean, view: View): string {
  const { row } = entry;
  const say = sayIn(view);
  const name = `${eventName(row)} ${row.repo ?? ''}`.trim();
  const no = say(
    'It waits already, or no rule looks at it, so there is nothing to put back.',
    '它已经在等待处理，或者没有规则关注它，所以不需要重放。',
  );
  const isOpen = !refused && canReplay(entry);
  return pageOf(view, {
    title: say(`Replay ${name}?`, `重放 ${name}？`),
    body: [
      html`<p>
        ${say('Delivery ', '事件 ')}<a href=${to(view, ['deliveries', row.id])}><code>${row.id}</code></a
        >${say(', ', '，')}${time(row.receivedAt, view)}
      </p>`,
      isOpen
        ? html`<p id="what">
            ${say('It goes back into its lanes, as when GitHub sends it again: the bot looks at what is true now and does only what is missing. Nothing is done twice.', '它会回到队列，和 GitHub 重新发送一样：机器人按现在的情况判断，只补上缺少的改动，不会重复做事。')}
          </p>`
        : html`<p>${no}</p>`,
      isOpen && view.viewer
        ? html`<form method="post" action=${to(view, ['deliveries', row.id, 'replay'])}>
            <input type="hidden" name="csrf" value=${view.viewer.csrf} />
            <input type="hidden" name="confirm" value=${row.id} />
            <button type="submit" aria-describedby="what">${say(`Replay ${name}`, `重放 ${name}`)}</button>
          </form>`
        : null,
    ],
  });
}
