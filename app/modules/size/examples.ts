import type { FileChange } from '../../facts/command-facts.ts';
import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';

const colors = { XS: '3cbf00', S: '5d9801', M: '7f7203', L: 'a14c05', XL: 'c32607', XXL: 'e5000a' } as const;

const labels = (size: keyof typeof colors): PolicyWant[] =>
  Object.entries(colors).map(([name, color]) => ({
    ...{ kind: 'label', name: `size/${name}`, on: name === size, color },
    description: 'By changed lines 按改动行数',
  }));
const file = (path: string, additions: number, deletions = 0): FileChange => ({
  ...{ path, previous: null, status: 'modified', blob: 'c'.repeat(40), additions, deletions },
});
const of = (lines: number, size: keyof typeof colors): Example => ({
  title: `${lines} changed lines`,
  given: { changes: { list: [file('a.ts', lines - 1, 1)] } },
  says: `\`size/${size}\``,
  expect: { verdict: 'pass', wants: labels(size) },
});

export const examples: readonly Example[] = [
  of(9, 'XS'),
  of(10, 'S'),
  of(29, 'S'),
  of(30, 'M'),
  of(99, 'M'),
  of(100, 'L'),
  of(499, 'L'),
  of(500, 'XL'),
  of(999, 'XL'),
  of(1000, 'XXL'),
  { title: 'no file at all', given: {}, says: '0 changed lines', expect: { verdict: 'pass', wants: labels('XS') } },
  {
    title: 'files that do not count',
    given: { changes: { list: [file('package-lock.json', 5000), file('vendor/a/b.js', 900), file('src/a.ts', 12)] } },
    options: { exclude: ['package-lock.json', 'vendor/**'] },
    says: '12 changed lines',
    expect: { verdict: 'pass', wants: labels('S') },
  },
  {
    title: 'files that the repository says are generated',
    given: { changes: { list: [file('dist/a.js', 5000), file('src/a.ts', 12)] }, generated: ['dist/a.js'] },
    says: '12 changed lines',
    expect: { verdict: 'pass', wants: labels('S') },
  },
  {
    title: 'thresholds of a project of its own',
    given: { changes: { list: [file('a.ts', 12)] } },
    options: { thresholds: [1, 2, 3, 4, 12] },
    expect: { verdict: 'pass', wants: labels('XXL') },
  },
];
