import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Facts } from '../../app/facts/fact.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import type { Given } from '../../app/facts/plain-facts.ts';
import standIn from '../../app/wants/stand-in.ts';
import type { StandInWant } from '../../app/wants/want.ts';

type Context = Facts['contexts']['list'][number];

const head = 'b'.repeat(40);
const want: StandInWant = {
  ...{ kind: 'stand-in', name: 'build', head, as: 'status', state: 'success' },
  text: `Overridden by \`lin\`: \`${'x'.repeat(200)}\``,
};
const mine = (more: Partial<Context> = {}): Context => {
  return { name: 'build', kind: 'status', app: null, state: 'success', ours: true, ...more };
};
const callOf = (given: Given, more: Partial<StandInWant> = {}) => {
  const [change] = standIn.diff({ ...want, ...more }, plainFacts(given));
  return change?.call.via === 'rest' ? change.call : null;
};

suite('a context of ours under the name of another', () => {
  test('as a status: one line, no markup, no longer than GitHub takes', () => {
    const { route, params } = callOf({}) ?? {};
    assert.equal(route, 'POST /repos/{owner}/{repo}/statuses/{sha}');
    const { description, ...rest } = params as { description: string };
    assert.deepEqual(rest, { sha: head, context: 'build', state: 'success' });
    assert.match(description, /^Overridden by lin: x{1,200}…$/);
    assert.equal(description.length, 140);
  });
  test('as a check run: a new one, and the newest of ours again', () => {
    const as = 'check';
    assert.equal(callOf({}, { as })?.route, 'POST /repos/{owner}/{repo}/check-runs');
    const old = { name: 'build', head, completed: true, conclusion: 'failure', fingerprint: '', rerequested: false };
    const given: Given = {
      contexts: { list: [mine({ kind: 'check', state: 'failure' })] },
      checks: {
        ours: [
          { ...old, id: 3 },
          { ...old, id: 5 },
          { ...old, id: 9, head: 'c'.repeat(40) },
        ],
      },
    };
    const { route, params } = callOf(given, { as }) ?? {};
    assert.equal(route, 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}');
    assert.deepEqual([params?.['check_run_id'], params?.['conclusion']], [5, 'success']);
  });
  const still: readonly [title: string, given: Given, more?: Partial<StandInWant>][] = [
    ['it is so already, whatever its words', { contexts: { list: [mine()] } }],
    ['another head', { pull: { head: 'c'.repeat(40) } }],
    ['a closed thread', { thread: { state: 'closed' } }],
    ['a merged one', { thread: { state: 'merged' } }],
  ];
  for (const [title, given, more] of still)
    test(`nothing is written: ${title}`, () => assert.equal(callOf(given, more), null));
  test('what somebody else says does not count for ours', () => {
    for (const other of [{ ours: false }, { name: 'lint' }, { kind: 'check' as const }, { state: 'failure' as const }])
      assert.notEqual(callOf({ contexts: { list: [mine(other)] } }), null);
  });
  test('a status takes the place of the one before, a check stands beside it', () => {
    const theirs = [mine({ ours: false, state: 'failure' }), mine({ ours: false, kind: 'check', state: 'failure' })];
    const facts = plainFacts({ contexts: { list: theirs } });
    const shown = (as: 'check' | 'status') =>
      standIn.project({ ...want, as }, facts).contexts.list.map(({ kind, ours, state }) => `${kind} ${ours} ${state}`);
    assert.deepEqual(shown('status'), ['check false failure', 'status true success']);
    assert.deepEqual(shown('check'), ['status false failure', 'check false failure', 'check true success']);
  });
});
