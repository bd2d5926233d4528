import type { OwnedFile, Owners } from '../../facts/command-facts.ts';
import type { Example } from '../module.ts';

const file = (path: string, ...labels: string[]): OwnedFile => ({
  ...{ path, change: path, approvers: ['lin'], reviewers: [], required: [], labels, free: false, by: 'OWNERS' },
});
const owners = (...files: OwnedFile[]): Owners => ({
  ...{ source: 'OWNERS', broken: [], files, teams: {}, complete: true },
});

export const examples: readonly Example[] = [
  {
    title: 'two files ask for labels, one of which does not exist',
    given: { owners: owners(file('a.ts', 'Bug'), file('b.ts', 'bug-report', 'enhancement')) },
    says: 'the owners ask for `Bug`, `enhancement`',
    expect: {
      verdict: 'pass',
      wants: [
        { kind: 'label', name: 'Bug', on: true, once: 'owners-label:bug' },
        { kind: 'label', name: 'enhancement', on: true, once: 'owners-label:enhancement' },
      ],
    },
  },
  { title: 'nobody asks for any', given: { owners: owners(file('a.ts')) }, expect: { verdict: 'skip', wants: [] } },
];
