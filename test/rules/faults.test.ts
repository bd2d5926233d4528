import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faults, layer, read, catalogue } from './stand-in.ts';
import { readRules } from '../../app/rules/read-rules.ts';

const top =
  '`language`, `checks`, `check-name`, `commands`, `extends`, `locked`, `pr-title`, `issue-template`, `labels`, `merge`';
const options = '`types`, `require-scope`, `pattern`, `max-length`, `label`, `style`, `mode`, `only`, `except`';
const title = (rest: string) => `pr-title: {${rest}}`;

const exact: readonly [text: string, ...faults: string[]][] = [
  ['pr-titel: true', `1:1 A rules file has no key \`pr-titel\`. Did you mean \`pr-title\`? Allowed: ${top}.`],
  ['# a\n\n  zebra: 1', `3:3 A rules file has no key \`zebra\`. Allowed: ${top}.`],
  [
    'pr-title:\n  lable: x',
    `2:3 The section \`pr-title\` has no key \`lable\`. Did you mean \`label\`? Allowed: ${options}.`,
  ],
  [
    'pr-title: enforce',
    '1:11 `pr-title` takes `true`, `false` or a map of keys and values, not `enforce`. Write `{mode: enforce}` for that.',
  ],
  [
    'pr-title: ture',
    '1:11 `pr-title` takes `true`, `false` or a map of keys and values, not `ture`. Did you mean `true`?',
  ],
  ['pr-title:\n  - a', '2:3 `pr-title` takes `true`, `false` or a map of keys and values, not a list.'],
  [
    title('mode: enforced'),
    '1:18 `enforced` is no value that `mode` knows. Did you mean `enforce`? Allowed: `off`, `preview`, `warn`, `enforce`.',
  ],
  [title('mode: false'), '1:18 `mode` takes `off`, `preview`, `warn` or `enforce`, not `false`.'],
  ['language: english', '1:11 `english` is no value that `language` knows. Allowed: `auto`, `zh-CN`, `en`, `both`.'],
  ['language:', '1:10 `language` takes `auto`, `zh-CN`, `en` or `both`, not nothing.'],
  ['check-name: 1', '1:13 `check-name` takes `base` or `fixed`, not the number `1`.'],
  ['locked: pr-title', '1:9 `locked` takes a list of text, not `pr-title`. Write it as a list: `[pr-title]`.'],
  [
    'locked:\n  - pr-titel.mode',
    `2:5 A rules file has no key \`pr-titel\`. Did you mean \`pr-title\`? Allowed: ${top}.`,
  ],
  [
    'locked: [pr-title.lable]',
    `1:10 The section \`pr-title\` has no key \`lable\`. Did you mean \`label\`? Allowed: ${options}.`,
  ],
  [
    'locked: [pr-title.only.pahts]',
    '1:10 The section `pr-title.only` has no key `pahts`. Did you mean `paths`? Allowed: `authors`, `bots`, `branches`, `labels`, `paths`, `drafts`.',
  ],
  ['locked: [pr-title.label.x]', '1:10 The section `pr-title.label` has no key `x`.'],
  ['locked: [pr-title.types.0]', '1:10 The section `pr-title.types` has no key `0`.'],
  [
    'locked: [commands.prefx]',
    '1:10 The section `commands` has no key `prefx`. Did you mean `prefix`? Allowed: `prefix`, `alias`.',
  ],
  ['locked: [commands.prefix, commands.alias.ship, labels]'],
  [title('max-length: 5'), '1:24 `max-length` must be at least 10, not the number `5`.'],
  [title('max-length: 5000'), '1:24 `max-length` must be at most 1,000, not the number `5000`.'],
  [title('max-length: abc'), '1:24 `max-length` takes a whole number, not `abc`.'],
  [title('max-length: 1.5'), '1:24 `max-length` takes a whole number, not the number `1.5`.'],
  [title('label: 1.0'), '1:19 `label` takes text, not the number `1.0`. Put it in quotes: `"1.0"`.'],
  [title('label: true'), '1:19 `label` takes text, not `true`. Put it in quotes: `"true"`.'],
  [title('label: ""'), '1:19 `label` needs at least one character.'],
  [title('label:'), '1:18 `label` takes text, not nothing.'],
  [title('types: feat'), '1:19 `types` takes a list of text, not `feat`. Write it as a list: `[feat]`.'],
  [
    'pr-title:\n  types:\n    - feat\n    - 1\n    - {a: b}',
    '4:7 An item of `types` takes text, not the number `1`. Put it in quotes: `"1"`.',
    '5:7 An item of `types` takes text, not a map of keys and values.',
  ],
  [title(`types: [${'a, '.repeat(21)}]`), '1:19 `types` may have 20 items at most.'],
  [title('require-scope: "yes"'), '1:27 `yes` is no value that `require-scope` knows. Allowed: `true`, `false`.'],
  [
    title('pattern: "a(?=b)"'),
    "1:21 `a(?=b)` is no pattern of RE2 (`invalid or unsupported Perl syntax: '(?='`). Its syntax is at https://github.com/google/re2/wiki/Syntax. RE2 has no look-around and no back-references.",
  ],
  [
    title('pattern: "(("'),
    "1:21 `((` is no pattern of RE2 (`missing closing ): '(('`). Its syntax is at https://github.com/google/re2/wiki/Syntax.",
  ],
  [title(`pattern: "${'a'.repeat(513)}"`), '1:21 `pattern` may have 512 characters at most.'],
  ['issue-template: {grace: soon}', '1:25 `grace` takes text like `7d`, `0` or `never`, not `soon`.'],
  ['issue-template: {grace: 5}', '1:25 `grace` takes text like `7d`, `0` or `never`, not the number `5`.'],
  [
    'issue-template: {exempt: [write, "two words"]}',
    '1:34 `two words` names nobody. Write a level, a login or a team, for example `write`, `octocat`, `@org/team`.',
  ],
  [
    'labels: {owners: {"[a": [lin]}}',
    '1:19 The brackets of this glob are wrong. Write `[abc]` or `[a-z]`, or `\\` before a bracket that is meant as it is.',
  ],
  [
    'labels: {tree: {deep: {leef: a}}}',
    '1:24 The section `deep` has no key `leef`. Did you mean `leaf`? Allowed: `leaf`.',
  ],
  ['labels: {size: big}', '1:16 `size` takes text of a certain form, not `big`. Digits only.'],
  [
    'labels: {kinds: {bug: a, idae: b}}',
    '1:26 The section `kinds` has no key `idae`. Did you mean `idea`? Allowed: `bug`, `idea`.',
  ],
  ['labels: {pair: {a: x}}', '1:16 `b` is missing. Write text.'],
  ['labels: {rules: [{on: opened}]}', '1:18 `say` is missing. Write text.'],
  [
    'labels: {rules: [{on: labeled, labell: a}]}',
    '1:32 The section `rules` has no key `labell`. Did you mean `label`? Allowed: `on`, `label`.',
  ],
  ['labels: {rules: [5]}', '1:18 An item of `rules` takes a map of keys and values, not the number `5`.'],
  ['labels: {map: {__proto__: x}}', '1:16 No key can be called `__proto__`.'],
  [
    title('only: {path: [a]}'),
    '1:19 The section `only` has no key `path`. Did you mean `paths`? Allowed: `authors`, `bots`, `branches`, `labels`, `paths`, `drafts`.',
  ],
  [title('only: {paths: ["!a"]}'), '1:27 A glob cannot start with `!`. Name what is meant, or use `except`.'],
  [title('only: {paths: a}'), '1:26 `paths` takes a list of text, not `a`. Write it as a list: `[a]`.'],
  [
    title('except: {labels: ["{a"]}'),
    '1:30 The braces of this glob do not pair up. Write `{a,b}`, or `\\` before a brace that is meant as it is.',
  ],
  [title('only: [a]'), '1:18 `only` takes a map of keys and values, not a list.'],
  [
    'pr-title: {label: 1}\nlanguage: x\nlabels: {x: 1, y: 2}',
    '1:19 `label` takes text, not the number `1`. Put it in quotes: `"1"`.',
    '2:11 `x` is no value that `language` knows. Allowed: `auto`, `zh-CN`, `en`, `both`.',
    '3:10 The section `labels` has no key `x`. Allowed: `size`, `kinds`, `map`, `owners`, `tree`, `pair`, `rules`, `mode`, `only`, `except`.',
    '3:16 The section `labels` has no key `y`. Allowed: `size`, `kinds`, `map`, `owners`, `tree`, `pair`, `rules`, `mode`, `only`, `except`.',
  ],
  [
    'pr-title: true\npr-title: false',
    '2:1 `pr-title` stands here a second time; the first is on line 1. Keep one of them.',
  ],
  ['<<: {a: b}', '1:1 Merge keys (`<<`) do not work in rules. Write the keys out.'],
  ['? [a]\n: b', '1:3 A key must be a word or quoted text, such as `pr-title`.'],
];

for (const [text, ...expected] of exact) {
  test(`says what is wrong with ${JSON.stringify(text.slice(0, 60))}`, () => {
    assert.deepEqual(faults(text), expected);
  });
}

const starts: readonly [text: string, ...starts: string[]][] = [
  ['- a', '1:1 A rules file is a map'],
  ['\n\nhello', '3:1 A rules file is a map'],
  ['null', '1:1 A rules file is a map'],
  ['a: b: c', '1:4 A value cannot start like this'],
  ['pr-title:\n\tlabel: x', '2:1 The indentation'],
  ['pr-title:\n  label: x\n types: [a]', '3:1 The indentation'],
  ['pr-title: {label: "a}', '1:22 Something is not closed'],
  ['pr-title: {label: `x`}', '1:19 Text cannot start'],
  ['pr-title: {label: "\\q"}', '1:20 This escape'],
  ['pr-title: &a {label: *b}', '1:11 `&a` is an anchor', '1:22 `*b` is an anchor'],
  ['pr-title: !!js/function {}', '1:11 `!!js/function` is a tag'],
  ['pr-title: !x {}', '1:11 `!x` is a tag'],
  ['%YAML 1.1\n---\npr-title: true', '1:1 `%YAML 1.1` is a directive'],
  ['pr-title: true\n---\nlabels: true', '2:1 A second document'],
  ['pr-title: "\ufffd"', '1:12 A character here'],
  ['a\u0000', '1:2 A character here'],
  ['['.repeat(30), '1:22 This is nested too deeply'],
  ['- '.repeat(30), '1:41 This is nested too deeply'],
  [`# ${'语'.repeat(30_000)}`, '1:1 This file is too large'],
  ['\ufeffpr-title:\n  x: 1', '2:3 The section'],
  ['pr-title:\r\n  x: 1', '2:3 The section'],
  ['language: {a: {b: 1}}', '1:11 `language` takes'],
];

for (const [text, ...expected] of starts) {
  test(`finds the place of the fault in ${JSON.stringify(text.slice(0, 40))}`, () => {
    const found = faults(text);
    assert.deepEqual(
      found.map((fault, at) => fault.slice(0, expected[at]?.length)),
      expected,
    );
  });
}

test('says it in Chinese too, with nothing of the reader in it but code spans', () => {
  const [problem] = read('pr-title: {label: 1.0}').problems;
  assert.equal(problem?.message['zh-CN'], '`label` 要写文字，不能写数字 `1.0`。加上引号即可：`"1.0"`。');
  const [hostile] = read('"@org/team <b> `x` #1": 1').problems;
  assert.match(hostile?.message.en ?? '', /^A rules file has no key `` @org\/team <b> `x` #1 ``\./);
});

test('a layer with a fault is left out as a whole, the others count', () => {
  const good = layer('pr-title: {label: a}', 'operator');
  const rules = readRules([good, layer('pr-title: {label: b}\nlabels: {x: 1}')], catalogue);
  assert.deepEqual(rules.oids, ['operator-oid']);
  assert.equal((rules.sections[0]?.options as { label: string }).label, 'a');
  assert.deepEqual(
    rules.problems.map(({ layer: name, file, line, column }) => ({ name, file, line, column })),
    [{ name: 'repository', file: '.github/github-bot.yml', line: 2, column: 10 }],
  );
});

test('a value that only breaks once merged is told where it stands, and its layer left out', () => {
  const rules = readRules([layer('labels: {pair: {a: x}}', 'operator'), layer('labels: {pair: {b: y}}')], catalogue);
  assert.deepEqual(rules.problems, []);
  assert.deepEqual((rules.sections[0]?.options as { pair: object }).pair, { a: 'x', b: 'y' });
  const half = readRules([layer('pr-title: true', 'operator'), layer('labels: {pair: {b: y}}')], catalogue);
  assert.deepEqual(half.oids, ['operator-oid']);
  assert.equal(half.problems[0]?.message.en, '`a` is missing. Write text.');
});

test('more patterns than a file may hold', () => {
  const globs = Array.from({ length: 101 }, (_, at) => `g${at}`).join(', ');
  assert.match(faults(`pr-title: {only: {paths: [${globs}]}}`).join(), /^1:\d+ A rules file may hold 100 patterns/);
});

test('a file full of faults tells a hundred of them and how many are left', () => {
  const found = faults(Array.from({ length: 300 }, (_, at) => `k${at}: 1`).join('\n'));
  assert.equal(found.length, 101);
  assert.equal(found.at(-1), '101:1 There are 200 more faults further down; they show once these are fixed.');
});
