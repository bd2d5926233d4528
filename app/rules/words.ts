import { code } from '../quote.ts';
import type { Quoted, Text, Value } from '../text.ts';
import { listed, phrase, same } from '../text.ts';
import { nearest } from './nearest.ts';

/** Sentences after each other; Chinese needs no blank between them. */
export function sentences(...texts: readonly (Text | null)[]): Text {
  const said = texts.filter((text) => text !== null);
  return { en: said.map((text) => text.en).join(' '), 'zh-CN': said.map((text) => text['zh-CN']).join('') };
}

function inChinese(value: Quoted | Text): string {
  return 'markdown' in value ? value.markdown : value['zh-CN'];
}

function asText(value: Quoted | Text): Text {
  return 'markdown' in value ? same(value) : value;
}

/** A value after Chinese words, with the blank that sets code off from them. */
export function after(value: Quoted | Text): Text {
  const said = inChinese(value);
  return { ...asText(value), 'zh-CN': said.startsWith('`') ? ` ${said}` : said };
}

/** A value before Chinese words, with the blank that sets code off from them. */
export function before(value: Quoted | Text): Text {
  const said = inChinese(value);
  return { ...asText(value), 'zh-CN': said.endsWith('`') ? `${said} ` : said };
}

/** `a, b or c` */
export function either(items: readonly (Quoted | Text)[]): Text {
  const [last, ...rest] = items.filter((item, at) => items.indexOf(item) === at).reverse();
  const or = phrase<{ most: Value; last: Value }>({ en: '{most} or {last}', 'zh-CN': '{most}或{last}' });
  return last && rest.length > 0
    ? or({ most: before(listed(rest.reverse())), last: after(last) })
    : listed(last ? [last] : []);
}

const didYouMean = phrase<{ near: Value }>({ en: 'Did you mean {near}?', 'zh-CN': '是想写 {near} 吗？' });
const allowedAre = phrase<{ names: Value }>({ en: 'Allowed: {names}.', 'zh-CN': '可以写：{names}。' });
const mostShown = 30;

/** What a person may have meant; null when nothing comes close. */
export function guess(word: string, names: readonly string[]): Text | null {
  const near = nearest(word, names);
  return near === null ? null : didYouMean({ near: code(near) });
}

/** What a person may have meant, and what could stand there. */
export function choices(word: string, names: readonly string[]): Text {
  const shown = names.slice(0, mostShown).map((name) => code(name));
  const more = names.length > mostShown ? [{ markdown: '…' }] : [];
  return sentences(guess(word, names), names.length === 0 ? null : allowedAre({ names: listed([...shown, ...more]) }));
}

/** Everything the reader of rules says, but for what YAML itself refuses. */
export const words = {
  unknownKey: phrase<{ word: Value; where: Value }>({
    en: '{where} has no key {word}.',
    'zh-CN': '{where}里没有 {word} 这个键。',
  }),
  noExtends: phrase<{ key: Value }>({
    en: '{key} cannot stand in the operator’s file, which belongs to no repository. Write the rules out here.',
    'zh-CN': '服务器上的规则文件不属于任何仓库，不能写 {key}。请把规则直接写在这里。',
  }),
  noKey: phrase<{ word: Value }>({ en: 'No key can be called {word}.', 'zh-CN': '键不能叫 {word}。' }),
  theFile: phrase({ en: 'A rules file', 'zh-CN': '规则文件' }),
  section: phrase<{ name: Value }>({ en: 'The section {name}', 'zh-CN': '{name}这一节' }),
  unknownValue: phrase<{ word: Value; key: Value }>({
    en: '{word} is no value that {key} knows.',
    'zh-CN': '{word} 不是 {key} 的可用值。',
  }),
  takes: phrase<{ key: Value; accepts: Value; got: Value }>({
    en: '{key} takes {accepts}, not {got}.',
    'zh-CN': '{key}要写{accepts}，不能写{got}。',
  }),
  item: phrase<{ key: Value }>({ en: 'An item of {key}', 'zh-CN': '{key} 的每一项' }),
  missing: phrase<{ key: Value; accepts: Value }>({
    en: '{key} is missing. Write {accepts}.',
    'zh-CN': '缺少 {key}，要写{accepts}。',
  }),
  notAllowed: phrase<{ key: Value; got: Value }>({
    en: '{key} cannot be {got}.',
    'zh-CN': '{key}不能写{got}。',
  }),
  atLeast: phrase<{ key: Value; limit: number; got: Value }>({
    en: '{key} must be at least {limit, number}, not {got}.',
    'zh-CN': '{key}至少为 {limit, number}，不能写{got}。',
  }),
  atMost: phrase<{ key: Value; limit: number; got: Value }>({
    en: '{key} must be at most {limit, number}, not {got}.',
    'zh-CN': '{key}最多为 {limit, number}，不能写{got}。',
  }),
  lettersAtLeast: phrase<{ key: Value; limit: number }>({
    en: '{key} needs at least {limit, plural, one {one character} other {# characters}}.',
    'zh-CN': '{key}至少要有 {limit, number} 个字符。',
  }),
  lettersAtMost: phrase<{ key: Value; limit: number }>({
    en: '{key} may have {limit, plural, one {one character} other {# characters}} at most.',
    'zh-CN': '{key}最多 {limit, number} 个字符。',
  }),
  itemsAtLeast: phrase<{ key: Value; limit: number }>({
    en: '{key} needs at least {limit, plural, one {one item} other {# items}}.',
    'zh-CN': '{key}至少要有 {limit, number} 项。',
  }),
  itemsAtMost: phrase<{ key: Value; limit: number }>({
    en: '{key} may have {limit, plural, one {one item} other {# items}} at most.',
    'zh-CN': '{key}最多 {limit, number} 项。',
  }),
  quoteIt: phrase<{ quoted: Value }>({ en: 'Put it in quotes: {quoted}.', 'zh-CN': '加上引号即可：{quoted}。' }),
  listIt: phrase<{ list: Value }>({ en: 'Write it as a list: {list}.', 'zh-CN': '写成列表即可：{list}。' }),
  like: phrase<{ examples: Value }>({ en: 'text like {examples}', 'zh-CN': '形如 {examples} 的文字' }),
  badPattern: phrase<{ pattern: Value; reason: Value }>({
    en: '{pattern} is no pattern of RE2 ({reason}). Its syntax is at https://github.com/google/re2/wiki/Syntax.',
    'zh-CN': '{pattern} 不是可用的 RE2 正则（{reason}）。语法见 https://github.com/google/re2/wiki/Syntax 。',
  }),
  badTemplate: phrase<{ reason: Value }>({
    en: 'This template cannot be read ({reason}). Its syntax is at https://liquidjs.com/tutorials/intro-to-liquid.html.',
    'zh-CN': '模板无法识别（{reason}）。语法见 https://liquidjs.com/zh-cn/tutorials/intro-to-liquid.html 。',
  }),
  noLookAround: phrase({
    en: 'RE2 has no look-around and no back-references.',
    'zh-CN': 'RE2 不支持前后查找和反向引用。',
  }),
  tooMany: phrase<{ limit: number }>({
    en: 'A rules file may hold {limit, number} patterns; leave this one out, or put several into one.',
    'zh-CN': '一份规则最多 {limit, number} 个匹配式，请去掉这个或合并几个。',
  }),
  badWho: phrase<{ word: Value; examples: Value }>({
    en: '{word} names nobody. Write a level, a login or a team, for example {examples}.',
    'zh-CN': '{word} 不代表任何人。请写权限级别、用户名或团队，例如 {examples}。',
  }),
  writeMode: phrase<{ mode: Value }>({ en: 'Write {mode} for that.', 'zh-CN': '要这样，请写 {mode}。' }),
  locked: phrase<{ key: Value; file: Value; line: number }>({
    en: '{key} is locked by {file}:{line, number, :: group-off}; the value here is ignored.',
    'zh-CN': '{key} 已被 {file}:{line, number, :: group-off} 锁定，这里写的值不起作用。',
  }),
  stillOff: phrase<{ key: Value; file: Value; line: number; on: Value }>({
    en: '{key} stays off, because {file}:{line, number, :: group-off} says so. To switch it on, add {on} to the section.',
    'zh-CN': '{key} 仍是关闭的，因为 {file}:{line, number, :: group-off} 关了它。要打开，请在这一节写上 {on}。',
  }),
  about: phrase<{ about: Value }>({ en: '{about}.', 'zh-CN': '{about}。' }),
  more: phrase<{ count: number }>({
    en: 'There are {count, plural, one {one more fault} other {# more faults}} further down; they show once these are fixed.',
    'zh-CN': '后面还有 {count, number} 处问题，修好前面的就会列出。',
  }),
};

/** Kinds of value as they are named in a sentence. */
export const kinds = {
  text: { en: 'text', 'zh-CN': '文字' },
  number: { en: 'a number', 'zh-CN': '数字' },
  whole: { en: 'a whole number', 'zh-CN': '整数' },
  list: { en: 'a list', 'zh-CN': '列表' },
  map: { en: 'a map of keys and values', 'zh-CN': '键值映射' },
  nothing: { en: 'nothing', 'zh-CN': '空值' },
  form: { en: 'text of a certain form', 'zh-CN': '特定格式的文字' },
  other: { en: 'another value', 'zh-CN': '别的值' },
} as const satisfies Record<string, Text>;

export const listOf = phrase<{ items: Value }>({ en: 'a list of {items}', 'zh-CN': '列表（每项为{items}）' });
export const numberWord = phrase<{ word: Value }>({ en: 'the number {word}', 'zh-CN': '数字 {word}' });
