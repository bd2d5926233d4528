import { phrase } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';

export const nothing = phrase({ en: 'no rule asks for a label here', 'zh-CN': '没有规则要求这里有标签' })();
export const closed = phrase({ en: 'it is not open any more', 'zh-CN': '已经关闭' })();
export const complete = phrase({ en: 'every label that rules ask for is there', 'zh-CN': '规则要求的标签都有' })();
export const missing = phrase<{ patterns: Text }>({
  en: 'no label matches {patterns}',
  'zh-CN': '没有标签匹配 {patterns}',
});
export const faulty = phrase<{ pattern: Quoted }>({
  en: 'the pattern {pattern} cannot be used',
  'zh-CN': '表达式 {pattern} 不能用',
});
export const fix = phrase<{ pattern: Quoted; label: Quoted }>({
  en: 'Put on a label that matches {pattern}; {label} goes by itself then.',
  'zh-CN': '请加上一个匹配 {pattern} 的标签，{label} 会自动去掉。',
});
