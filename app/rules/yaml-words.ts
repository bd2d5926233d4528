import type { Text, Value } from '../text.ts';
import { phrase } from '../text.ts';

/** What a rules file may not hold although YAML allows it. */
export const refused = {
  size: phrase<{ limit: number }>({
    en: 'This file is too large: rules may have {limit, number} bytes.',
    'zh-CN': '文件太大：规则最多 {limit, number} 字节。',
  }),
  characters: phrase({
    en: 'A character here cannot be read. Save the file as UTF-8 and take out control characters.',
    'zh-CN': '这里有无法识别的字符。请把文件存为 UTF-8，并去掉控制字符。',
  }),
  depth: phrase<{ limit: number }>({
    en: 'This is nested too deeply: rules may have {limit, number} levels.',
    'zh-CN': '嵌套太深：规则最多 {limit, number} 层。',
  }),
  anchor: phrase<{ word: Value }>({
    en: '{word} is an anchor or an alias; rules cannot use them. Write the value out where it is needed, or put it in quotes if it is text.',
    'zh-CN': '{word} 是锚点或别名，规则里不能用。请在需要的地方写出内容；如果是文字，请加引号。',
  }),
  tag: phrase<{ word: Value }>({
    en: '{word} is a tag; rules cannot use them. Take it out, or put the text in quotes.',
    'zh-CN': '{word} 是标签（tag），规则里不能用。请去掉；如果是文字，请加引号。',
  }),
  directive: phrase<{ word: Value }>({
    en: '{word} is a directive; rules cannot use them. Take out this line.',
    'zh-CN': '{word} 是指令，规则里不能用。请删掉这一行。',
  }),
  mergeKey: phrase({
    en: 'Merge keys (`<<`) do not work in rules. Write the keys out.',
    'zh-CN': '规则里不能用合并键（`<<`），请把各个键写出来。',
  }),
  documents: phrase({
    en: 'A second document starts here; a rules file is one. Take out the line `---`.',
    'zh-CN': '从这里开始是第二份文档，而规则文件只能有一份。请删掉 `---` 这一行。',
  }),
  top: phrase({
    en: 'A rules file is a map: a key, a colon and a value on each line, such as `pr-title: true`.',
    'zh-CN': '规则文件应是键值映射：每行一个键、一个冒号和一个值，例如 `pr-title: true`。',
  }),
  key: phrase({
    en: 'A key must be a word or quoted text, such as `pr-title`.',
    'zh-CN': '键必须是单词或带引号的文字，例如 `pr-title`。',
  }),
  twice: phrase<{ word: Value; line: number }>({
    en: '{word} stands here a second time; the first is on line {line, number, :: group-off}. Keep one of them.',
    'zh-CN': '{word} 在这里重复了，第一次写在第 {line, number, :: group-off} 行。请只留一个。',
  }),
};

const indent = {
  en: 'The indentation does not fit. Keys of one level start in the same column, with blanks and not tabs.',
  'zh-CN': '缩进不对。同一层的键要从同一列开始，用空格而不是制表符。',
};
const unclosed = {
  en: 'Something is not closed, or a colon or comma is missing here: look at quotes, brackets and braces.',
  'zh-CN': '这里有没闭合的内容，或少了冒号、逗号：请检查引号、方括号和花括号。',
};
const inline = {
  en: 'A value cannot start like this here. Put the text in quotes, or the block on its own, indented lines.',
  'zh-CN': '这里不能这样开始一个值。请给文字加引号，或把这一块另起行并缩进。',
};

const faults: Readonly<Record<string, Text>> = {
  BAD_INDENT: indent,
  TAB_AS_INDENT: indent,
  MISSING_CHAR: unclosed,
  BLOCK_IN_FLOW: inline,
  BLOCK_AS_IMPLICIT_KEY: inline,
  BAD_SCALAR_START: {
    en: 'Text cannot start with this character. Put it in quotes.',
    'zh-CN': '文字不能以这个字符开头，请加上引号。',
  },
  BAD_DQ_ESCAPE: {
    en: 'This escape is unknown in double quotes. Use single quotes, or write `\\\\` for a backslash.',
    'zh-CN': '双引号里没有这种转义。请改用单引号，或用 `\\\\` 表示反斜杠。',
  },
  MULTILINE_IMPLICIT_KEY: {
    en: 'A key must end on its line. Is a colon missing, or a quote not closed?',
    'zh-CN': '键要写在一行内。是不是少了冒号，或引号没有闭合？',
  },
  KEY_OVER_1024_CHARS: { en: 'A key is too long; is a quote not closed?', 'zh-CN': '键太长了，是不是引号没有闭合？' },
};
const unexpected = {
  en: 'YAML does not expect this here. Look at the indentation, or put the text in quotes.',
  'zh-CN': 'YAML 在这里不该出现这个。请检查缩进，或给文字加上引号。',
};

/** What to do about an error of the `yaml` package, by its code. */
export function yamlFault(code: string): Text {
  return (Object.hasOwn(faults, code) && faults[code]) || unexpected;
}
