import { phrase, same } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';

export const off = phrase({ en: 'only commands change it', 'zh-CN': '只由指令改变' })();
export const notOpen = phrase({ en: 'it is not open any more', 'zh-CN': '已经关闭' })();
export const exempt = phrase<{ label: Quoted }>({ en: '{label} keeps it as it is', 'zh-CN': '{label} 使它保持不变' });
export const lively = phrase({ en: 'somebody was here lately', 'zh-CN': '最近有人参与' })();
export const quiet = phrase<{ since: Quoted; next: Text }>({
  en: 'quiet since {since}; {next}',
  'zh-CN': '{since} 以来没有动静；{next}',
});
export const onward = phrase<{ what: Text; at: Quoted }>({ en: '{what} on {at}', 'zh-CN': '{at} {what}' });
export const stays = phrase({ en: 'it stays so', 'zh-CN': '保持不变' })();
export const now = phrase<{ what: Text }>({ en: '{what} now', 'zh-CN': '现在{what}' });
export const closes = phrase({ en: 'it is closed', 'zh-CN': '关闭' })();
export const becomes = phrase<{ label: Quoted }>({ en: 'it becomes {label}', 'zh-CN': '变为 {label}' });
export const dayOf = (at: number): Quoted => ({ markdown: new Date(at).toISOString().slice(0, 10) });
export const labelled = (label: Quoted): Text => becomes({ label: { markdown: same(label).en } });

export const mayNotClose = phrase({
  en: 'the author and people with the triage right close this; anybody does once it is stale or rotten',
  'zh-CN': '只有作者和有 triage 权限的人可以关闭；标记为 stale 或 rotten 之后任何人都可以',
})();
export const forIssues = phrase<{ word: Quoted }>({
  en: '{word} is for issues; a pull request is closed with `/close`',
  'zh-CN': '{word} 只用于 issue，关闭合并请求请用 `/close`',
});
export const ofItself = phrase({ en: 'that is this very issue', 'zh-CN': '这就是当前的 issue' })();
export const closedBefore = phrase({ en: 'this is closed', 'zh-CN': '本来就是关闭的' })();
export const openAlready = phrase({ en: 'this is open', 'zh-CN': '本来就是打开的' })();
export const merged = phrase({ en: 'what is merged is not opened again', 'zh-CN': '已合并的不能再打开' })();
export const pullFrozen = phrase({
  en: '`frozen` is for issues: a pull request that nobody touches goes out of date',
  'zh-CN': '`frozen` 只用于 issue：没人更新的合并请求会过时',
})();
export const notOn = phrase<{ label: Quoted }>({ en: '{label} is not on it', 'zh-CN': '这里没有标签 {label}' });
