import type { VNode } from 'preact';
import type { Language } from '../text.ts';
import { html } from './page.ts';
import { foreign } from './prose.ts';

/** What the engine, the door and the queue note down in English, and how it is said in Chinese. `$1` is what the pattern caught. */
const chinese: readonly (readonly [RegExp, string])[] = [
  [/^considered$/, '已判断'],
  [/^no fact that a rule looks at has changed$/, '规则关注的事实都没有变化'],
  [/^no rule looks at this$/, '没有规则关注这里'],
  [/^no rule looks at tags$/, '没有规则关注标签（tag）'],
  [/^no rule looks at this (\S+) event$/, '没有规则关注 $1 事件'],
  [/^the payload names no repository$/, '内容里没有仓库'],
  [/^foreign: it was sent for another App$/, '发给另一个 App 的'],
  [/^this push of a tag was answered before$/, '这次标签推送已经处理过'],
  [/^our own check$/, '机器人自己写的检查'],
  [/^passed on to (\d+) pull requests$/, '已转给 $1 个合并请求'],
  [
    /^the rules changed: (\d+) open threads are decided anew, and (\d+) repositories that build upon it$/,
    '规则有变：重新判断 $1 个打开的帖子，以及引用它的 $2 个仓库',
  ],
  [/^the rules changed: (\d+) open threads are decided anew$/, '规则有变：重新判断 $1 个打开的帖子'],
  [/^folded into (\S+)$/, '内容相同，并入 $1'],
  [/^broken off: ([^]*)$/, '中断：$1'],
  [/^gone: ([^]*)$/, '已不存在：$1'],
  [/^forbidden: ([^]*)$/, '没有权限：$1'],
];

/** A noted reason in the reader's language; what has no Chinese yet is marked as English. */
export function reason(text: string, language: Language): VNode {
  if (language === 'en') return foreign(text, language);
  const found = chinese.find(([pattern]) => pattern.test(text));
  return found ? html`<span>${text.replace(found[0], found[1])}</span>` : foreign(text, language);
}

/** In Chinese, and in English where what was noted down is not meant to be read. */
const deeds: readonly (readonly [RegExp, string, string?])[] = [
  [/^create label ([^]*)$/, '新建标签 $1'],
  [/^add label ([^]*)$/, '加上标签 $1'],
  [/^remove label ([^]*)$/, '去掉标签 $1'],
  [/^change the title$/, '修改标题'],
  [/^clear the milestone$/, '清除里程碑'],
  [/^set milestone ([^]*)$/, '设置里程碑 $1'],
  [/^write ([\w-]+)$/, '发表评论（$1）'],
  [/^edit ([\w-]+)$/, '修改评论（$1）'],
  [/^minimise ([\w-]+)$/, '折叠评论（$1）'],
  [/^bring back ([\w-]+)$/, '展开评论（$1）'],
  [/^say [\w-]+$/, '发表评论', 'write a comment'],
  [/^react rocket$/, '回应 🚀', 'react with 🚀'],
  [/^react -1$/, '回应 👎', 'react with 👎'],
  [/^react confused$/, '回应 😕', 'react with 😕'],
  [/^react eyes$/, '回应 👀', 'react with 👀'],
  [/^assign ([^]*)$/, '指派 $1'],
  [/^unassign ([^]*)$/, '取消指派 $1'],
  [/^request review of ([^]*)$/, '请 $1 评审'],
  [/^withdraw review of ([^]*)$/, '撤回对 $1 的评审请求'],
  [/^check ([^]*): (\w+)$/, '写检查 $1：$2'],
  [/^status ([^]*): (\w+)$/, '写状态 $1：$2'],
  [/^reopen$/, '重新打开'],
  [/^close as (\w+)$/, '关闭（$1）'],
  [/^merge by (\w+) (\w+)$/, '以 $1 方式合并 $2'],
  [/^merge (\w+)$/, '合并 $1'],
  [/^bring (\w+) up to date$/, '把 $1 更新到最新'],
  [/^put (\w+) into the merge queue$/, '把 $1 放进合并队列'],
  [/^take (\w+) out of the merge queue$/, '把 $1 移出合并队列'],
  [/^let workflow run (\d+) start$/, '允许工作流运行 $1 开始'],
  [/^run the failed jobs of (\d+) again$/, '重跑 $1 中失败的任务'],
  [/^run (\S+) (\d+) again$/, '重跑 $1 $2'],
  [/^stand-in ([^]*): (\w+)$/, '代写检查 $1：$2'],
  [/^delete branch ([^]*)$/, '删除分支 $1'],
  [/^pick to ([^]*)$/, '拣选到 $1'],
  [/^publish release ([^]*)$/, '发布版本 $1'],
  [/^draft release ([^]*)$/, '起草版本 $1'],
];

/** What one change does, in the reader's language. */
export function deedName(says: string, language: Language): VNode {
  const [pattern, chinese, english] = deeds.find(([pattern]) => pattern.test(says)) ?? [];
  const told = language === 'en' ? english : chinese;
  return pattern && told !== undefined ? html`<span>${says.replace(pattern, told)}</span>` : foreign(says, language);
}
