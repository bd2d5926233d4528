import { whoText } from '../../commands/who-may.ts';
import type { Asked } from '../../facts/command-facts.ts';
import type { Actor, Happening, Standing } from '../../facts/fact.ts';
import type { PickTarget, PickWork } from '../../facts/pick-facts.ts';
import type { PickMake, PolicyWant } from '../../wants/want.ts';
import type { Example } from '../module.ts';
import * as words from './words.ts';

const chen: Actor = { id: 2003, login: 'chen', bot: false, us: false };
const zoe: Actor = { id: 2004, login: 'zoe', bot: false, us: false };
const member: Standing = { level: 'write', member: true, teams: [] };
const nobody: Standing = { level: 'none', member: false, teams: [] };
const commit = 'c'.repeat(40);

const asked = (branch: string, by = chen, more: Partial<Asked> = {}): Asked => ({
  ...{ key: `IC_${by.login}:0`, name: 'cherry-pick', module: 'cherry-pick', args: { branches: [branch] }, by },
  ...{ surface: 'comment', level: 'write', at: '2026-01-05T09:30:00Z', head: '', tree: '', base: 'main' },
  ...{ withdrawn: false, ...more },
});

const signed = { name: 'Bob', email: 'bob@example.com', date: '2026-01-05T09:00:00Z' };
const file = { path: 'src/theme.ts', mode: '100644', type: 'blob', sha: 'd'.repeat(40) } as const;
const work: PickWork = {
  ...{ branch: 'cherry-pick-12-to-v1', parent: 'a'.repeat(40), tree: '1'.repeat(40), conflicts: [] },
  ...{ entries: [file], message: 'feat: dark mode', author: signed, committer: signed },
};
const conflicting: PickWork = { ...work, conflicts: [{ path: 'src/theme.ts', kind: 'text' }] };
const inWorkflows: PickWork = { ...work, entries: [{ ...file, path: '.github/workflows/ci.yml' }] };
const pull = { number: 13, state: 'open', draft: false, ours: true, assigned: true } as const;

/** Merged, with one target and whoever asked for it. */
const landed = (target: PickTarget, asks: readonly Asked[] = [asked('v1')]): Example['given'] => ({
  ...{ thread: { state: 'merged' }, asks },
  picks: { commit, targets: [target], standing: { '2003': member, '2004': nobody } },
});

const made = (what: PickWork, title = '[v1] feat: dark mode'): PickMake => {
  return { title, body: words.bodyOf(12, 'v1', commit, 'chen', what), assignee: 'chen' };
};
const pick = (make: PickMake | null, request = 'IC_chen:0'): PolicyWant => ({
  ...{ kind: 'pick', target: 'v1', request, make, once: `cherry-pick:v1:${request}`, evenClosed: true },
});
const told = (what: words.Line['what']): PolicyWant => ({
  ...{ kind: 'comment', key: 'cherry-pick', body: words.status([{ branch: 'v1', what }]), evenClosed: true },
});

const notFor = (login: string) => words.notAllowed({ who: { markdown: `@${login}` }, people: whoText(['member']) });

const left = (title: string, given: Example['given'], what: words.Line['what'], request?: string): Example => ({
  ...{ title, given },
  expect: { verdict: 'pass', wants: [pick(null, request), told(what)] },
});

const label: Happening = {
  ...{ key: 'LE_1', kind: 'labeled', actor: chen, at: '2026-01-05T09:20:00Z', object: 'cherrypick/v1' },
};
const byLabel = (actor: Actor): Example['given'] => ({
  ...landed({ branch: 'v1', state: 'ready', work }, []),
  ...{ thread: { state: 'merged', labels: ['cherrypick/v1'] }, happened: [{ ...label, actor }] },
});

const said = (
  title: string,
  branches: readonly string[],
  given: Example['given'],
  outcome: 'done' | 'refused',
  says?: string,
): Example => ({
  ...{ title, given, command: { name: 'cherry-pick', args: { branches } }, ...(says && { says }) },
  expect: { outcome, wants: [] },
});

export const examples: readonly Example[] = [
  { title: 'nobody asked', given: {}, expect: { verdict: 'skip', wants: [] } },
  {
    title: 'it was asked for before the merge',
    given: { asks: [asked('v1')] },
    says: 'after the merge: `v1`',
    expect: { verdict: 'skip', wants: [told(words.afterMerge)] },
  },
  {
    title: 'a label before the merge says nothing yet',
    given: { thread: { labels: ['cherrypick/v1'] }, happened: [label] },
    says: 'after the merge: `v1`',
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: 'the comment that asked was deleted',
    given: { asks: [asked('v1', chen, { withdrawn: true })] },
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: 'it was closed without being merged',
    given: { thread: { state: 'closed' }, asks: [asked('v1')] },
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: 'it is merged',
    given: landed({ branch: 'v1', state: 'ready', work }),
    says: 'picked to `v1`',
    expect: { verdict: 'pass', wants: [pick(made(work))] },
  },
  {
    title: 'it was only just asked for',
    given: { thread: { state: 'merged' }, asks: [asked('v1')], picks: { targets: [{ branch: 'v1', state: 'there' }] } },
    expect: { verdict: 'skip', wants: [{ kind: 'revisit', at: '2026-01-05T10:00:00Z' }] },
  },
  {
    title: 'every request was dealt with',
    given: { thread: { state: 'merged' }, asks: [asked('v1')], done: ['cherry-pick:v1:IC_chen:0'] },
    expect: { verdict: 'skip', wants: [] },
  },
  {
    title: 'with a prefix of the branch it was for',
    given: { ...landed({ branch: 'v1', state: 'ready', work }), thread: { state: 'merged', title: '[main] [x] fix' } },
    expect: { verdict: 'pass', wants: [pick(made(work, '[v1] [x] fix'))] },
  },
  {
    title: 'both sides changed a file',
    given: landed({ branch: 'v1', state: 'ready', work: conflicting }),
    expect: { verdict: 'pass', wants: [pick(made(conflicting))] },
  },
  {
    title: 'the branch is there already, and is ours',
    given: landed({ branch: 'v1', state: 'pushed', work }),
    expect: { verdict: 'pass', wants: [pick(made(work))] },
  },
  {
    title: 'its pull request is there',
    given: landed({ branch: 'v1', state: 'made', pull }),
    expect: { verdict: 'pass', wants: [pick({ ...made(work), body: '' }), told(words.madeAs(pull))] },
  },
  {
    title: 'a label put on by somebody who may',
    given: byLabel(chen),
    expect: { verdict: 'pass', wants: [pick(made(work), 'LE_1')] },
  },
  {
    title: 'a label put on by somebody who may not',
    given: byLabel(zoe),
    expect: { verdict: 'pass', wants: [pick(null, 'LE_1'), told(notFor('zoe'))] },
  },
  {
    title: 'a label of long ago',
    given: { ...byLabel(chen), happened: [{ ...label, at: '2025-12-01T09:20:00Z' }] },
    expect: { verdict: 'pass', wants: [pick(null, 'LE_1')] },
  },
  {
    title: 'a label of long ago on what was merged just now',
    given: {
      ...byLabel(chen),
      happened: [
        { ...label, at: '2025-12-01T09:20:00Z' },
        { ...label, key: 'ME_1', kind: 'merged', object: '' },
      ],
    },
    expect: { verdict: 'pass', wants: [pick(made(work), 'LE_1')] },
  },
  {
    title: 'whoever asked lost the right before the merge',
    given: landed({ branch: 'v1', state: 'ready', work }, [asked('v1', zoe)]),
    expect: { verdict: 'pass', wants: [pick(null, 'IC_zoe:0'), told(notFor('zoe'))] },
  },
  {
    title: 'two asked, and one of them may',
    given: landed({ branch: 'v1', state: 'ready', work }, [asked('v1', zoe), asked('v1')]),
    expect: { verdict: 'pass', wants: [pick(made(work))] },
  },
  left('there is no such branch', landed({ branch: 'v1', state: 'missing' }), words.missing),
  left('the target has the change', landed({ branch: 'v1', state: 'contained' }), words.contained),
  left(
    'a branch with its name is somebody else’s',
    landed({ branch: 'v1', state: 'foreign' }),
    words.foreign({ branch: { markdown: '`cherry-pick-12-to-v1`' } }),
  ),
  left('nobody can tell what was merged', landed({ branch: 'v1', state: 'unclear' }), words.unclear),
  left('it is too large', landed({ branch: 'v1', state: 'too-large' }), words.tooLarge),
  left(
    'GitHub refused it',
    { ...landed({ branch: 'v1', state: 'ready', work }), done: ['refused:pick:v1@IC_chen:0:2026-01-05'] },
    words.refused,
  ),
  left(
    'GitHub refused a change of workflows',
    { ...landed({ branch: 'v1', state: 'ready', work: inWorkflows }), done: ['refused:pick:v1@IC_chen:0:2026-01-05'] },
    words.refusedWorkflows,
  ),
  said('`/cherry-pick v1`', ['v1'], { picks: { targets: [{ branch: 'v1', state: 'there' }] } }, 'done'),
  said('`/cherry-pick main` on a pull request to it', ['main'], {}, 'refused', '`main` is the branch'),
  said(
    '`/cherry-pick nowhere v1`',
    ['nowhere', 'v1'],
    { picks: { targets: [{ branch: 'nowhere', state: 'missing' }] } },
    'done',
    'there is no branch `nowhere`',
  ),
  said('`/cherry-pick` of what was closed', ['v1'], { thread: { state: 'closed' } }, 'refused', 'without being merged'),
];
