import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';

const label = (on: boolean): PolicyWant => ({
  ...{ kind: 'label', name: 'do-not-merge/work-in-progress', on, color: 'e11d21' },
  description: 'Not done yet 尚未完成',
});
const marked = (title: string): Example => ({
  title: `\`${title}\` is not done`,
  given: { thread: { title } },
  says: 'the title starts with',
  expect: { verdict: 'wait', wants: [label(true)] },
});
const ready = (title: string): Example => ({
  title: `\`${title}\` is ready`,
  given: { thread: { title } },
  says: 'not marked',
  expect: { verdict: 'pass', wants: [label(false)] },
});

export const examples: readonly Example[] = [
  ...[
    '[WIP] x',
    '(WIP) x',
    '<WIP> x',
    'WIP: x',
    'wip x',
    'WIP',
    'Wip-x',
    'DNM x',
    '[草稿] 深色模式',
    '草稿：深色模式',
  ].map(marked),
  ...['Wipe disk', 'fix WIP handling', 'WIP2 is a name', '草稿箱支持搜索', 'feat: dark mode'].map(ready),
  {
    title: 'a draft',
    given: { pull: { draft: true } },
    says: 'it is a draft',
    expect: { verdict: 'wait', wants: [label(true)] },
  },
  {
    title: 'words of a project of its own',
    given: { thread: { title: '(Do not merge) x' } },
    options: { words: ['Do not merge'], label: 'wip' },
    says: 'starts with `Do not merge`',
    expect: { verdict: 'wait', wants: [{ ...label(true), name: 'wip' } as PolicyWant] },
  },
  {
    title: 'where no word counts, a draft still does',
    given: { thread: { title: 'WIP: x' } },
    options: { words: [] },
    expect: { verdict: 'pass', wants: [label(false)] },
  },
];
