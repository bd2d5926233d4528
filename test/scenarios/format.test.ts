import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseScenarios } from './format.ts';

const whole = (steps: string, head = 'title: t') => `${head}\nsteps:\n${steps}`;

function problems(source: string): string[] {
  return parseScenarios(source, 'a.yml').flatMap((parsed) =>
    parsed.kind === 'broken' ? parsed.problems.map((each) => `${each.line}:${each.column} ${each.message}`) : [],
  );
}

const opened = '  - open-pull: {by: bob, as: pr, title: x}\n';

test('the example of the format is a scenario', () => {
  const [parsed] = parseScenarios(
    whole(
      `  - open-pull: {by: bob, as: pr, title: add search, files: {src/search.ts: "export {}"}}
  - expect: {of: pr, checks: {"github-bot (main)": failure}, rulings: {pr-title: fail}, comments: 1, says: ["feat"]}
  - wait: 2d
  - down: {}
`,
      `title: A title
world:
  people: {lin: admin}
  protection: {main: {checks: [build], approvals: 0}}
  files:
    .github/github-bot.yml: |
      pr-title: {mode: enforce}
rules: |
  pr-title: true`,
    ),
    'a.yml',
  );
  assert.ok(parsed?.kind === 'scenario', JSON.stringify(parsed));
  const { world, rules, steps } = parsed.scenario;
  assert.deepEqual(world.people, { lin: 'admin' });
  assert.equal(rules, 'pr-title: true\n');
  assert.deepEqual(
    steps.map(({ number, name, line }) => [number, name, line]),
    [
      [1, 'open-pull', 11],
      [2, 'expect', 12],
      [3, 'wait', 13],
      [4, 'down', 14],
    ],
  );
  assert.deepEqual(steps[1]?.keys['rulings'], { 'pr-title': 'fail' });
});

const mistakes: readonly (readonly [what: string, source: string, problem: RegExp])[] = [
  ['an unknown step', whole('  - opn-pull: {by: bob}'), /^3:5 unknown step `opn-pull`; .*nearest: `open-pull`$/],
  ['an unknown key of a step', whole('  - open-pull: {titel: x}'), /^3:17 unknown key `titel`.*nearest: `title`$/],
  ['an unknown key of expect', whole(`${opened}  - expect: {of: pr, lables: []}`), /^4:22 .*nearest: `labels`$/],
  ['an unknown key of the world', whole(opened, 'title: t\nworld: {persons: {}}'), /^2:9 unknown key `persons`/],
  ['an unknown key of a scenario', whole(opened, 'title: t\nrule: x'), /^2:1 .*nearest: `rules`$/],
  ['a name never given', whole(`${opened}  - close: {of: pt, by: bob}`), /^4:17 .*`pt`.*nearest: `pr`$/],
  ['a comment never named', whole('  - edit-comment: {comment: c, by: bob, body: x}'), /^3:29 .*no comment has a name/],
  ['a review never named', whole('  - dismiss-review: {review: r, by: bob}'), /no earlier step gave the name `r`/],
  ['a name given later', whole(`  - close: {of: pr}\n${opened}`), /^3:17 /],
  ['a name given twice', whole(opened + opened), /^4:30 the name `pr` was already given/],
  ['a thread where a comment belongs', whole(`${opened}  - expect: {of: pr, reactions: {pr: []}}`), /^4:34 /],
  [
    'text where a list belongs',
    whole(`${opened}  - label: {of: pr, labels: bug}`),
    /^4:29 expected a list, found `bug`$/,
  ],
  ['a number where text belongs', whole('  - open-issue: {title: 12}'), /^3:25 expected text .*found `12`$/],
  ['a bad conclusion', whole(`${opened}  - expect: {of: pr, checks: {a: fail}}`), /^4:34 .*nearest: `failure`$/],
  ['a bad verdict', whole(`${opened}  - expect: {of: pr, rulings: {a: failed}}`), /nearest: `fail`$/],
  ['a bad duration', whole('  - wait: 2 days'), /^3:11 expected a duration such as `30m`/],
  ['a bad fault', whole('  - fault: {kind: reset}'), /^3:19 .*reset-after-apply/],
  ['a bad pattern', whole(`${opened}  - expect: {of: pr, says: ["("]}`), /^4:29 not a pattern/],
  ['a bad role', whole(opened, 'title: t\nworld: {people: {lin: owner}}'), /^2:23 /],
  ['a step with two keys', whole('  - down: {}\n    up: {}'), /^4:5 a step is a map with one key; `up`/],
  ['a step that is no map', whole('  - down'), /^3:5 expected a map, found `down`$/],
  ['a step without values', whole('  - down:'), /expected a map, found nothing$/],
  ['no title', 'steps: []', /^1:1 a scenario needs `title`$/],
  ['a thread key without `of`', whole('  - expect: {labels: []}'), /needs `of`.*`labels`/],
  ['`at` without `applied`', whole('  - crash: {at: next-write}'), /`at` and `applied` together/],
  ['redeliver without a count', whole('  - redeliver: {duplicate: true}'), /takes one of `last: true`/],
  ['a key written twice', whole('  - down: {}', 'title: t\ntitle: u'), /^2:1 .*unique/],
  ['broken YAML', 'title: [', /^1:\d+ /],
];

for (const [what, source, problem] of mistakes) {
  test(`${what} is an error`, () => {
    const found = problems(source);
    assert.ok(
      found.some((each) => problem.test(each)),
      `${String(problem)} not in:\n${found.join('\n')}`,
    );
  });
}

test('repository keys and heads elsewhere need no thread', () => {
  const steps = '  - expect: {status: 401, calls: {max: 3, writes: 0}, on: pool, checks: {a: success}}\n';
  assert.deepEqual(problems(whole(steps)), []);
});

test('documents are told apart, and a broken one spoils no other', () => {
  const source = `# a comment\n---\n${whole(opened)}---\ntitle: two\nstep: []\n---\n${whole('  - up: {}\n', 'title: three')}`;
  assert.deepEqual(
    parseScenarios(source, 'a.yml').map((each) => (each.kind === 'scenario' ? each.scenario.title : each.kind)),
    ['t', 'broken', 'three'],
  );
});

test('a title as __proto__ is only text', () => {
  const [parsed] = parseScenarios(whole('  - open-pull: {files: {__proto__: x}}'), 'a.yml');
  assert.ok(parsed?.kind === 'scenario');
  assert.deepEqual(Object.keys(parsed.scenario.steps[0]?.keys['files'] as object), ['__proto__']);
});
