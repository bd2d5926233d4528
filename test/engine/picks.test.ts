import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { loadKinds } from '../../app/engine/load.ts';
import { planFor, project, settle } from '../../app/engine/reconcile.ts';
import type { PickTarget, PickWork } from '../../app/facts/pick-facts.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import type { PickWant } from '../../app/wants/want.ts';

const kinds = await loadKinds();

const signed = { name: 'Bob', email: 'bob@example.com', date: '2026-01-05T09:00:00Z' };
const file = { path: 'a.txt', mode: '100644', type: 'blob', content: 'x' } as const;
const work: PickWork = {
  ...{ branch: 'cherry-pick-12-to-v1', parent: 'a'.repeat(40), tree: '1'.repeat(40), conflicts: [], entries: [file] },
  ...{ message: 'feat: dark mode', author: signed, committer: signed },
};
const conflicts = [{ path: 'a.txt', kind: 'binary' }] as const;
const pull = { number: 13, state: 'open', draft: false, ours: true, assigned: false } as const;
const make = { title: '[v1] feat', body: { en: 'A pick', 'zh-CN': '拣选' }, assignee: 'chen' };
const want: PickWant = { kind: 'pick', target: 'v1', request: 'IC_1:0', make };

const merged = (...targets: PickTarget[]) => plainFacts({ thread: { state: 'merged' }, picks: { targets } });
const planned = (target: PickTarget, wanted: PickWant = want) => planFor([wanted], merged(target), kinds);

/** The calls of a plan: route and what stands out of its parameters. */
const sent = (target: PickTarget) =>
  planned(target).flatMap(({ call }) => {
    if (call.via === 'rest') return [[call.route, call.params]];
    return call.via === 'steps'
      ? call.steps.map(({ route, params, takes = {} }) => [route, { ...params, ...takes }])
      : [];
  });

const treeRoute = 'POST /repos/{owner}/{repo}/git/trees';
const commitRoute = 'POST /repos/{owner}/{repo}/git/commits';
const refRoute = 'POST /repos/{owner}/{repo}/git/refs';
const pullRoute = 'POST /repos/{owner}/{repo}/pulls';
const { message, author, committer, parent, branch } = work;
const commit = { message, parents: [parent], author, committer };
const opened = { title: '[v1] feat', body: 'A pick', head: branch, base: 'v1', draft: false };
const ref = `refs/heads/${branch}`;

suite('what is done for a pick', () => {
  test('first tree and commit, which nobody sees, then the branch and its pull request', () => {
    assert.deepEqual(sent({ branch: 'v1', state: 'ready', work }), [
      [treeRoute, { base_tree: work.tree, tree: [file] }],
      [commitRoute, { ...commit, tree: 'sha' }],
      [refRoute, { ref, sha: 'sha' }],
      [pullRoute, opened],
    ]);
  });
  test('where the branch is there, only the pull request', () => {
    assert.deepEqual(sent({ branch: 'v1', state: 'pushed', work }), [[pullRoute, opened]]);
  });
  test('with conflicts a draft; with nothing but conflicts a commit of the tree as it was', () => {
    const nothing = { ...work, entries: [], conflicts };
    assert.deepEqual(sent({ branch: 'v1', state: 'ready', work: nothing }), [
      [commitRoute, { ...commit, tree: work.tree }],
      [refRoute, { ref, sha: 'sha' }],
      [pullRoute, { ...opened, draft: true }],
    ]);
  });
  test('whoever asked is assigned to what we opened, unless somebody is', () => {
    const assigned = [
      ['POST /repos/{owner}/{repo}/issues/{issue_number}/assignees', { issue_number: 13, assignees: ['chen'] }],
    ];
    assert.deepEqual(sent({ branch: 'v1', state: 'made', pull }), assigned);
    for (const other of [{ assigned: true }, { ours: false }, { state: 'closed' }, { state: 'merged' }] as const)
      assert.deepEqual(sent({ branch: 'v1', state: 'made', pull: { ...pull, ...other } }), []);
  });
  test('nothing where nothing is to be made, or nobody looked', () => {
    assert.deepEqual(planned({ branch: 'v1', state: 'ready', work }, { ...want, make: null }), []);
    assert.deepEqual(planned({ branch: 'v2', state: 'ready', work }), []);
    for (const state of ['missing', 'contained', 'foreign', 'too-large', 'unclear', 'there'] as const)
      assert.deepEqual(planned({ branch: 'v1', state }), [], state);
  });
});

const targets: fc.Arbitrary<PickTarget> = fc.constantFrom<PickTarget>(
  ...(['v1', 'v2'] as const).flatMap((branch): PickTarget[] => [
    { branch, state: 'ready', work },
    { branch, state: 'pushed', work: { ...work, conflicts } },
    { branch, state: 'made', pull },
    { branch, state: 'missing' },
  ]),
);
const wants = fc
  .record({
    target: fc.constantFrom('v1', 'v2'),
    request: fc.constantFrom('a', 'b'),
    make: fc.constantFrom(make, null),
  })
  .map((some): PickWant => ({ kind: 'pick', ...some }));

test('a pick that is wanted is there once it is projected, and speaks of nothing else', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(wants, { selector: ({ target }) => target }),
      fc.uniqueArray(targets, { selector: ({ branch }) => branch }),
      (some, all) => {
        const facts = merged(...all);
        const { wants } = settle(
          some.map((want) => ({ by: 'cherry-pick', want })),
          [],
          kinds,
        );
        assert.deepEqual(planFor(wants, project(wants, facts, kinds), kinds), []);
        const ids = wants.map((want) => kinds.get('pick')!.id(want));
        for (const { id } of planFor(wants, facts, kinds)) assert.ok(ids.includes(id));
      },
    ),
  );
});
