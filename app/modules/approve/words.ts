import { phrase } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';

export const given = phrase<{ people: Text }>({ en: 'approved by {people}', 'zh-CN': '{people} 已批准' });
export const nobodyNeeded = phrase({ en: 'no file asks for an approval', 'zh-CN': '没有文件需要批准' });
export const bySelf = phrase<{ person: Quoted }>({ en: '{person} (own files)', 'zh-CN': '{person}（自己负责的文件）' });
export const open = phrase<{ count: number; total: number; files: Text }>({
  en: '{count} of {total} {total, plural, one {file} other {files}} still {count, plural, one {needs} other {need}} an approval: {files}',
  'zh-CN': '{total} 个文件中还有 {count} 个需要批准：{files}',
});
export const ask = phrase<{ open: Text; people: Text }>({
  en: '{open}; `/approve` of {people} would be enough',
  'zh-CN': '{open}；只要 {people} 回复 `/approve` 即可',
});
export const ownedBy = phrase<{ path: Quoted; people: Text }>({
  en: '{path} ({people})',
  'zh-CN': '{path}（{people}）',
});
export const ownedByMore = phrase<{ path: Quoted; people: Text; more: number }>({
  en: '{path} ({people} or {more} more)',
  'zh-CN': '{path}（{people} 等，另有 {more} 人）',
});
export const anybody = phrase<{ level: Quoted }>({
  en: 'anyone with the {level} right',
  'zh-CN': '任何有 {level} 权限的人',
});
export const nobodyLeft = phrase<{ by: Quoted }>({
  en: 'nobody whom {by} names can approve it',
  'zh-CN': '{by} 里没有能批准它的人',
});
export const more = phrase<{ count: number }>({ en: '{count} more', 'zh-CN': '另有 {count} 个' });
export const broken = phrase<{ place: Quoted; message: Text; count: number }>({
  en: '{place}: {message}; until this is mended on the base branch {count, plural, one {one file} other {# files}} cannot be approved',
  'zh-CN': '{place}：{message}；在目标分支上修好之前，有 {count} 个文件无法批准',
});
export const noFiles = phrase({ en: 'there are no files to approve', 'zh-CN': '没有可批准的文件' })();
export const unsure = phrase({
  en: 'cannot verify: GitHub does not list everything that was changed, written or said here',
  'zh-CN': '无法核实：GitHub 没有列出这里的全部改动、提交或评审',
})();
export const noIssue = phrase({
  en: 'the text names no issue: write `#12`, or an approver says `/approve no-issue`',
  'zh-CN': '正文没有提到 issue：请写上 `#12`，或由批准人回复 `/approve no-issue`',
})();
export const ownPull = phrase({
  en: 'nobody can approve their own pull request here',
  'zh-CN': '这里不能批准自己的合并请求',
})();
export const ownCommits = phrase({
  en: 'you wrote a part of it, so somebody else has to approve it',
  'zh-CN': '其中有你写的提交，需要别人来批准',
})();
export const ownsNothing = phrase({
  en: 'you are an approver of none of the files that it touches',
  'zh-CN': '它改动的文件都不由你批准',
})();
