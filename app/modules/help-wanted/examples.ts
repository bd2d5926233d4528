import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';

const wanted = (on: boolean): PolicyWant => ({
  ...{ kind: 'label', name: 'help wanted', color: '008672', description: 'Extra attention is needed 需要帮助', on },
});
const first = (on: boolean): PolicyWant => ({
  ...{ kind: 'label', name: 'good first issue', color: '7057ff', description: 'Good for newcomers 适合新手', on },
});
const asked = (name: string, ...wants: readonly PolicyWant[]): Example => ({
  ...{ title: `\`/${name}\``, given: { thread: { kind: 'issue' } }, command: { name } },
  ...(name === 'help' && { says: '`/commands` lists them' }),
  expect: { outcome: 'done', wants },
});

export const examples: readonly Example[] = [
  { title: 'nothing is judged', given: { thread: { kind: 'issue' } }, expect: { verdict: 'skip', wants: [] } },
  asked('help', wanted(true)),
  asked('good-first-issue', wanted(true), first(true)),
  asked('remove-help', wanted(false), first(false)),
  asked('remove-good-first-issue', first(false)),
];
