import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';

const asked = (title: string, wished: string, wants: readonly PolicyWant[], says?: string): Example => ({
  ...{ title, given: {}, command: { name: 'retitle', args: { title: wished } }, ...(says !== undefined && { says }) },
  expect: { outcome: says === undefined ? 'done' : 'refused', wants },
});

export const examples: readonly Example[] = [
  { title: 'nothing is judged', given: {}, expect: { verdict: 'skip', wants: [] } },
  asked('a new title', 'fix: typo in notes', [{ kind: 'title', title: 'fix: typo in notes' }]),
  asked('a title that only mentions a thread', 'fix: as in #12', [{ kind: 'title', title: 'fix: as in #12' }]),
  asked('a title that would close a thread', 'Fixes: #12', [], '`Fixes: #12` in a title would close'),
  asked('the same of another repository', 'resolve acme/shop#12', [], 'would close'),
  asked('a word that only ends like one', 'prefix #12', [{ kind: 'title', title: 'prefix #12' }]),
  asked('a title that is too long', 'x'.repeat(257), [], 'at most 256'),
];
