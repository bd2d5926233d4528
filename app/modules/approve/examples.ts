import type { Asked, FileChange, Opinion, OwnedFile, Owners } from '../../facts/command-facts.ts';
import type { Given } from '../../facts/plain-facts.ts';
import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';

const head = 'b'.repeat(40);
const tree = '1'.repeat(40);
const person = (id: number, login: string): Asked['by'] => ({ id, login, bot: false, us: false });
const [bob, chen, dora] = [person(2002, 'bob'), person(2003, 'chen'), person(2004, 'dora')];

const file = (path: string, blob: string): FileChange => ({
  ...{ path, previous: null, status: 'modified', blob, additions: 1, deletions: 0 },
});
const owned = (path: string, ...approvers: string[]): OwnedFile => ({
  ...{ path, change: path, approvers, reviewers: [], required: [], labels: [], free: false },
  by: approvers.length > 0 ? 'OWNERS' : '',
});
const owners = (...files: OwnedFile[]): Owners => ({
  ...{ source: 'OWNERS', broken: [], files, teams: { '@acme/core': ['dora'] }, complete: true },
});
const said: Asked = {
  ...{ key: 'IC_1:0', name: 'approve', module: 'approve', args: {}, surface: 'comment', by: chen, level: 'read' },
  ...{ at: '2026-01-05T09:30:00Z', head, tree, base: 'main', blobs: { 'a.ts': '1', 'b.ts': '2' }, withdrawn: false },
};
const approved: Opinion = {
  ...{ id: 7, nodeId: 'PRR_7', by: dora, state: 'approved', at: '2026-01-05T09:40:00Z', commit: head, tree },
};
const now: Given = {
  head: { sha: head, tree, since: '2026-01-05T09:00:00Z', first: true },
  changes: { list: [file('a.ts', '1'), file('b.ts', '2')], complete: true },
  owners: owners(owned('a.ts', 'chen'), owned('b.ts', '@acme/core', 'chen')),
};
const earlier = { head: 'c'.repeat(40), tree: '2'.repeat(40) };
const onLabel = (on: boolean): PolicyWant => ({
  kind: 'label',
  name: 'approved',
  on,
  color: '0e8a16',
  description: 'Approved by owners of every file 每个文件的负责人都已批准',
});
const wait = { verdict: 'wait', wants: [onLabel(false)] } as const;
const pass = { verdict: 'pass', wants: [onLabel(true)] } as const;

export const examples: readonly Example[] = [
  {
    title: 'nobody has approved',
    given: now,
    says: '2 of 2 files still need an approval: `a.ts` (`chen`)',
    expect: wait,
  },
  { title: 'one person would be enough', given: now, says: '`/approve` of `chen` would be enough', expect: wait },
  { title: 'an owner of every file has', given: { ...now, asks: [said] }, says: 'approved by @chen', expect: pass },
  {
    title: 'an owner of one file has, as a member of a team, in a review',
    given: { ...now, opinions: { list: [approved] } },
    says: '1 of 2 files still needs an approval: `a.ts` (`chen`)',
    expect: wait,
  },
  {
    title: 'a push changed one of the files',
    given: { ...now, asks: [{ ...said, ...earlier, blobs: { 'a.ts': '0', 'b.ts': '2' } }] },
    says: '1 of 2 files still needs an approval: `a.ts`',
    expect: wait,
  },
  {
    title: 'a push changed none of the files',
    given: { ...now, asks: [{ ...said, ...earlier }] },
    expect: pass,
  },
  {
    title: 'a push made one of them a file that is gone from where it was',
    given: {
      ...{ ...now, asks: [{ ...said, ...earlier }] },
      changes: {
        list: [{ ...file('a.ts', '1'), status: 'renamed', previous: 'lib/a.ts' }, file('b.ts', '2')],
        complete: true,
      },
    },
    says: '1 of 2 files still needs an approval: `a.ts`',
    expect: wait,
  },
  {
    title: 'the same, where it was gone when it was approved',
    given: {
      ...{ ...now, asks: [{ ...said, ...earlier, blobs: { 'lib/a.ts': '', 'a.ts': '1', 'b.ts': '2' } }] },
      changes: {
        list: [{ ...file('a.ts', '1'), status: 'renamed', previous: 'lib/a.ts' }, file('b.ts', '2')],
        complete: true,
      },
    },
    expect: pass,
  },
  {
    title: 'the same, where a push ends every approval',
    given: { ...now, asks: [{ ...said, ...earlier }] },
    options: { keep: 'no' },
    expect: wait,
  },
  {
    title: 'a review of an older commit, of which nothing can be proven',
    given: { ...now, opinions: { list: [{ ...approved, by: chen, commit: earlier.head, tree: earlier.tree }] } },
    expect: wait,
  },
  { title: 'it was said for another base', given: { ...now, asks: [{ ...said, base: 'release' }] }, expect: wait },
  {
    title: 'the author owns the files',
    given: { ...now, owners: owners(owned('a.ts', 'bob'), owned('b.ts', 'bob')) },
    says: '@bob (own files)',
    expect: pass,
  },
  {
    title: 'the same, where that does not count',
    given: { ...now, owners: owners(owned('a.ts', 'bob', 'dora')) },
    options: { self: false },
    says: '`a.ts` (`dora`)',
    expect: wait,
  },
  {
    title: 'whoever committed to the branch does not approve it',
    given: { ...now, asks: [said], opinions: { writers: [{ id: 2003, login: 'chen' }] } },
    expect: wait,
  },
  {
    title: 'a file nobody owns is approved with the write right',
    given: { ...now, owners: owners(owned('a.ts')), asks: [{ ...said, level: 'write' }] },
    expect: pass,
  },
  {
    title: 'an owners file is broken',
    given: {
      ...now,
      asks: [said],
      owners: {
        ...owners(owned('a.ts')),
        broken: [{ file: 'src/OWNERS', line: 3, message: { en: 'no list', 'zh-CN': '不是列表' }, paths: ['a.ts'] }],
      },
    },
    says: '`src/OWNERS:3`: no list',
    expect: wait,
  },
  {
    title: 'GitHub lists only a part of the files',
    given: { ...now, asks: [said], changes: { complete: false } },
    says: 'cannot verify',
    expect: wait,
  },
  {
    title: 'no issue is named',
    given: { ...now, asks: [said] },
    options: { 'issue-required': true },
    says: '/approve no-issue',
    expect: wait,
  },
  {
    title: 'an approver says that none is needed',
    given: { ...now, asks: [{ ...said, args: { what: 'no-issue' } }] },
    options: { 'issue-required': true },
    expect: pass,
  },
  { title: '`/approve` of an owner', given: now, command: { name: 'approve' }, expect: { outcome: 'done', wants: [] } },
  {
    title: '`/approve` of somebody who owns nothing here',
    given: { ...now, owners: owners(owned('a.ts', 'dora')) },
    command: { name: 'approve' },
    says: 'an approver of none of the files',
    expect: { outcome: 'refused' },
  },
  {
    title: '`/approve` of the author where that does not count',
    given: now,
    options: { self: false },
    command: { name: 'approve', by: bob },
    says: 'their own pull request',
    expect: { outcome: 'refused' },
  },
];
