import { code } from '../../quote.ts';
import { joined, listed, phrase } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';

export const acts = phrase({ en: 'it acts on commands only', 'zh-CN': '只响应指令' })();
const unassignable = phrase<{ names: Text }>({
  en: '{names} cannot be assigned here: GitHub takes people with access and those who commented',
  'zh-CN': '{names} 不能被指派：GitHub 只接受有权限的人和评论过的人',
});
const unaskable = phrase<{ names: Text }>({
  en: '{names} cannot be asked to review here: GitHub takes people and teams with access',
  'zh-CN': '不能请 {names} 评审：GitHub 只接受有权限的人和团队',
});
const tooMany = phrase<{ names: Text; most: number }>({
  en: '{names} did not fit: at most {most} people can be assigned',
  'zh-CN': '{names} 没有加上：最多指派 {most} 人',
});
const author = phrase<{ name: Quoted }>({
  en: '{name} is the author and cannot be asked to review their own',
  'zh-CN': '{name} 是作者，不能评审自己的合并请求',
});

const codes = (names: readonly string[]) => listed(names.map((name) => code(name, 60)));

export interface Failures {
  readonly unassignable?: readonly string[];
  readonly unaskable?: readonly string[];
  readonly tooMany?: readonly string[];
  readonly most?: number;
  readonly author?: string | null;
}

/** One line about everybody for whom it could not be done; null where it could for all. */
export function failed(failures: Failures): Text | null {
  const { unassignable: a = [], unaskable: b = [], tooMany: c = [], most = 0 } = failures;
  const parts = [
    ...(a.length > 0 ? [unassignable({ names: codes(a) })] : []),
    ...(b.length > 0 ? [unaskable({ names: codes(b) })] : []),
    ...(c.length > 0 ? [tooMany({ names: codes(c), most })] : []),
    ...(failures.author == null ? [] : [author({ name: code(failures.author, 60) })]),
  ];
  return parts.length === 0 ? null : joined(parts, '; ');
}
