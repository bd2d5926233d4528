import { code, ours } from '../../quote.ts';
import { joined, listed, phrase } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';
import { spanInWords } from '../duration.ts';
import type { Duration } from '../duration.ts';
import { oneLine } from '../visible.ts';
import { seenOf } from '../markdown.ts';
import type { Missing } from './missing.ts';

const mostListed = 8;

export const exempt = phrase({ en: 'the author is exempt', 'zh-CN': '作者不受这条规则约束' })();
export const nothingAsked = phrase({ en: 'nothing to check here', 'zh-CN': '没有需要检查的内容' })();
export const complete = phrase({ en: 'nothing is missing', 'zh-CN': '内容齐全' })();

const nameOf = ({ kind, name }: Missing) => code(kind === 'marker' ? name : oneLine(seenOf(name)), 80);

function names(parts: readonly Missing[]): Text {
  const more = parts.length > mostListed ? [ours('…')] : [];
  return listed([...parts.slice(0, mostListed).map(nameOf), ...more]);
}

const lacking = phrase<{ names: Text }>({ en: 'missing: {names}', 'zh-CN': '还缺：{names}' });

export function because(missing: readonly Missing[]): Text {
  return lacking({ names: names(missing) });
}

const lines = {
  headings: phrase<{ count: number; names: Text }>({
    en: '{count, plural, one {One part is} other {# parts are}} missing: {names}.',
    'zh-CN': '还缺 {count} 处：{names}。',
  }),
  add: phrase<{ sample: Quoted }>({
    en: 'Write each under a heading of its name, like {sample}.',
    'zh-CN': '请各用一个同名标题，写在标题下面，例如 {sample}。',
  }),
  boxes: phrase<{ count: number; names: Text }>({
    en: '{count, plural, one {One box is} other {# boxes are}} still to tick: {names}.',
    'zh-CN': '还有 {count} 项待勾选：{names}。',
  }),
  addBox: phrase<{ sample: Quoted }>({
    en: 'A box that is gone comes back with a line like {sample}.',
    'zh-CN': '已被删掉的选项可以照这样补一行：{sample}。',
  }),
  marker: phrase<{ marker: Quoted }>({
    en: 'The text lacks the line of the issue form: {marker}. Add it, or open a new issue with the form.',
    'zh-CN': '正文缺少 issue 表单自带的这一行：{marker}。可以补上，也可以用表单新建一个 issue。',
  }),
} as const;

const thanks = phrase<{ first: Text }>({ en: 'Thanks for the report. {first}', 'zh-CN': '谢谢反馈！{first}' });

function whatIsMissing(missing: readonly Missing[]): Text[] {
  const of = (kind: Missing['kind']) => missing.filter((part) => part.kind === kind);
  const [headings, boxes, marker] = [of('heading'), of('box'), of('marker')];
  const texts: Text[] = marker.map((part) => lines.marker({ marker: nameOf(part) }));
  const [part, box] = [headings.find(({ there }) => !there), boxes.find(({ there }) => !there)];
  if (headings.length > 0) texts.push(lines.headings({ count: headings.length, names: names(headings) }));
  if (part) texts.push(lines.add({ sample: code(`### ${oneLine(seenOf(part.name))}`, 100) }));
  if (boxes.length > 0) texts.push(lines.boxes({ count: boxes.length, names: names(boxes) }));
  if (box) texts.push(lines.addBox({ sample: code(`- [ ] ${oneLine(box.name)}`, 200) }));
  return texts;
}

const edit = phrase({ en: 'Edit the text above and I recheck', 'zh-CN': '直接编辑正文即可，会自动复查' })();
const stays = phrase<{ edit: Text }>({ en: '{edit}.', 'zh-CN': '{edit}。' })({ edit });
// What follows is true in every mode: in `warn` nothing is closed.
const soon = phrase<{ edit: Text; span: Text }>({
  en: '{edit}; nothing closes for {span}. If it closes later, a complete text reopens it.',
  'zh-CN': '{edit}；{span}内都不会关闭，之后若被关闭，补全后也会自动重新打开。',
});
const later = phrase<{ edit: Text; span: Text; day: Quoted }>({
  en: '{edit}; nothing closes for {span} (until {day}). If it closes later, a complete text reopens it.',
  'zh-CN': '{edit}；{span}内（{day} 之前）都不会关闭，之后若被关闭，补全后也会自动重新打开。',
});
const closed = phrase<{ edit: Text }>({
  en: '{edit}. If the issue is closed by then, a complete text reopens it.',
  'zh-CN': '{edit}。如果已经关闭，补全后会自动重新打开。',
})({ edit });

/** What becomes of the issue: it stays `open`, it is `closed`, or it closes when `end` comes. */
export type Ahead = 'open' | 'closed' | { readonly grace: Duration; readonly end: string };

function next(ahead: Ahead): Text {
  if (ahead === 'open') return stays;
  if (ahead === 'closed') return closed;
  const span = spanInWords(ahead.grace);
  // An end within hours is not worth a date.
  if (!String(ahead.grace).endsWith('d')) return soon({ edit, span });
  return later({ edit, span, day: ours(ahead.end.slice(0, 10)) });
}

/** The section of the card: thanks, what is missing, and what happens when. */
export function fix(missing: readonly Missing[], ahead: Ahead): Text {
  const [first = complete, ...rest] = whatIsMissing(missing);
  return joined([thanks({ first }), ...rest, next(ahead)]);
}
