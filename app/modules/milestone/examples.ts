import type { Example } from '../module.ts';

const list = [
  { number: 1, title: 'v1.0' },
  { number: 2, title: 'Next year' },
];
const asked = (title: string, wished: string, rest: Pick<Example, 'says' | 'expect'>, open = list): Example => ({
  ...{ title, given: { milestones: { list: open } }, command: { name: 'milestone', args: { title: wished } } },
  ...rest,
});

export const examples: readonly Example[] = [
  { title: 'nothing is judged', given: {}, expect: { verdict: 'skip', wants: [] } },
  asked('an open milestone', 'Next year', {
    expect: { outcome: 'done', wants: [{ kind: 'milestone', title: 'Next year', evenClosed: true }] },
  }),
  asked('none', 'clear', {
    expect: { outcome: 'done', wants: [{ kind: 'milestone', title: null, evenClosed: true }] },
  }),
  asked('one that is not there', 'v9', {
    says: 'no open milestone `v9`; these are open: `v1.0`, `Next year`',
    expect: { outcome: 'refused', wants: [] },
  }),
  asked('one in another spelling', 'V1.0', { says: 'no open milestone', expect: { outcome: 'refused', wants: [] } }),
  asked('where there are none', 'v1.0', { says: 'no other either', expect: { outcome: 'refused', wants: [] } }, []),
];
