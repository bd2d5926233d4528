import type { Example } from '../module.ts';

const asked = (name: string): Example => ({
  ...{ title: `\`/${name}\``, given: {}, command: { name } },
  expect: { outcome: 'done', wants: [] },
});

export const examples: readonly Example[] = [
  { title: 'nothing is judged', given: {}, expect: { verdict: 'skip', wants: [] } },
  asked('why'),
  asked('status'),
];
