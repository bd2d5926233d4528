import type { Override } from '../../commands/overrides.ts';
import { code, mention } from '../../quote.ts';
import { joined, listed, phrase } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';

export const nothingThere = phrase({ en: 'nothing is overridden', 'zh-CN': '没有放行任何检查' })();

const one = phrase<{ name: Quoted; who: Quoted; reason: Quoted }>({
  en: '{name} is overridden by {who} because {reason}',
  'zh-CN': '{name} 已由 {who} 放行，理由：{reason}',
});
export const standing = (all: readonly Override[]): Text =>
  listed(all.map(({ name, by, reason }) => one({ name: code(name), who: mention(by.login), reason: code(reason) })));

const gone = phrase<{ names: Text }>({
  en: '{names} was overridden for another head or another state of the base, which counts no more',
  'zh-CN': '{names} 的放行是针对旧的提交或旧的目标分支，已失效',
});
export const fallen = (all: readonly Override[]): Text => gone({ names: listed(all.map(({ name }) => code(name))) });

export const passedBy = phrase<{ who: Quoted; base: Quoted; reason: Quoted }>({
  en: 'Overridden by {who} on base {base}: {reason}',
  'zh-CN': '{who} 已放行（目标分支位于 {base}）：{reason}',
});
export const passedItself = phrase({ en: 'The check itself has passed', 'zh-CN': '检查本身已通过' })();
export const over = phrase({
  en: 'Not overridden any more: taken back, or the base moved. Run the check again, or override it again',
  'zh-CN': '放行已失效：被取消，或目标分支已更新。请重新运行检查，或再次放行',
})();

const usage = code('/override <check>… -- <reason>');
export const needsReason = phrase<{ usage: Quoted }>({
  en: 'an override needs a reason, which is recorded: {usage}',
  'zh-CN': '放行必须写明理由，理由会被记录：{usage}',
})({ usage });
const needsNames = phrase<{ usage: Quoted; lists: Text }>({
  en: 'say what to override: {usage}.\n\n{lists}',
  'zh-CN': '请写明要放行什么：{usage}。\n\n{lists}',
});
const unknown = phrase<{ names: Text; lists: Text }>({
  en: 'nothing was overridden: {names} cannot be.\n\n{lists}',
  'zh-CN': '没有放行任何检查：{names} 不在可放行之列。\n\n{lists}',
});
const onHead = phrase<{ names: Text }>({
  en: '- not successful on the head: {names}',
  'zh-CN': '- 最新提交上未成功的：{names}',
});
const absent = phrase<{ names: Text }>({
  en: '- required and not there: {names}',
  'zh-CN': '- 必需但还没有的：{names}',
});
const rules = phrase<{ names: Text }>({
  en: '- rules of mine that fail: {names}',
  'zh-CN': '- 机器人未通过的规则：{names}',
});
const none = phrase({ en: 'none', 'zh-CN': '无' })();

const most = 20;
const named = (names: readonly string[]): Text =>
  names.length === 0 ? none : listed(names.slice(0, most).map((name) => code(name)));

/** What can be overridden. */
export interface Lists {
  readonly onHead: readonly string[];
  readonly absent: readonly string[];
  readonly rules: readonly string[];
}

const lists = (all: Lists): Text =>
  joined([
    onHead({ names: named(all.onHead) }),
    absent({ names: named(all.absent) }),
    ...(all.rules.length > 0 ? [rules({ names: named(all.rules) })] : []),
  ]);

export const sayWhat = (all: Lists): Text => needsNames({ usage, lists: lists(all) });
export const notThese = (names: readonly string[], all: Lists): Text =>
  unknown({ names: named(names), lists: lists(all) });

export const pinned = phrase<{ name: Quoted; app: number }>({
  en: 'nothing was overridden: protection takes {name} from App {app, number, ::group-off} alone, so GitHub would not count a word of mine. Somebody with the right can unpin it, or merge past it on GitHub',
  'zh-CN':
    '没有放行任何检查：分支保护只认 App {app, number, ::group-off} 给出的 {name}，机器人的结果 GitHub 不会采信。可由有权限的人取消这一限定，或直接在 GitHub 上合并',
});
export const nothingToCancel = phrase({ en: 'nothing is overridden here', 'zh-CN': '这里没有放行任何检查' })();
const notCancelled = phrase<{ names: Text; those: Text }>({
  en: '{names} is not overridden here; {those} is',
  'zh-CN': '{names} 没有被放行；已放行的是 {those}',
});
export const notOverridden = (names: readonly string[], all: readonly Override[]): Text =>
  notCancelled({ names: named(names), those: named(all.map(({ name }) => name)) });
