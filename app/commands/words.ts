import { phrase } from '../text.ts';
import type { Quoted, Text } from '../text.ts';

/** What the bot answers to commands. */

export const notAllowed = phrase<{ command: Quoted; who: Text }>({
  en: '{command} is for {who}',
  'zh-CN': '{command} 只有{who}可以使用',
});
export const notChecked = phrase<{ command: Quoted }>({
  en: 'GitHub did not tell me what you may do here, so I did not carry out {command}; please try again later',
  'zh-CN': 'GitHub 没有告诉我你的权限，所以没有执行 {command}，请稍后再试',
});
export const notUnderstood = phrase<{ written: Quoted; usage: Text }>({
  en: 'I did not understand {written}. Write it as {usage}',
  'zh-CN': '没有看懂 {written}，写法是 {usage}',
});
export const didYouMean = phrase<{ written: Quoted; nearest: Quoted }>({
  en: 'There is no {written}. Did you mean {nearest}?',
  'zh-CN': '没有 {written}，是想用 {nearest} 吗？',
});
export const notHere = phrase<{ command: Quoted }>({
  en: '{command} is switched on, but not for this: the rules leave it out',
  'zh-CN': '{command} 已启用，但规则没有把这里包括在内',
});
export const rulesBroken = phrase<{ command: Quoted }>({
  en: 'The rules file is broken, and until it is repaired I close nothing; please repeat {command} then',
  'zh-CN': '规则文件有误，修好之前机器人不会关闭任何东西。修好后请重新发送 {command}',
});
export const onlyOnIssues = phrase<{ command: Quoted }>({
  en: '{command} works on issues only',
  'zh-CN': '{command} 只能用在 issue 上',
});
export const onlyOnPulls = phrase<{ command: Quoted }>({
  en: '{command} works on pull requests only',
  'zh-CN': '{command} 只能用在合并请求上',
});
export const closedAlready = phrase<{ command: Quoted }>({
  en: '{command} has no effect any more, since this is closed',
  'zh-CN': '这里已经关闭，{command} 不再起作用',
});
export const silenced = phrase<{ command: Quoted; label: Quoted }>({
  en: '{command} has no effect while {label} is on',
  'zh-CN': '有 {label} 标签时，{command} 不起作用',
});
export const expired = phrase<{ command: Quoted }>({
  en: 'I saw {command} more than a day late, so I did not carry it out. Please repeat it if you still want it',
  'zh-CN': '{command} 过了一天多才收到，所以没有执行。如果仍然需要，请再发一次',
});
export const headInDoubt = phrase<{ command: Quoted; repeat: Quoted }>({
  en: 'The head changed about when you wrote {command}, so I cannot know which one you looked at. If it is this one, write {repeat}',
  'zh-CN': '你写 {command} 的前后提交有更新，无法确定你看的是哪个版本。如果就是当前版本，请写 {repeat}',
});
export const headMoved = phrase<{ repeat: Quoted }>({
  en: 'Your review is of another commit than the present head. If you mean the head, write {repeat}',
  'zh-CN': '你评审的提交不是当前的最新提交。如果指的是当前版本，请写 {repeat}',
});
export const otherHead = phrase<{ given: Quoted; head: Quoted }>({
  en: '{given} is not the head any more; it is {head} now',
  'zh-CN': '{given} 已不是最新提交，现在是 {head}',
});
export const brokeOn = phrase<{ command: Quoted; report: Quoted }>({
  en: 'Something broke on my side with {command} (ref {report}); please try again later',
  'zh-CN': '执行 {command} 时机器人这边出了点问题（编号 {report}），请稍后再试',
});
export const gitHubRefused = phrase<{ command: Quoted; reason: Quoted }>({
  en: 'GitHub refused {command}: {reason}',
  'zh-CN': 'GitHub 拒绝了 {command}：{reason}',
});
