import type { Quoted, Text } from '../text.ts';
import { phrase } from '../text.ts';

/** What the engine itself says. */

export const allPass = phrase({ en: 'All rules pass', 'zh-CN': '全部规则通过' });
export const nothingApplies = phrase({ en: 'No rule applies here', 'zh-CN': '没有适用的规则' });
export const severalLeft = phrase<{ count: number; modules: Text }>({
  en: '{count} rules need attention: {modules}',
  'zh-CN': '有 {count} 条规则需要处理：{modules}',
});
export const oneLeft = phrase<{ module: Quoted; because: Text }>({
  en: '{module}: {because}',
  'zh-CN': '{module}：{because}',
});

export const tableHead = phrase({
  en: '| rule | verdict | why | who can act |\n| --- | --- | --- | --- |',
  'zh-CN': '| 规则 | 结论 | 原因 | 谁来处理 |\n| --- | --- | --- | --- |',
});
export const people = {
  author: phrase({ en: 'author', 'zh-CN': '作者' })(),
  reviewer: phrase({ en: 'reviewer', 'zh-CN': '评审人' })(),
  maintainer: phrase({ en: 'maintainer', 'zh-CN': '维护者' })(),
  bot: phrase({ en: 'the bot', 'zh-CN': '机器人' })(),
  nobody: phrase({ en: '–', 'zh-CN': '–' })(),
};

export const waitsFor = phrase({ en: 'The merge waits for:', 'zh-CN': '合并前还需要：' });

export const warning = phrase<{ place: Quoted; message: Text }>({
  en: '- {place} (ignored): {message}',
  'zh-CN': '- {place}（已忽略）：{message}',
});

export const brokeHere = phrase<{ report: Quoted }>({
  en: 'Something broke on my side (ref {report}). I retry by myself; until this rule works again the check does not pass.',
  'zh-CN': '机器人这边出了点问题，已记录（编号 {report}）。机器人会自动重试；这条规则恢复之前检查不会通过。',
});

export const refusedAgain = phrase<{ what: Quoted; report: Quoted }>({
  en: 'GitHub refuses {what} again and again although nothing I can read speaks against it, so I set it aside (ref {report}). That is ours to fix; I try again within the hour.',
  'zh-CN':
    'GitHub 一再拒绝 {what}，但机器人看不出原因，已先搁置并记录（编号 {report}）。这要由机器人这边解决；一小时内会再试。',
});

export const modulesDisagree = phrase<{ what: Quoted; modules: Text }>({
  en: 'The rules {modules} want opposite things of {what}, so I do neither. A maintainer can change one of them.',
  'zh-CN': '规则 {modules} 对 {what} 的要求相反，所以两边都没有执行。请维护者调整其中一条。',
});

export const rulesBroken = phrase<{ place: Quoted; message: Text; more: number }>({
  en: '{place}: {message}{more, plural, =0 {} one { And # more fault.} other { And # more faults.}} Until it is fixed the rules before it judge, and I merge, close and approve nothing.',
  'zh-CN':
    '{place}：{message}{more, plural, =0 {} other {另有 # 处错误。}}修好之前按之前的规则检查，机器人不会合并、关闭或批准。',
});

export const proposedFault = phrase<{ place: Quoted; message: Text; more: number }>({
  en: '{place}: {message}{more, plural, =0 {} one { And # more fault.} other { And # more faults.}}',
  'zh-CN': '{place}：{message}{more, plural, =0 {} other {另有 # 处错误。}}',
});

export const proposedFine = phrase({
  en: 'The rules file in this pull request has no faults. It judges once it is on the default branch.',
  'zh-CN': '这个合并请求里的规则文件没有错误，合入默认分支后生效。',
});

export const unreadableRules = phrase<{ file: Quoted }>({
  en: '{file} is not an ordinary text file of at most 64 KB (a link, a folder, binary or too large). Replace it with a plain YAML file.',
  'zh-CN': '{file} 不是 64 KB 以内的普通文本文件（可能是链接、目录、二进制或过大）。请换成普通的 YAML 文件。',
});

export const otherLanguage = { en: 'English', 'zh-CN': '中文' } as const;
