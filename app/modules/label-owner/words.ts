import { code, mention } from '../../quote.ts';
import { listed, phrase } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';

export const nothing = phrase({ en: 'no label to look after', 'zh-CN': '没有要照看的标签' })();
export const acted = phrase<{ count: number }>({
  en: '{count, plural, one {one thing} other {# things}} to do for labels',
  'zh-CN': '标签方面有 {count} 件事要做',
});

const only = phrase<{ person: Quoted; label: Quoted; who: Text }>({
  en: '{person}, the label {label} is put on and taken off by {who} only. If it should change, ask one of them here.',
  'zh-CN': '{person}，标签 {label} 只由 {who} 添加和移除。如果需要调整，请在这里联系他们。',
});

const mostNamed = 5;

/** To somebody who changed a label that others keep; true whether the change is put back or only spoken of. */
export function keepersOnly(login: string, label: string, who: readonly string[]): Text {
  const names = who.slice(0, mostNamed).map((entry) => code(entry, 60));
  return only({ person: mention(login), label: code(label, 60), who: listed(names) });
}
