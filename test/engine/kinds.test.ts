import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadKinds } from '../../app/engine/load.ts';
import { planFor, project, settle } from '../../app/engine/reconcile.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import type { Facts } from '../../app/facts/fact.ts';
import { markerOf } from '../../app/wants/comment.ts';
import type { Want } from '../../app/wants/want.ts';

const kinds = await loadKinds();

const label = fc.constantFrom('bug', 'Bug', 'invalid', 'size/XS', '需要 示例');
const body = fc.constantFrom('please add a type', 'line\nline', '请补充版本', 'x'.repeat(300));
const head = fc.constantFrom('a'.repeat(40), 'b'.repeat(40));
const name = fc.constantFrom('github-bot (main)', 'github-bot');
const conclusion = fc.constantFrom('success', 'failure', 'neutral', 'action_required');

const said = fc.oneof(
  body,
  body.map((text) => ({ en: text, 'zh-CN': text })),
);
const person = fc.constantFrom('bob', 'Lin', 'lin', 'wu');
const reviewer = fc.constantFrom('bob', 'lin', 'Lin', '@acme/reviewers', '@Acme/reviewers');

// Spread, since fast-check also makes objects without a prototype, which no JSON has.
const wants: fc.Arbitrary<Want> = fc
  .oneof(
    fc.record({ kind: fc.constant('label' as const), name: label, on: fc.boolean() }),
    fc.record({ kind: fc.constant('state' as const), open: fc.boolean() }),
    fc.record({
      kind: fc.constant('state' as const),
      open: fc.constant(false),
      reason: fc.constant('not_planned' as const),
    }),
    fc.record({ kind: fc.constant('say' as const), key: fc.constantFrom('a', 'b'), text: said }),
    fc.record({ kind: fc.constant('assign' as const), login: person, on: fc.boolean() }),
    fc.record({ kind: fc.constant('request-review' as const), reviewer, on: fc.boolean() }),
    fc.record({ kind: fc.constant('comment' as const), key: fc.constantFrom('card', 'other'), body: fc.option(body) }),
    fc.record({
      kind: fc.constant('check' as const),
      ...{ name, head, conclusion, title: body, summary: body, text: body, details: fc.constant('') },
    }) as fc.Arbitrary<Want>,
    fc.record({
      kind: fc.constant('status' as const),
      ...{
        name,
        head,
        state: fc.constantFrom('success', 'failure', 'pending'),
        description: body,
        details: fc.constant(''),
      },
    }) as fc.Arbitrary<Want>,
    fc.record({
      kind: fc.constant('stand-in' as const),
      ...{ name: fc.constantFrom('build', 'lint'), head, as: fc.constantFrom('check', 'status') },
      ...{ state: fc.constantFrom('success', 'failure'), text: said },
    }) as fc.Arbitrary<Want>,
    fc.record({
      kind: fc.constant('revisit' as const),
      at: fc.constantFrom('2026-01-05T09:00:00Z', '2026-02-01T00:00:00Z'),
    }),
  )
  .map((want) => ({ ...want }));

const ownComment = fc.record({
  nodeId: fc.constant('IC_1'),
  id: fc.constant(1),
  key: fc.constant('card'),
  body: body.map((text) => `${markerOf('card')}\n${text}`),
  minimized: fc.boolean(),
  createdAt: fc.constant('2026-01-05T09:00:00Z'),
});

const ownCheck = fc.record({
  ...{ id: fc.integer({ min: 1, max: 9 }), name, head, completed: fc.boolean(), conclusion: fc.option(conclusion) },
  ...{ fingerprint: fc.constantFrom('', 'x'), rerequested: fc.boolean() },
});

const facts: fc.Arbitrary<Facts> = fc
  .record({
    labels: fc.uniqueArray(label, { selector: (text) => text.toLowerCase() }),
    state: fc.constantFrom('open' as const, 'closed' as const, 'merged' as const),
    known: fc.array(label),
    comments: fc.array(ownComment, { maxLength: 1 }),
    assignees: fc.uniqueArray(person, { selector: (login) => login.toLowerCase() }),
    people: fc.subarray(['bob', 'lin']),
    teams: fc.subarray(['@acme/reviewers']),
    ours: fc.uniqueArray(ownCheck, { selector: ({ id }) => id, maxLength: 3 }),
  })
  .map(({ labels, state, known, comments, ours, assignees, people, teams }) =>
    plainFacts({
      thread: { labels, state, assignees },
      pull: { reviewers: { people, teams, reviewed: [] } },
      repo: { labels: { names: known, complete: true } },
      comments,
      checks: { ours, statuses: [] },
    }),
  );

test('what is wanted is true once it is projected, and nothing more is to be done', () => {
  fc.assert(
    fc.property(fc.array(wants, { maxLength: 6 }), facts, (some, facts) => {
      const settled = settle(
        some.map((want) => ({ by: 'engine', want })),
        [],
        kinds,
      ).wants;
      assert.deepEqual(planFor(settled, project(settled, facts, kinds), kinds), []);
    }),
  );
});

test('the plan does not depend on the order in which modules speak', () => {
  fc.assert(
    fc.property(fc.array(wants, { maxLength: 6 }), facts, fc.nat(), (some, facts, seed) => {
      const claims = some.map((want, i) => ({ by: `m${i}`, want }));
      const turned = claims.map((_, i) => claims[(i + seed) % claims.length]!);
      const [one, two] = [claims, turned.reverse()].map((order) => settle(order, [], kinds));
      assert.deepEqual(one, two);
      assert.deepEqual(planFor(one!.wants, facts, kinds), planFor(two!.wants, facts, kinds));
    }),
    { numRuns: 2000 },
  );
});

test('one want changes only what it is about', () => {
  fc.assert(
    fc.property(wants, facts, (want, facts) => {
      const ids = planFor([want], facts, kinds).map(({ id }) => id.replace('create-', ''));
      assert.ok(ids.every((id) => id === kinds.get(want.kind)!.id(want)));
    }),
  );
});

test('a label is created before it is put on for the first time, and only then', () => {
  const want = { kind: 'label', name: 'invalid-title', on: true, color: 'e4e669', description: 'x' } as const;
  const routes = (known: string[]) =>
    planFor(
      [want],
      plainFacts({ thread: { labels: [] }, repo: { labels: { names: known, complete: true } } }),
      kinds,
    ).map(({ call }) => call.via === 'rest' && call.route);
  assert.deepEqual(routes([]), [
    'POST /repos/{owner}/{repo}/labels',
    'POST /repos/{owner}/{repo}/issues/{issue_number}/labels',
  ]);
  assert.deepEqual(routes(['Invalid-Title']), ['POST /repos/{owner}/{repo}/issues/{issue_number}/labels']);
});

test('contradicting wants on one thing are a conflict and neither is done', () => {
  const claims = [
    { by: 'b', want: { kind: 'state', open: true } as const },
    { by: 'a', want: { kind: 'state', open: false } as const },
  ];
  const { wants, conflicts } = settle(claims, [], kinds);
  assert.deepEqual(wants, []);
  assert.deepEqual(conflicts, [{ id: 'state', modules: ['a', 'b'] }]);
});

test('a label stays as long as one module has a reason for it', () => {
  const on = { kind: 'label', name: 'Invalid', on: true } as const;
  const off = { kind: 'label', name: 'invalid', on: false } as const;
  const both = settle(
    [off, on].map((want, i) => ({ by: `m${i}`, want })),
    [],
    kinds,
  );
  assert.deepEqual(both.wants, [on]);
});

test('what was done once is not done again', () => {
  const want = { kind: 'label', name: 'hello', on: true, once: 'greeted' } as const;
  assert.deepEqual(settle([{ by: 'm', want }], ['greeted'], kinds).wants, []);
  assert.deepEqual(settle([{ by: 'm', want }], [], kinds).wants, [want]);
});

test('what is said is found again by its key, whatever became of its words', () => {
  const want = { kind: 'say', key: 'abc', text: { en: 'Hello', 'zh-CN': '你好' } } as const;
  const comment = { nodeId: 'IC_1', id: 1, minimized: true, createdAt: '2026-01-05T09:00:00Z' };
  const said = { ...comment, key: 'say-abc', body: `${markerOf('say-abc')}\nsomething else` };
  assert.deepEqual(planFor([want], plainFacts({ comments: [said] }), kinds), []);
  const [change] = planFor([want], plainFacts({ comments: [{ ...said, key: 'abc' }] }), kinds);
  assert.equal(change!.visibleTwice, true);
  assert.ok(change!.call.via === 'rest');
  assert.equal(change!.call.params['body'], '<!-- github-bot:say-abc -->\nHello');
});

test('each reviewer is asked alone, a team by its slug, and whoever is asked already is not asked again', () => {
  const asks = (...reviewers: string[]) =>
    planFor(
      reviewers.map((reviewer) => ({ kind: 'request-review', reviewer, on: true }) as const),
      plainFacts({ pull: { reviewers: { people: ['Lin'], teams: [], reviewed: [] } } }),
      kinds,
    ).map(({ call }) => call.via === 'rest' && call.params);
  assert.deepEqual(asks('lin', 'wu', '@acme/docs-team'), [
    { pull_number: 12, reviewers: ['wu'] },
    { pull_number: 12, reviewers: [], team_reviewers: ['docs-team'] },
  ]);
  const issue = plainFacts({ thread: { kind: 'issue' } });
  assert.deepEqual(planFor([{ kind: 'request-review', reviewer: 'wu', on: true }], issue, kinds), []);
});

test('reading order: labels, then checks, then comments, then closing', () => {
  const ranks = ['label', 'check', 'comment', 'state'].map((kind) => kinds.get(kind as Want['kind'])!.rank);
  assert.deepEqual(ranks, [...ranks].sort());
});
