import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRules } from '../../app/rules/read-rules.ts';
import type { Rules } from '../../app/rules/rules.ts';
import { catalogue, layer, read, readBoth } from './stand-in.ts';

const modes = (rules: Rules) => Object.fromEntries(rules.sections.map(({ module, mode }) => [module, mode]));
const options = (rules: Rules, id: string) =>
  rules.sections.find(({ module }) => module === id)?.options as Record<string, unknown>;

const empty = ['', '\n', '# nothing\n', '---\n', '---\n# nothing', '\ufeff', '{}'];
for (const text of empty) {
  test(`no rules in ${JSON.stringify(text)}`, () => {
    const rules = read(text);
    assert.deepEqual([rules.sections, rules.problems, rules.warnings], [[], [], []]);
    assert.deepEqual([rules.language, rules.checkName, rules.oids], ['auto', 'base', ['repository-oid']]);
  });
}

const modeTable: readonly [upper: string, lower: string, modes: object][] = [
  ['', 'pr-title: true', { 'pr-title': 'enforce' }],
  ['', 'pr-title:', { 'pr-title': 'enforce' }],
  ['', 'pr-title: {}', { 'pr-title': 'enforce' }],
  ['', 'pr-title: {label: x}', { 'pr-title': 'enforce' }],
  ['', 'pr-title: false', {}],
  ['', 'pr-title: {mode: off}', {}],
  ['', 'pr-title: {mode: warn}', { 'pr-title': 'warn' }],
  ['pr-title: {mode: warn}', '', { 'pr-title': 'warn' }],
  ['pr-title: {mode: warn}', 'pr-title: true', { 'pr-title': 'warn' }],
  ['pr-title: {mode: warn}', 'pr-title: {label: x}', { 'pr-title': 'warn' }],
  ['pr-title: {mode: warn}', 'pr-title: {mode: enforce}', { 'pr-title': 'enforce' }],
  ['pr-title: {mode: warn}', 'pr-title: false', {}],
  ['pr-title: {mode: preview}', 'labels: true', { labels: 'enforce', 'pr-title': 'preview' }],
  ['pr-title: false', 'pr-title: true', {}],
  ['pr-title: false', 'pr-title: {mode: enforce}', { 'pr-title': 'enforce' }],
];
for (const [upper, lower, expected] of modeTable) {
  test(`mode of ${JSON.stringify(upper)} below ${JSON.stringify(lower)}`, () => {
    const rules = readBoth(upper, lower);
    assert.deepEqual(rules.problems, []);
    assert.deepEqual(modes(rules), expected);
  });
}

test('maps merge, lists and scalars replace, defaults fill the rest', () => {
  const rules = readBoth(
    'pr-title: {types: [a, b], label: up, max-length: 50}\nlabels: {map: {feat: x, fix: y}}\nlanguage: en',
    'pr-title: {types: [c], label: low}\nlabels: {map: {fix: z, constructor: k}}\ncheck-name: fixed',
  );
  assert.deepEqual(options(rules, 'pr-title'), {
    types: ['c'],
    'require-scope': false,
    pattern: '',
    'max-length': 50,
    label: 'low',
    style: 'conventional',
  });
  assert.deepEqual(options(rules, 'labels')['map'], { feat: 'x', fix: 'z', constructor: 'k' });
  assert.deepEqual([rules.language, rules.checkName], ['en', 'fixed']);
  assert.deepEqual(rules.oids, ['operator-oid', 'repository-oid']);
});

test('only and except merge key by key; null takes them back, an empty list is no condition', () => {
  const upper = 'pr-title: {only: {branches: [main], bots: false}, except: {labels: [x]}}';
  const [merged] = readBoth(upper, 'pr-title: {only: {branches: [dev]}, except:}').sections;
  assert.deepEqual([merged?.only, merged?.except], [{ branches: ['dev'], bots: false }, null]);
  const [cleared] = readBoth(upper, 'pr-title: {only: {branches: []}, except: {labels: []}}').sections;
  assert.deepEqual([cleared?.only, cleared?.except], [{ bots: false }, null]);
});

test('every effective value knows its file and line', () => {
  const { origins } = readBoth(
    'pr-title:\n  label: up\n  types:\n    - a\nlabels: false',
    '\n\npr-title:\n  label: low\n  only: {paths: [a]}\nlanguage: en',
  );
  const [up, low] = ['config/rules.yml', '.github/github-bot.yml'];
  assert.deepEqual(
    { ...origins },
    {
      'pr-title': { file: low, line: 3 },
      'pr-title.label': { file: low, line: 4 },
      'pr-title.types': { file: up, line: 3 },
      'pr-title.only': { file: low, line: 5 },
      'pr-title.only.paths': { file: low, line: 5 },
      labels: { file: up, line: 5 },
      'labels.mode': { file: up, line: 5 },
      language: { file: low, line: 6 },
    },
  );
});

test('what an upper layer locks a lower one cannot change, and is told', () => {
  const rules = readBoth(
    'locked: [pr-title.mode, labels, language,\n  pr-title.only.paths]\npr-title: {mode: enforce, only: {paths: [src/**]}}\nlanguage: en',
    'pr-title:\n  mode: warn\n  label: low\n  only:\nlabels: true\nlanguage: zh-CN\nlocked: []',
  );
  assert.deepEqual(rules.problems, []);
  assert.deepEqual(modes(rules), { 'pr-title': 'enforce' });
  assert.equal(options(rules, 'pr-title')['label'], 'low');
  assert.deepEqual(rules.sections[0]?.only, { paths: ['src/**'] });
  assert.equal(rules.language, 'en');
  assert.deepEqual(
    rules.warnings.map(({ line, column, message }) => `${line}:${column} ${message.en}`),
    [
      '2:3 `pr-title.mode` is locked by `config/rules.yml`:1; the value here is ignored.',
      '4:3 `pr-title.only` is locked by `config/rules.yml`:2; the value here is ignored.',
      '5:1 `labels` is locked by `config/rules.yml`:1; the value here is ignored.',
      '6:1 `language` is locked by `config/rules.yml`:1; the value here is ignored.',
    ],
  );
});

test('a layer may set what it locks itself; a lower list of locks adds to the upper one', () => {
  const layers = [
    layer('locked: [pr-title.label]\npr-title: {label: a}', 'operator'),
    layer('locked: [pr-title.types]\npr-title: {types: [b]}'),
    { ...layer('pr-title: {label: c, types: [c]}'), file: 'third' },
  ];
  const rules = readRules(layers, catalogue);
  assert.deepEqual([options(rules, 'pr-title')['label'], options(rules, 'pr-title')['types']], ['a', ['b']]);
  assert.deepEqual(
    rules.warnings.map(({ file }) => file),
    ['third', 'third'],
  );
});

test('switching off what has a locked mode does not switch it on', () => {
  const rules = readBoth('locked: [pr-title.mode]', 'pr-title: false');
  assert.deepEqual([rules.sections, rules.warnings.length], [[], 1]);
});

test('a section that stays off because of a layer above says so', () => {
  const { warnings } = readBoth('\npr-title: false', 'pr-title: true');
  assert.deepEqual(
    warnings.map(({ line, file, message }) => `${file}:${line} ${message.en}`),
    [
      '.github/github-bot.yml:1 `pr-title` stays off, because `config/rules.yml`:2 says so. To switch it on, add `mode: enforce` to the section.',
    ],
  );
  assert.deepEqual(readBoth('', 'pr-title: false').warnings, []);
});

test('sections come in order of id, whatever the file says, and cannot be changed', () => {
  const rules = read('pr-title: true\nissue-template: true\nlabels: true');
  assert.deepEqual(
    rules.sections.map(({ module }) => module),
    ['issue-template', 'labels', 'pr-title'],
  );
  assert.ok(Object.isFrozen(rules) && Object.isFrozen(rules.sections[0]?.options));
});
