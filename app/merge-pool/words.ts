import { code } from '../quote.ts';
import { listed, phrase } from '../text.ts';
import type { Quoted, Text } from '../text.ts';
import type { Lack } from './green.ts';

const names = (all: readonly string[]) => listed(all.map((name) => code(name, 60)));
const one = (en: string, zh: string) => phrase({ en, 'zh-CN': zh })();

export const isMerged = one('it is merged', '已经合并');
export const isClosed = one('it is closed', '已经关闭');
export const queued = one('it is in the merge queue of GitHub', '已进入 GitHub 的合并队列');
export const goesFirst = phrase<{ pull: Quoted }>({
  en: 'it waits for {pull}, which goes first',
  'zh-CN': '等待 {pull} 先合并',
});
export const merging = phrase<{ method: Quoted }>({
  en: 'nothing is missing: I merge it ({method})',
  'zh-CN': '条件已满足，机器人会合并（{method}）',
});
export const enqueuing = one(
  'nothing is missing: I put it into the merge queue of GitHub',
  '条件已满足，机器人会放入 GitHub 的合并队列',
);
export const wouldMerge = phrase<{ mode: Quoted }>({
  en: 'nothing is missing, but with {mode} I merge nothing',
  'zh-CN': '条件已满足，但设为 {mode} 时机器人不合并',
});
export const left = phrase<{ count: number; things: Text }>({
  en: '{count, plural, one {one thing is} other {# things are}} left: {things}',
  'zh-CN': '还差 {count} 件：{things}',
});

export const who = {
  author: one('author', '作者'),
  reviewer: one('reviewers', '评审人'),
  maintainer: one('maintainers', '维护者'),
};
export const thing = phrase<{ who: Text; what: Text }>({ en: '{who} – {what}', 'zh-CN': '{who}：{what}' });

export const listedThings = (things: readonly Text[]): Text => ({
  en: things.map((one) => one.en).join('; '),
  'zh-CN': things.map((one) => one['zh-CN']).join('；'),
});

export const rulesBroken = one('repair the rules file', '修好规则文件');
export const rulesHeld = phrase<{ place: Quoted; message: Text }>({
  en: '{place}: {message}',
  'zh-CN': '{place}：{message}',
});
export const ignored = phrase<{ label: Quoted }>({
  en: 'I leave this alone while it carries {label}',
  'zh-CN': '带有 {label} 时机器人不处理',
});
export const isDraft = one('mark it as ready for review', '将草稿标记为可以评审');
export const rows = phrase<{ names: Text }>({ en: 'settle {names}', 'zh-CN': '处理 {names}' });
export const needLabels = phrase<{ names: Text }>({ en: 'put on {names}', 'zh-CN': '加上标签 {names}' });
export const holdLabels = phrase<{ names: Text }>({ en: 'take off {names}', 'zh-CN': '去掉标签 {names}' });
export const ownApproval = phrase<{ name: Quoted }>({
  en: 'the approval {name} is open; a label put on by hand is none',
  'zh-CN': '还没有 {name} 批准；手动加的标签不算',
});
export const noOwnApproval = phrase<{ name: Quoted; module: Quoted }>({
  en: '{name} asks for an approval that nobody can give me here: switch on {module} or take {name} out of the rules',
  'zh-CN': '规则要求 {name}，但这里没有人能向机器人给出这种批准：请打开 {module}，或从规则里去掉 {name}',
});
export const twoMethods = phrase<{ names: Text }>({
  en: 'leave one of {names} on',
  'zh-CN': '{names} 只能留一个',
});
export const badMethod = phrase<{ method: Quoted; allowed: Text }>({
  en: '{method} is switched off here; allowed: {allowed}',
  'zh-CN': '这里不能用 {method}，可用：{allowed}',
});
export const approvalsLeft = phrase<{ count: number }>({
  en: '{count, plural, one {one more approval} other {# more approvals}} of this version, by people with write',
  'zh-CN': '当前版本还需要有写权限的人给出 {count} 个批准',
});
export const changesAsked = phrase<{ people: Text }>({
  en: 'do what {people} asked for, who then approves',
  'zh-CN': '按 {people} 的要求修改，并请其重新批准',
});
export const unsureReviews = one(
  'I cannot see all reviews and commits here, so a person has to merge',
  '评审或提交太多，机器人无法全部核实，请人工合并',
);
export const conflicts = phrase<{ base: Quoted }>({
  en: 'resolve the conflicts with {base}',
  'zh-CN': '解决与 {base} 的冲突',
});
export const computing = one('GitHub is still working out whether it conflicts', 'GitHub 还在计算是否有冲突');
export const updating = phrase<{ base: Quoted }>({
  en: 'I bring the branch up to date with {base}; its checks run again then',
  'zh-CN': '机器人会把分支更新到最新的 {base}，之后检查会重新运行',
});
export const cannotUpdate = phrase<{ base: Quoted }>({
  en: 'bring the branch up to date with {base}; GitHub does not let me',
  'zh-CN': '把分支更新到最新的 {base}；GitHub 不允许机器人来做',
});
export const unknownBase = phrase<{ base: Quoted }>({
  en: 'whether the branch contains {base} is not known',
  'zh-CN': '还不清楚分支是否包含最新的 {base}',
});

export const lacks: Readonly<Record<Lack, (values: { names: Text }) => Text>> = {
  failing: phrase({ en: '{names} failed', 'zh-CN': '{names} 未通过' }),
  // Without names: the row would be another one whenever a job ends.
  running: () => one('checks are still running', '还有检查在运行'),
  missing: phrase({ en: '{names} has not reported yet', 'zh-CN': '{names} 还没有结果' }),
  'not-success': phrase({ en: '{names} was skipped but is needed', 'zh-CN': '{names} 被跳过，但它是必需的' }),
  'other-app': phrase({
    en: '{names} has to come from the App that protection names',
    'zh-CN': '{names} 必须来自分支保护指定的 App',
  }),
};
export const rerunning = phrase<{ names: Text; most: number }>({
  en: '{names} failed and runs again; one head gets that {most, plural, one {once} other {# times}} at most',
  'zh-CN': '{names} 未通过，正在重新运行；同一版本最多重新运行 {most} 次',
});
export const young = one(
  'no check has shown up yet; I wait two minutes after a push',
  '还没有检查出现，推送后等待两分钟',
);
export const unsureChecks = one('the checks of this version could not be read whole', '无法完整读取当前版本的检查');
export const unreadable = phrase<{ base: Quoted }>({
  en: 'what {base} requires cannot be read, so a person has to merge',
  'zh-CN': '无法读取 {base} 的合并要求，请人工合并',
});
export const blocked = phrase<{ base: Quoted }>({
  en: 'the protection of {base} wants more; GitHub lists it above the merge button',
  'zh-CN': '{base} 的分支保护还有其他要求，见合并按钮上方',
});
export const queueOff = one(
  'the merge queue of GitHub is on here: merge through it',
  '这里启用了 GitHub 合并队列，请通过队列合并',
);
export const sentBack = one(
  'the merge queue of GitHub sent this head back: push what mends it, or put it in again by hand',
  'GitHub 的合并队列退回了这个版本：请推送修复，或手动重新放入队列',
);
export const nobodyAsked = phrase<{ command: Quoted }>({
  en: 'say {command}',
  'zh-CN': '回复 {command}',
});
export const askedEarlier = phrase<{ command: Quoted }>({
  en: 'say {command} again, since the last one was about an earlier version',
  'zh-CN': '重新回复 {command}，上一次针对的是之前的版本',
});
export const cancelled = phrase<{ by: Quoted; command: Quoted }>({
  en: '{by} stopped the merge; {command} lets it go on',
  'zh-CN': '{by} 取消了合并，回复 {command} 可恢复',
});
export const frozen = phrase<{ until: Quoted }>({
  en: 'merges are frozen until {until}',
  'zh-CN': '合并冻结至 {until}',
});
export const frozenForGood = one('merges are frozen', '合并已冻结');
export const blockerIssues = phrase<{ issues: Text }>({
  en: 'close {issues}, which hold merges',
  'zh-CN': '先关闭 {issues}，它们暂停了合并',
});
export const manyBlockers = one('too many open issues hold merges', '暂停合并的 issue 太多');
export const refusedMerge = one(
  'GitHub refused my merge of this version; I try again tomorrow. Changes of workflow files need the right “Workflows”',
  'GitHub 拒绝了机器人合并当前版本，明天会再试。改动工作流文件需要 “Workflows” 权限',
);
export const unsureScope = one(
  'I cannot see all files, so I do not know whether the rules for merging apply',
  '文件太多，无法判断合并规则是否适用',
);

export const needsNobody = phrase<{ key: Quoted; fixes: Text }>({
  en: 'With {key} nobody has to agree to a merge. Ask for an approval: {fixes}. Until then nothing is merged.',
  'zh-CN': '{key} 的写法不需要任何人同意就会合并。请要求一种批准：{fixes}。在此之前不会合并。',
});
export const badCron = phrase<{ text: Quoted; example: Quoted }>({
  en: '{text} is no time to begin at. Write minute, hour, day, month and day of the week, such as {example}.',
  'zh-CN': '{text} 不是可用的开始时间。请写 分 时 日 月 星期，例如 {example}。',
});
export const badZone = phrase<{ text: Quoted; example: Quoted }>({
  en: '{text} is no time zone. Write one such as {example}.',
  'zh-CN': '{text} 不是时区，请写成 {example} 这样。',
});
export const badTemplate = phrase<{ values: Text }>({
  en: 'This template cannot be used: it takes the values {values} and filters, but no logic.',
  'zh-CN': '这个模板不可用：可以写 {values} 和过滤器，不能写逻辑。',
});

export { names };
