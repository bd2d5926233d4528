import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Context, RequiredContext } from '../../app/facts/merge-facts.ts';
import { isOurName } from '../../app/commands/overrides.ts';
import { greenOf } from '../../app/merge-pool/green.ts';
import { mergeOptions } from '../../app/merge-pool/options.ts';

const now = Date.parse('2026-01-05T10:00:00Z');
const ci = 15368;
const check = (name: string, state: Context['state'], app: number | null = ci): Context => {
  return { name, kind: 'check', app, state, ours: false };
};
const ours = { ...check('github-bot (main)', 'failure', 7), ours: true };

interface Given {
  readonly list?: readonly Context[];
  readonly required?: readonly RequiredContext[];
  readonly require?: Readonly<Record<string, unknown>>;
  readonly since?: string | null;
  /** Names that are overridden, and those that were. */
  readonly passed?: readonly string[];
  readonly over?: readonly string[];
}

function seen(given: Given): string {
  const { list = [], required = [], require = {}, since = '2026-01-05T09:00:00Z', passed = [], over = [] } = given;
  const options = mergeOptions.parse({ require }).require;
  const { lacking, youngUntil } = greenOf({ list, since, complete: true }, required, options, now, {
    standing: new Set(passed),
    names: new Set([...passed, ...over]),
  });
  if (lacking.length > 0) return lacking.map(({ name, lack }) => `${name} ${lack}`).join(', ');
  return youngUntil === null ? 'green' : 'young';
}

const unpinned = [{ name: 'build', app: null }];
const pinned = [{ name: 'build', app: ci }];

// What a context in each state means, by whether anybody asks for it and how.
const cells: readonly [state: Context['state'], all: string, required: string, named: string][] = [
  ['success', 'green', 'green', 'green'],
  ['skipped', 'green', 'build not-success', 'build not-success'],
  ['failure', 'build failing', 'build failing', 'build failing'],
  ['pending', 'build running', 'build running', 'build running'],
];

suite('one context in every state', () => {
  for (const [state, all, required, named] of cells) {
    const list = [check('build', state)];
    test(`${state}, nobody requires it, all`, () => assert.equal(seen({ list }), all));
    test(`${state}, nobody requires it, required`, () =>
      assert.equal(seen({ list, require: { checks: 'required' } }), 'green'));
    test(`${state}, another is named`, () => assert.equal(seen({ list, require: { checks: ['e2e'] } }), 'e2e missing'));
    test(`${state}, optional`, () => assert.equal(seen({ list, require: { optional: ['build'] } }), 'green'));
    for (const checks of ['all', 'required', ['build']]) {
      test(`${state}, the branch requires it, ${String(checks)}`, () =>
        assert.equal(seen({ list, required: unpinned, require: { checks } }), required));
      test(`${state}, required though optional in the rules, ${String(checks)}`, () =>
        assert.equal(seen({ list, required: unpinned, require: { checks, optional: ['build'] } }), required));
      test(`${state}, pinned to its App, ${String(checks)}`, () =>
        assert.equal(seen({ list, required: pinned, require: { checks } }), required));
    }
    test(`${state}, named`, () => assert.equal(seen({ list, require: { checks: ['build'] } }), named));
  }
});

suite('a check that is overridden', () => {
  const passed = ['build'];
  const mine = { ...check('build', 'success', 7), ours: true };
  for (const [state] of cells) {
    const list = [check('build', state)];
    for (const checks of ['all', 'required', ['build']]) {
      test(`${state}, ${String(checks)}`, () => assert.equal(seen({ list, passed, require: { checks } }), 'green'));
      test(`${state}, the branch requires it, ${String(checks)}`, () =>
        assert.equal(seen({ list, passed, required: unpinned, require: { checks } }), 'green'));
    }
    test(`${state}, pinned to its App: no word of ours counts`, () =>
      assert.equal(seen({ list, passed, required: pinned }), seen({ list, required: pinned })));
    test(`${state}, and it ended: what the check says counts`, () =>
      assert.equal(seen({ list: [...list, mine], over: passed }), seen({ list })));
  }
  test('it never came', () => assert.equal(seen({ passed, required: unpinned }), 'green'));
  test('what we wrote in its place is no success once that ended', () => {
    assert.equal(seen({ list: [mine], over: passed }), 'build failing');
    assert.equal(seen({ list: [mine], over: passed, required: unpinned }), 'build failing');
    assert.equal(seen({ list: [mine], passed, required: unpinned }), 'green');
  });
  test('others do not profit', () =>
    assert.equal(seen({ list: [check('build', 'failure'), check('lint', 'failure')], passed }), 'lint failing'));
  test('it is no sign of youth', () =>
    assert.equal(seen({ list: [check('build', 'failure')], passed, since: null }), 'green'));
});

suite('nobody can stand in for the App that protection pins', () => {
  for (const [state] of cells) {
    const list = [check('build', state, 666)];
    test(`another App, ${state}`, () =>
      assert.match(seen({ list, required: pinned, require: { checks: 'required' } }), /^build other-app$/));
    test(`a person's status, ${state}`, () => {
      const status: Context = { name: 'build', kind: 'status', app: null, state, ours: false };
      assert.match(seen({ list: [status], required: pinned }), /build other-app/);
    });
  }
  test('beside the right one a forged success changes nothing', () =>
    assert.equal(
      seen({ list: [check('build', 'failure'), check('build', 'success', 666)], required: pinned }),
      'build failing',
    ));
  test('where nothing is pinned every source of that name must be good', () =>
    assert.equal(
      seen({ list: [check('build', 'success'), check('build', 'pending', 666)], required: unpinned }),
      'build running',
    ));
});

suite('none there', () => {
  const young = '2026-01-05T09:59:00Z';
  test('old head', () => assert.equal(seen({}), 'green'));
  test('young head', () => assert.equal(seen({ since: young }), 'young'));
  test('a head nobody has seen before', () => assert.equal(seen({ since: null }), 'young'));
  test('ours does not count', () => assert.equal(seen({ list: [ours], since: young }), 'young'));
  test('ours never fails', () => assert.equal(seen({ list: [ours] }), 'green'));
  test('optional ones do not count', () =>
    assert.equal(seen({ list: [check('cov', 'success')], require: { optional: ['cov'] }, since: young }), 'young'));
  test('one that counts ends the wait', () =>
    assert.equal(seen({ list: [check('build', 'success')], since: young }), 'green'));
  test('a required one that is missing is no matter of time', () =>
    assert.equal(seen({ required: unpinned }), 'build missing'));
  test('our own check that is required is served by the rows', () =>
    assert.equal(seen({ required: [{ name: 'github-bot (main)', app: 7 }] }), 'green'));
});

test('optional patterns are of whole names', () => {
  const list = [check('codecov/patch', 'failure')];
  assert.equal(seen({ list, require: { optional: ['codecov'] } }), 'codecov/patch failing');
  assert.equal(seen({ list, require: { optional: ['codecov/.*'] } }), 'green');
});

test('our names', () => {
  for (const name of ['github-bot', 'github-bot (main)', 'github-bot/pr-title (release/1)']) assert.ok(isOurName(name));
  for (const name of ['github-bot-2', 'build', 'github-bots (main)', 'x github-bot']) assert.ok(!isOurName(name));
});
