import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';

const label = (on: boolean): PolicyWant => ({
  ...{ kind: 'label', name: 'needs-rebase', on, color: 'e11d21' },
  description: 'Conflicts with its base 与目标分支有冲突',
});

export const examples: readonly Example[] = [
  { title: 'it merges', given: {}, says: 'without conflicts', expect: { verdict: 'pass', wants: [label(false)] } },
  {
    title: 'it conflicts',
    given: { mergeability: { mergeable: false } },
    says: 'Rebase onto `main`',
    expect: { verdict: 'wait', wants: [label(true)] },
  },
  {
    title: 'GitHub does not know yet: the label stays as it is, and it is looked at again',
    given: { mergeability: { mergeable: null }, thread: { labels: ['needs-rebase'] } },
    expect: { verdict: 'wait', wants: [{ kind: 'revisit', at: '2026-01-05T10:00:20.000Z' }] },
  },
  {
    title: 'it is merged',
    given: { mergeability: { mergeable: null }, thread: { state: 'merged' } },
    expect: { verdict: 'skip', wants: [] },
  },
];
