import { code } from '../../quote.ts';
import { joined, listed, phrase } from '../../text.ts';
import type { Text } from '../../text.ts';
import { keptByOthers } from '../label-keepers.ts';

export const nothing = phrase({ en: 'every family has its label', 'zh-CN': '各类标签都有' })();
export const missing = phrase<{ labels: Text }>({
  en: 'no label yet of {labels}',
  'zh-CN': '还缺这些类别的标签：{labels}',
});
const there = phrase<{ labels: Text }>({ en: 'there is no label {labels}', 'zh-CN': '没有标签 {labels}' });
const meant = phrase<{ labels: Text }>({ en: 'did you mean {labels}?', 'zh-CN': '是想用 {labels} 吗？' });
const barred = phrase<{ labels: Text; allowed: Text }>({
  en: '{labels} cannot be set here; these can: {allowed}',
  'zh-CN': '这里不能设置 {labels}，可以用的有：{allowed}',
});
const noneAllowed = phrase<{ labels: Text }>({
  en: '{labels} cannot be set by command; a maintainer lists such labels in `labels.extra`',
  'zh-CN': '不能用指令设置 {labels}；维护者可以在 `labels.extra` 里列出可用的标签',
});
const notOn = phrase<{ labels: Text }>({ en: '{labels} is not on it', 'zh-CN': '这里没有标签 {labels}' });
const oneOnly = phrase<{ labels: Text }>({
  en: 'only one of {labels} can be on at a time; name one',
  'zh-CN': '{labels} 只能有一个，请只写一个',
});

const codes = (names: readonly string[]) => listed(names.map((name) => code(name, 60)));
const mostShown = 10;

/** What could not be done, by reason. */
export interface Failures {
  readonly unknown: readonly string[];
  /** What the unknown ones may have meant. */
  readonly near: readonly string[];
  readonly barred: readonly string[];
  readonly allowed: readonly string[];
  readonly absent: readonly string[];
  readonly rivals: readonly string[];
  /** They are for other people to change. */
  readonly kept: readonly string[];
}

/** One line about everything that could not be done; null where all could. */
export function failed({ unknown, near, barred: bad, allowed, absent, rivals, kept }: Failures): Text | null {
  const parts: Text[] = [];
  if (unknown.length > 0) parts.push(there({ labels: codes(unknown) }));
  if (near.length > 0) parts.push(meant({ labels: codes(near) }));
  if (bad.length > 0 && allowed.length === 0) parts.push(noneAllowed({ labels: codes(bad) }));
  else if (bad.length > 0) parts.push(barred({ labels: codes(bad), allowed: codes(allowed.slice(0, mostShown)) }));
  if (absent.length > 0) parts.push(notOn({ labels: codes(absent) }));
  if (rivals.length > 0) parts.push(oneOnly({ labels: codes(rivals) }));
  if (kept.length > 0) parts.push(keptByOthers({ labels: codes(kept) }));
  return parts.length === 0 ? null : joined(parts, '; ');
}
