import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOf } from './arm-fault.ts';
import { parseScenarios } from './format.ts';
import { ownSteps, stepShapes } from './step-shapes.ts';

function read(step: string, more = ''): { problems: string[]; keys: Readonly<Record<string, unknown>> } {
  const [parsed] = parseScenarios(`title: t\nsteps:\n  - ${step}\n${more}`, 'a.yml');
  assert.ok(parsed);
  if (parsed.kind === 'scenario') return { problems: [], keys: parsed.scenario.steps[0]?.keys ?? {} };
  return { problems: parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`), keys: {} };
}

const opened = '  - open-pull: {by: bob, as: pr, title: x}\n';

const fine = [
  'fault: {kind: error-before-apply, status: 500, times: 2, skip: 1, route: POST /graphql, method: POST}',
  'fault: {kind: reset-after-apply, caller: app, only: writes, probability: 0.5, seed: 7, from: 10m, for: 1h}',
  'fault: {kind: slow, seconds: 5, from: "2026-01-05T10:00:00Z", until: 2h}',
  'fault: {kind: secondary-limit, status: 429, retry-after: date, seconds: 60}',
  'fault: {kind: unauthorized, token: fresh}',
  'fault: {kind: wrong-type, body: {data: null}}',
  'fault: {kind: page-shift, count: 2}',
  'fault: {kind: webhook-duplicated, event: pull_request.opened, fresh: true}',
];
for (const step of fine) test(step, () => assert.deepEqual(read(step).problems, []));

const wrong: readonly (readonly [step: string, problem: RegExp])[] = [
  ['fault: {kind: webhook-dropped, route: POST /graphql}', /takes no `route`; it belongs to .*`slow`/],
  ['fault: {kind: slow, event: push}', /takes no `event`; it belongs to `webhook-dropped`/],
  ['fault: {kind: slow, token: fresh}', /takes no `token`; it belongs to `unauthorized`/],
  ['fault: {kind: slow, do: {close: {of: pr}}}', /takes no `do`; it belongs to `world-moves`/],
  ['fault: {kind: world-moves}', /needs `do`/],
  ['fault: {kind: world-moves, do: {wait: 5m}}', /^3:37 unknown step `wait`/],
  ['fault: {kind: world-moves, do: {close: {of: nobody}}}', /no earlier step gave the name `nobody`/],
  ['fault: {kind: world-moves, do: {close: {off: pr}}}', /unknown key `off`.*nearest: `of`/],
  ['fault: {kind: slow, route: comments}', /expected a method and a path/],
  ['fault: {kind: slow, from: soon}', /expected a duration .* or a time/],
  ['fault: {kind: slow, until: 1h, for: 1h}', /`for` or `until`, not both/],
  ['fault: {kind: slow, probability: 2}', /more than 0 and at most 1/],
  ['fault: {kind: slow, seed: 2}', /`seed` only with `probability`/],
  ['fault: {times: 2}', /needs `kind`/],
];
for (const [step, problem] of wrong)
  test(`${step} is an error`, () => {
    const found = read(step).problems;
    assert.ok(
      found.some((each) => problem.test(each)),
      `${String(problem)} not in: ${found.join('; ')}`,
    );
  });

test('what happens later may use names that are given later', () => {
  const { problems, keys } = read('fault: {kind: world-moves, do: [{close: {of: pr}}, {reopen: {of: pr}}]}', opened);
  assert.deepEqual(problems, []);
  assert.deepEqual(faultOf(keys, 0).do, [
    { step: 'close', keys: { of: 'pr' } },
    { step: 'reopen', keys: { of: 'pr' } },
  ]);
});

test('windows become moments on the clock', () => {
  const window = (keys: Record<string, unknown>) => {
    const { from, until } = faultOf({ kind: 'slow', ...keys }, 1000);
    return [from, until];
  };
  assert.deepEqual(window({}), [undefined, undefined]);
  assert.deepEqual(window({ for: '1m' }), [undefined, 61_000]);
  assert.deepEqual(window({ from: '1m', for: '1m' }), [61_000, 121_000]);
  assert.deepEqual(window({ from: '1m', until: '3m' }), [61_000, 181_000]);
  assert.deepEqual(window({ until: '1970-01-01T00:01:00Z' }), [undefined, 60_000]);
});

test('every step is one of the runner or one of the world', () => {
  const names = Object.keys(stepShapes);
  assert.deepEqual(
    ownSteps.filter((name) => !names.includes(name)),
    [],
  );
  const problem = read('fault: {kind: world-moves, do: {nothing: {}}}').problems[0] ?? '';
  const listed = [...problem.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
  for (const name of names) assert.equal(listed.includes(name), !ownSteps.includes(name), name);
});

test('aliases stand for what they name, wherever they are', () => {
  const { problems, keys } = read(
    'http: {path: /x, headers: &h {a: "1"}, body: {same: &list [1, 2], again: *list, deep: {headers: *h}}}',
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(keys['body'], { same: [1, 2], again: [1, 2], deep: { headers: { a: '1' } } });
  assert.deepEqual(read('open-issue: &i {by: bob, title: x}', '  - open-issue: *i\n').problems, []);
});

test('a name is given once, whatever it names', () => {
  const again = '  - comment: {of: pr, by: bob, as: pr, body: x}\n';
  assert.match(read('down: {}', opened + again).problems[0] ?? '', /the name `pr` was already given to a thread/);
});
