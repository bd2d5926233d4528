import { code } from '../../quote.ts';
import { phrase } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';

export const notMatched = phrase<{ tags: Quoted }>({
  en: 'the tag does not match {tags}',
  'zh-CN': '这个标签（tag）不符合 {tags}',
});
export const noVersion = phrase({
  en: 'the name of the tag ends in no version such as 1.2.3, so nothing tells which tag came before it',
  'zh-CN': '标签（tag）名称末尾不是 1.2.3 这样的版本号，无法判断前一个版本',
})();
export const noCommit = phrase({
  en: 'the tag leads to no commit',
  'zh-CN': '这个标签（tag）没有指向提交',
})();
export const preview = phrase({
  en: 'the tag is a prerelease, and `prereleases` is off',
  'zh-CN': '这是预发布版本，而 `prereleases` 未开启',
})();
export const there = {
  published: phrase({ en: 'the tag has a release already', 'zh-CN': '这个标签（tag）已有发布' })(),
  draft: phrase({ en: 'the tag has a draft of a release already', 'zh-CN': '这个标签（tag）已有发布草稿' })(),
};

export const sinceTag = phrase<{ count: number; tag: Quoted }>({
  en: 'notes of {count, plural, one {# commit} other {# commits}} since {tag}',
  'zh-CN': '自 {tag} 以来 {count} 个提交的说明',
});
export const fromStart = phrase<{ count: number }>({
  en: 'notes of everything so far, {count, plural, one {# commit} other {# commits}}',
  'zh-CN': '迄今全部 {count} 个提交的说明',
});

const shipped: Readonly<Record<string, Text>> = {
  Features: { en: 'Features', 'zh-CN': '新功能' },
  Fixes: { en: 'Fixes', 'zh-CN': '问题修复' },
  Documentation: { en: 'Documentation', 'zh-CN': '文档' },
};

/** The titles this module comes with speak every language; what a maintainer wrote stays as it is. */
export function sectionTitle(title: string, shown: Quoted): Text {
  const known = Object.hasOwn(shipped, title) ? shipped[title] : undefined;
  return known ?? { en: shown.markdown, 'zh-CN': shown.markdown };
}

export const breakingTitle = phrase({ en: '⚠️ Breaking changes', 'zh-CN': '⚠️ 不兼容的改动' })();
export const otherTitle = phrase({ en: 'Other changes', 'zh-CN': '其他改动' })();
export const contributorsTitle = phrase({ en: 'Contributors', 'zh-CN': '贡献者' })();

export const heading = phrase<{ title: Text }>({ en: '## {title}', 'zh-CN': '## {title}' });
export const first = phrase({
  en: 'The first release: everything so far.',
  'zh-CN': '第一个版本，包含迄今的全部改动。',
})();
export const empty = phrase<{ tag: Quoted }>({
  en: 'No changes since {tag}.',
  'zh-CN': '与 {tag} 相比没有改动。',
});
export const cut = phrase<{ listed: number; total: number }>({
  en: '_{listed, number} of {total, number} commits are listed here._',
  'zh-CN': '_共 {total, number} 个提交，这里列出 {listed, number} 个。_',
});
export const comparison = phrase<{ address: Quoted }>({
  en: '[All changes in code]({address})',
  'zh-CN': '[查看全部代码改动]({address})',
});

const by = phrase<{ text: Quoted; author: Quoted }>({ en: '- {text} – {author}', 'zh-CN': '- {text} – {author}' });
const byWithPull = phrase<{ text: Quoted; pull: Quoted; author: Quoted }>({
  en: '- {text} ({pull}) – {author}',
  'zh-CN': '- {text} ({pull}) – {author}',
});

export function line(text: Quoted, pull: Quoted | null, author: Quoted): Text {
  return pull ? byWithPull({ text, pull, author }) : by({ text, author });
}

export const nobody = code('?');
