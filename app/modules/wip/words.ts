import { phrase } from '../../text.ts';
import type { Quoted } from '../../text.ts';

export const ready = phrase({ en: 'not marked as work in progress', 'zh-CN': '没有标记为进行中' })();
export const draft = phrase({ en: 'it is a draft', 'zh-CN': '这是草稿' })();
export const marked = phrase<{ word: Quoted }>({
  en: 'the title starts with {word}',
  'zh-CN': '标题以 {word} 开头',
});
