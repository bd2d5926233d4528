import type { Depth } from '../../queue/queue.ts';
import type { Language } from '../../text.ts';
import { html, pageOf } from '../page.ts';

/** What the front page is about. */
export interface State {
  /** Null when the store cannot be read. */
  readonly depth: Depth | null;
  readonly counts: { readonly deliveries: number; readonly reports: number; readonly aside: number } | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
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

export function homePage(state: State, language: Language): string {
  const zh = language === 'zh-CN';
  return pageOf({
    title: zh ? '机器人状态' : 'State of the bot',
    language,
    body: html`
      <p>${sentence(state, language)}</p>
      <p class="quiet">
        ${zh ? '规则怎么写，可以先在这里试：' : 'Try out rules before you commit them: '}
        <a href="/check-rules">${zh ? '检查规则文件' : 'check a rules file'}</a>
      </p>
    `,
  });
}
