import type { OwnedFile, Owners } from '../../facts/command-facts.ts';
import type { Given } from '../../facts/plain-facts.ts';
import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';

const file = (path: string, reviewers: readonly string[], more: Partial<OwnedFile> = {}): OwnedFile => ({
  ...{ path, change: path, approvers: [], reviewers, required: [], labels: [], free: false },
  by: `${path.split('/')[0] ?? ''}/OWNERS`,
  ...more,
});
const owners = (...files: OwnedFile[]): Owners => ({
  ...{ source: 'OWNERS', broken: [], files, teams: { '@acme/core': ['dora', 'wu'] }, complete: true },
});
const of = (...files: OwnedFile[]): Given => ({ owners: owners(...files) });
const asked = (reviewer: string): PolicyWant => ({
  ...({ kind: 'request-review', reviewer, on: true } as const),
  once: `reviewers:${reviewer}`,
});
const nobody = { verdict: 'skip', wants: [] } as const;
const draft: NonNullable<Given['pull']> = { draft: true };

export const examples: readonly Example[] = [
  {
    title: 'one of each owners file, never the author',
    given: of(file('src/a.ts', ['bob', 'chen']), file('docs/a.md', ['zoe'])),
    says: '`chen`, `zoe`',
    expect: { verdict: 'pass', wants: [asked('chen'), asked('zoe')] },
  },
  {
    title: 'approvers where there are too few reviewers, teams opened',
    given: of(file('src/a.ts', ['@acme/core'], { approvers: ['lin'] })),
    options: { count: 3 },
    expect: { verdict: 'pass' },
  },
  {
    title: 'required reviewers come on top',
    given: of(file('src/a.ts', ['chen'], { required: ['lin', '@acme/core'] })),
    options: { count: 0 },
    expect: { verdict: 'pass' },
  },
  {
    title: 'people asked by hand count',
    given: { ...of(file('src/a.ts', ['chen'])), pull: { reviewers: { people: ['x', 'y'], teams: [], reviewed: [] } } },
    expect: nobody,
  },
  { title: 'a draft', given: { ...of(file('src/a.ts', ['chen'])), pull: draft }, expect: nobody },
  {
    title: 'somebody was asked before, and taken off',
    given: { ...of(file('src/a.ts', ['chen'])), done: ['reviewers:chen'] },
    expect: nobody,
  },
  {
    title: 'the text asks for people itself',
    given: { ...of(file('src/a.ts', ['chen'])), thread: { body: 'Please look\n/cc @zoe' } },
    expect: nobody,
  },
  {
    title: 'it was opened before the rule',
    given: { ...of(file('src/a.ts', ['chen'])), since: { 'reviewers:ask': '2026-01-05T09:30:00Z' } },
    expect: nobody,
  },
  { title: 'nobody owns anything', given: of(file('a.ts', [], { by: '' })), expect: nobody },
  {
    title: '`/auto-cc`',
    given: of(file('src/a.ts', ['chen'])),
    command: { name: 'auto-cc' },
    expect: { outcome: 'done', wants: [{ kind: 'request-review', reviewer: 'chen', on: true }] },
  },
  {
    title: '`/auto-cc` where nobody is left',
    given: of(file('src/a.ts', ['bob'])),
    command: { name: 'auto-cc' },
    says: 'nobody whom I could ask',
    expect: { outcome: 'refused' },
  },
];
