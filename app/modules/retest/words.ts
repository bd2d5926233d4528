import { code } from '../../quote.ts';
import { listed, phrase } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';

const mostNamed = 20;

/** Names of checks and workflows, as people see them on GitHub. */
export const names = (all: readonly string[]): Text => listed(all.slice(0, mostNamed).map((name) => code(name, 100)));

export const byAuthor = phrase({ en: 'its author is trusted', 'zh-CN': '作者可信' })();
export const bySaying = phrase<{ who: Quoted; head: Quoted }>({
  en: '{who} said that {head} may be tested',
  'zh-CN': '{who} 已允许测试 {head}',
});
export const byNobody = phrase({ en: 'somebody has to say `/ok-to-test`', 'zh-CN': '需要有人回复 `/ok-to-test`' })();
export const notKnown = phrase({
  en: 'GitHub did not say what its author may do',
  'zh-CN': 'GitHub 没有告知作者的权限',
})();
export const nothingToTest = phrase({ en: 'nothing runs here', 'zh-CN': '这里没有要运行的' })();
export const everybodyOnceTrusted = phrase({
  en: 'everybody, once the pull request is trusted',
  'zh-CN': '合并请求受信任后的任何人',
})();

export const nameHead = phrase<{ repeat: Quoted }>({
  en: 'the author can change this at any moment, so name what you looked at: write {repeat} if it is this',
  'zh-CN': '作者随时可能更新提交，请写明你看过的版本：如果是当前版本，请写 {repeat}',
});
export const askFirst = phrase<{ repeat: Quoted }>({
  en: 'the head changed about when you wrote this, and its author is not trusted; write {repeat} first if it may run',
  'zh-CN': '你发指令前后提交有更新，而作者尚未受信任。如果可以运行，请先写 {repeat}',
});
export const trustedAlready = phrase({
  en: 'the author is trusted, so this needs no `/ok-to-test`',
  'zh-CN': '作者本来就可信，不需要 `/ok-to-test`',
})();

export const nothingFailed = phrase<{ head: Quoted }>({
  en: 'nothing that can run again has failed on {head}',
  'zh-CN': '{head} 上没有失败且可以重新运行的检查',
});
export const nothingRequired = phrase<{ head: Quoted }>({
  en: 'no required check has failed on {head}',
  'zh-CN': '{head} 上没有失败的必需检查',
});
export const nothingThere = phrase<{ head: Quoted }>({
  en: 'nothing that can run again is there on {head}',
  'zh-CN': '{head} 上没有可以重新运行的检查',
});
export const notReadable = phrase({
  en: 'GitHub does not say which checks are required here, so nothing was run again',
  'zh-CN': 'GitHub 没有告知这里必需哪些检查，所以没有重新运行',
})();
export const statuses = phrase<{ names: Text }>({
  en: '{names}: a commit status, which only whoever wrote it can run again',
  'zh-CN': '{names}：提交状态，只能由写入它的系统重新运行',
});
export const busy = phrase<{ names: Text }>({
  en: '{names}: still running; GitHub runs nothing again before it has ended, so ask again then',
  'zh-CN': '{names}：还在运行，结束之后才能重新运行，请到时再发一次',
});
export const waiting = phrase<{ names: Text; command: Quoted }>({
  en: '{names}: waits to be allowed; write {command} if it may run',
  'zh-CN': '{names}：等待批准，如果可以运行请写 {command}',
});
export const refusedBy = phrase<{ names: Text }>({
  en: '{names}: GitHub refused to run it',
  'zh-CN': '{names}：GitHub 拒绝运行',
});
export const barred = phrase<{ names: Text }>({
  en: '{names}: made by an App, which GitHub lets only another App ask to check again',
  'zh-CN': '{names}：由 App 创建，GitHub 只允许 App 请求重新检查',
});
export const noActions = phrase({
  en: 'GitHub does not let me see workflow runs here: the App needs the permission `Actions: write`',
  'zh-CN': 'GitHub 不让我查看这里的工作流运行：App 需要 `Actions: write` 权限',
})();
export const tooMany = phrase({
  en: 'there are more checks than I look at, so some may be left out',
  'zh-CN': '检查太多，可能有遗漏',
})();
const alike = phrase<{ near: Text }>({ en: '; did you mean {near}?', 'zh-CN': '；是不是 {near}？' });
const nobodyNear = phrase({ en: '', 'zh-CN': '' })();
const missing = phrase<{ names: Text; near: Text }>({
  en: 'nothing here is called {names}{near}',
  'zh-CN': '这里没有 {names}{near}',
});
export const notFound = (unknown: readonly string[], near: readonly string[]): Text =>
  missing({ names: names(unknown), near: near.length > 0 ? alike({ near: names(near) }) : nobodyNear });

export const needsName = phrase<{ list: Text }>({
  en: 'write `/test` with a name, or with `all`.\n\n{list}',
  'zh-CN': '请在 `/test` 后写上名称，或者写 `all`。\n\n{list}',
});
export const listOf = phrase<{ rows: Text }>({
  en: 'this can run again:\n\n| check | state | command |\n| --- | --- | --- |\n{rows}',
  'zh-CN': '这些可以重新运行：\n\n| 检查 | 状态 | 指令 |\n| --- | --- | --- |\n{rows}',
});
export const row = phrase<{ name: Quoted; state: Text; command: Text }>({
  en: '| {name} | {state} | {command} |',
  'zh-CN': '| {name} | {state} | {command} |',
});
export const states = {
  success: phrase({ en: 'passed', 'zh-CN': '通过' })(),
  failure: phrase({ en: 'failed', 'zh-CN': '失败' })(),
  pending: phrase({ en: 'running', 'zh-CN': '运行中' })(),
  skipped: phrase({ en: 'skipped', 'zh-CN': '已跳过' })(),
  waiting: phrase({ en: 'waits to be allowed', 'zh-CN': '等待批准' })(),
};
export const isStatus = phrase({ en: 'a commit status: none', 'zh-CN': '提交状态，无法重新运行' })();
