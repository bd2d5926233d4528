import type { Asked, Opinion } from '../../facts/command-facts.ts';
import type { Given } from '../../facts/plain-facts.ts';
import type { PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';

const head = 'b'.repeat(40);
const tree = '1'.repeat(40);
const [chen, dora, bob] = [2003, 2004, 2002].map((id, index) => ({
  ...{ id, login: ['chen', 'dora', 'bob'][index] ?? '', bot: false, us: false },
})) as [Asked['by'], Asked['by'], Asked['by']];

const said: Asked = {
  ...{ key: 'IC_1:0', name: 'lgtm', module: 'lgtm', args: {}, surface: 'comment', by: chen, level: 'triage' },
  ...{ at: '2026-01-05T09:30:00Z', head, tree, base: 'main', withdrawn: false },
};
const takes: PolicyWant = { kind: 'assign', login: 'chen', on: true, once: 'lgtm:assign:2003' };
const now: Given = { head: { sha: head, tree, since: '2026-01-05T09:00:00Z', first: true } };
const approved: Opinion = {
  ...{ id: 7, nodeId: 'PRR_7', by: dora, at: '2026-01-05T09:40:00Z', commit: head, tree },
  state: 'approved',
};
const onLabel = (on: boolean): PolicyWant => ({
  kind: 'label',
  name: 'lgtm',
  on,
  color: '15dd18',
  description: 'Reviewers say that it looks good 评审人确认没有问题',
});

export const examples: readonly Example[] = [
  {
    title: 'nobody has said it',
    given: now,
    says: '1 of 1 people still have to say',
    expect: { verdict: 'wait', wants: [onLabel(false)] },
  },
  {
    title: 'a reviewer has said it of this head',
    given: { ...now, asks: [said] },
    says: 'looks good to @chen',
    expect: { verdict: 'pass', wants: [onLabel(true), takes] },
  },
  {
    title: 'whoever said it is assigned already',
    given: { ...now, asks: [said], thread: { assignees: ['Chen'] } },
    expect: { verdict: 'pass', wants: [onLabel(true)] },
  },
  {
    title: 'an owner without a right said it',
    given: { ...now, asks: [{ ...said, level: 'none' }] },
    expect: { verdict: 'pass', wants: [onLabel(true)] },
  },
  {
    title: 'the bot itself brought in the base since',
    given: {
      head: { sha: 'd'.repeat(40), tree: '3'.repeat(40) },
      opinions: {
        heads: [
          { sha: 'd'.repeat(40), tree: '3'.repeat(40) },
          { sha: head, tree },
        ],
      },
      asks: [{ ...said, head: 'c'.repeat(40), level: 'none' }],
    },
    expect: { verdict: 'pass', wants: [onLabel(true)] },
  },
  {
    title: 'it was said of another head',
    given: { ...now, asks: [{ ...said, head: 'c'.repeat(40), tree: '2'.repeat(40) }] },
    says: '@chen looked at an earlier state',
    expect: { verdict: 'wait', wants: [onLabel(false)] },
  },
  {
    title: 'the push left all files as they were',
    given: { ...now, asks: [{ ...said, head: 'c'.repeat(40) }] },
    expect: { verdict: 'pass', wants: [onLabel(true), takes] },
  },
  {
    title: 'the same, where only the head itself counts',
    given: { ...now, asks: [{ ...said, head: 'c'.repeat(40) }] },
    options: { 'keep-on-same-tree': false },
    expect: { verdict: 'wait' },
  },
  {
    title: 'it was said for another base',
    given: { ...now, asks: [{ ...said, base: 'release' }] },
    expect: { verdict: 'wait' },
  },
  {
    title: 'it was taken back',
    given: {
      ...now,
      asks: [said, { ...said, key: 'IC_2:0', args: { what: 'cancel' }, by: bob, at: '2026-01-05T09:50:00Z' }],
    },
    expect: { verdict: 'wait', wants: [onLabel(false)] },
  },
  {
    title: 'the comment was deleted',
    given: { ...now, asks: [{ ...said, withdrawn: true }] },
    expect: { verdict: 'wait' },
  },
  {
    title: 'two are asked for, and one of them reviewed',
    given: {
      ...now,
      asks: [said],
      opinions: { list: [approved], standing: { '2004': { level: 'write', member: false, teams: [] } } },
    },
    options: { count: 2 },
    says: 'looks good to @chen, @dora',
    expect: { verdict: 'pass' },
  },
  {
    title: 'a review of somebody without a right counts for nothing',
    given: {
      ...now,
      opinions: { list: [approved], standing: { '2004': { level: 'none', member: false, teams: [] } } },
    },
    expect: { verdict: 'wait' },
  },
  {
    title: 'the base was changed after the review',
    given: {
      ...now,
      opinions: {
        list: [approved],
        standing: { '2004': { level: 'write', member: false, teams: [] } },
        since: '2026-01-05T09:45:00Z',
      },
    },
    expect: { verdict: 'wait' },
  },
  {
    title: '`/lgtm` of a reviewer',
    given: now,
    command: { name: 'lgtm' },
    expect: { outcome: 'done', wants: [] },
  },
  {
    title: '`/lgtm` of the author',
    given: now,
    command: { name: 'lgtm', by: bob },
    says: 'their own pull request',
    expect: { outcome: 'refused', wants: [] },
  },
  {
    title: '`/lgtm cancel` of the author',
    given: now,
    command: { name: 'lgtm', args: { what: 'cancel' }, by: bob },
    expect: { outcome: 'done' },
  },
];
