import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';

const label = (on: boolean, name = 'needs-kind'): PolicyWant => ({
  ...{ kind: 'label', name, on, color: 'ededed', description: 'A label is still missing 还缺一个标签' },
});
const kind = { regexp: '^kind/', 'missing-label': 'needs-kind' };
const options = { rules: [kind] };

export const examples: readonly Example[] = [
  { title: 'no rule', given: {}, expect: { verdict: 'skip', wants: [] } },
  {
    title: 'no label matches',
    given: { thread: { labels: ['bug'] } },
    options,
    says: 'Put on a label that matches `^kind/`',
    expect: { verdict: 'wait', wants: [label(true)] },
  },
  {
    title: 'a label matches, in another case',
    given: { thread: { labels: ['Kind/bug', 'needs-kind'] } },
    options,
    expect: { verdict: 'pass', wants: [label(false)] },
  },
  {
    title: 'it has just been opened',
    given: { thread: { createdAt: '2026-01-05T09:59:58Z' } },
    options,
    expect: { verdict: 'wait', wants: [{ kind: 'revisit', at: '2026-01-05T10:00:03.000Z' }] },
  },
  {
    title: 'the words of the rule',
    given: {},
    options: {
      rules: [
        {
          ...kind,
          'missing-comment': { en: '@{{author}}, which kind is #{{number}}?', 'zh-CN': '#{{number}} 是哪一类？' },
        },
      ],
    },
    says: '@bob, which kind is #12?',
    expect: { verdict: 'wait' },
  },
  {
    title: 'a rule about issues',
    given: {},
    options: { rules: [{ ...kind, threads: 'issue' }] },
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: 'a rule about another base',
    given: {},
    options: { rules: [{ ...kind, branches: ['release-*'] }] },
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: 'two rules, one of which is met',
    given: { thread: { labels: ['kind/bug'] } },
    options: { rules: [kind, { regexp: '^(area|sig)/', 'missing-label': 'needs-area' }] },
    says: 'no label matches `^(area|sig)/`',
    expect: { verdict: 'wait', wants: [label(false), label(true, 'needs-area')] },
  },
  { title: 'it is closed', given: { thread: { state: 'closed' } }, options, expect: { verdict: 'skip', wants: [] } },
  {
    title: '`/check-required-labels`',
    given: {},
    command: { name: 'check-required-labels' },
    expect: { outcome: 'done', wants: [] },
  },
];
