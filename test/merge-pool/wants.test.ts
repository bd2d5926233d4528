import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadKinds } from '../../app/engine/load.ts';
import { planFor, project, settle } from '../../app/engine/reconcile.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import type { LandingWant } from '../../app/wants/want.ts';

const kinds = await loadKinds();
const [head, other] = ['b'.repeat(40), 'c'.repeat(40)] as const;

const job = { run: 7, check: 70, broke: true };
const failedJob = { name: 'build', kind: 'check', app: 1, state: 'failure', ours: false, job } as const;

const heads = fc.constantFrom(head, other);
const wants: fc.Arbitrary<LandingWant> = fc
  .oneof(
    fc.record({
      kind: fc.constant('merge' as const),
      head: heads,
      method: fc.constantFrom('merge' as const, 'squash' as const),
      message: fc.constant(null),
    }),
    fc.record({ kind: fc.constant('update-branch' as const), head: heads }),
    fc.record({ kind: fc.constant('enqueue' as const), head: heads, on: fc.constant(true) }),
    fc.record({ kind: fc.constant('rerun' as const), head: heads, run: fc.constantFrom(7, 8) }),
    fc.record({ kind: fc.constant('delete-branch' as const), branch: fc.constantFrom('dark-mode', 'main') }),
  )
  .map((want) => ({ ...want }));

const facts = fc
  .record({
    state: fc.constantFrom('open' as const, 'closed' as const, 'merged' as const),
    behind: fc.constantFrom(true, false, null),
    leftover: fc.constantFrom('dark-mode', null),
    queued: fc.boolean(),
  })
  .map(({ state, behind, leftover, queued }) => ({
    ...plainFacts({ thread: { state }, mergeability: { queued }, contexts: { list: [failedJob] } }),
    ...{ behind, leftover },
  }));

test('what is wanted of commits is true once it is projected', () => {
  fc.assert(
    fc.property(fc.array(wants, { maxLength: 4 }), facts, (some, facts) => {
      const claims = some.map((want) => ({ by: 'merge', want }));
      const settled = settle(claims, [], kinds).wants;
      assert.deepEqual(planFor(settled, project(settled, facts, kinds), kinds), []);
    }),
  );
});

test('a merge always sends the head it was decided for, and only while that is the head', () => {
  const want = { kind: 'merge', head, method: 'squash', message: { title: 't', body: '' } } as const;
  const [change] = planFor([want], plainFacts(), kinds);
  assert.ok(change?.call.via === 'rest');
  assert.deepEqual(change.call.params, {
    ...{ pull_number: 12, sha: head, merge_method: 'squash', commit_title: 't', commit_message: '' },
  });
  assert.equal(change.freshFor, 5000);
  assert.deepEqual(planFor([{ ...want, head: other }], plainFacts(), kinds), []);
  assert.deepEqual(planFor([want], plainFacts({ thread: { state: 'closed' } }), kinds), []);
});

test('a merge comes after everything that people read', () => {
  const ranks = ['label', 'check', 'comment', 'state', 'update-branch', 'merge'] as const;
  const found = ranks.map((kind) => kinds.get(kind)!.rank);
  assert.deepEqual(found, [...found].sort());
});
