import type { VNode } from 'preact';
import type { Report } from '../../engine/report.ts';
import type { Halt } from '../../store/store.ts';
import type { Depth } from '../../queue/queue.ts';
import type { Language } from '../../text.ts';
import { pageOf } from '../layout.ts';
import { html } from '../page.ts';
import { foreign } from '../prose.ts';
import { verdicts } from '../verdict.ts';
import { time, to } from '../view.ts';
import type { View } from '../view.ts';
import { pathOf } from './why.ts';

/** What the front page is about. */
export interface State {
  /** Null when the store cannot be read. */
  readonly depth: Depth | null;
  readonly counts: { readonly deliveries: number; readonly reports: number; readonly aside: number } | null;
  /** Where nothing is written for now; null when it cannot be read. */
  readonly halts?: readonly Halt[] | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The newest reports for somebody who may read them; null for everybody else. */
  readonly reports: readonly Report[] | null;
}

const slow = 5 * 60_000;

/** One honest sentence about how the bot is. */
export function sentence({ depth, counts, now }: State, language: Language): string {
  const zh = language === 'zh-CN';
  if (!depth || !counts)
    return zh
      ? '机器人读不到自己的数据，暂时收不下新事件。'
      : 'The bot cannot read its own data, so it takes no events now.';
  const waits = depth.ready + depth.running;
  if (depth.oldest !== null && now - depth.oldest > slow) {
    const minutes = Math.floor((now - depth.oldest) / 60_000);
    return zh
      ? `机器人落后了：最早的事件已等待 ${minutes} 分钟。`
      : `The bot is behind: its oldest event has waited for ${minutes} minutes.`;
  }
  if (counts.deliveries === 0)
    return zh ? '机器人在运行，还没有收到任何事件。' : 'The bot is up and has not received any event yet.';
  const trouble =
    depth.aside > 0
      ? zh
        ? `，有 ${depth.aside} 个事件处理失败被搁置`
        : `, and ${depth.aside} are set aside after failing`
      : '';
  return zh
    ? `机器人在运行：收到 ${counts.deliveries} 个事件，${waits} 项正在处理${trouble}。`
    : `The bot is up: ${counts.deliveries} events received, ${waits} being worked on${trouble}.`;
}

const mostThreads = 20;

/** A thread with what was decided on it last. */
function threadItem(reports: readonly Report[], view: View): VNode | null {
  const [newest] = reports;
  if (newest?.subject.kind !== 'thread') return null;
  const { repo, number } = newest.subject;
  const thread = reports.find(({ facts }) => facts?.thread)?.facts?.thread;
  const path = pathOf(newest.subject, thread?.kind ?? null) ?? [''];
  const decided = reports.find(({ outcome }) => outcome === 'considered');
  return html`<li>
    <a href=${to(view, path)}>${repo.owner}/${repo.name}#${number}</a> ${thread && foreign(thread.title, view.language)}
    <br />
    ${decided && verdicts(decided, view.language)} <span class="quiet">${time(newest.at, view)}</span>
  </li>`;
}

function threadList(reports: readonly Report[], view: View): VNode {
  const zh = view.language === 'zh-CN';
  const threads = Map.groupBy(
    reports.filter(({ subject }) => subject.kind === 'thread'),
    ({ subject }) => (subject.kind === 'thread' ? `${subject.repo.id}#${subject.number}` : ''),
  );
  const items = [...threads.values()].slice(0, mostThreads).map((of) => threadItem(of, view));
  const none = zh
    ? '还没有。在安装了机器人的仓库里新建一个 issue 或合并请求，再刷新本页；如果仍没有，请看 GitHub 上 App 或 webhook 设置里的 “Recent Deliveries”。'
    : 'None yet. Open an issue or a pull request where the bot is installed, then load this page again. If still none is here, look at “Recent Deliveries” in the settings of the App or webhook on GitHub.';
  return html`<section>
    <h2>${zh ? '最近处理的帖子' : 'Threads looked at last'}</h2>
    ${
      items.length > 0
        ? html`<ul class="threads">
            ${items}
          </ul>`
        : html`<p>${none}</p>`
    }
  </section>`;
}

/** Names of repositories and what people write about them may be private. */
function halted({ halts, reports }: State, view: View): VNode | null {
  const zh = view.language === 'zh-CN';
  if (!halts || halts.length === 0) return null;
  if (reports === null)
    return html`<p>
      <strong
        >${zh ? '运维人员暂停了机器人的写入，事件照常接收。' : 'Somebody who runs the bot has paused its writing; events are still taken.'}</strong
      >
    </p>`;
  const items = halts.map(
    ({ scope, reason, at }) =>
      html`<li>
        ${scope || (zh ? '所有仓库' : 'everywhere')}: ${foreign(reason, view.language)}
        <span class="quiet">${time(new Date(at).toISOString(), view)}</span>
      </li>`,
  );
  return html`<section>
    <h2>${zh ? '已暂停写入' : 'Paused: nothing is written'}</h2>
    <ul>
      ${items}
    </ul>
  </section>`;
}

export function homePage(state: State, view: View): string {
  const { language } = view;
  const zh = language === 'zh-CN';
  return pageOf(view, {
    title: zh ? '机器人状态' : 'State of the bot',
    body: html`
      <p>${sentence(state, language)}</p>
      ${halted(state, view)} ${state.reports && threadList(state.reports, view)}
      <p class="quiet">
        ${zh ? '规则怎么写，可以先在这里试：' : 'Try out rules before you commit them: '}
        <a href=${to(view, ['check-rules'])}>${zh ? '检查规则文件' : 'check a rules file'}</a>
      </p>
    `,
  });
}
