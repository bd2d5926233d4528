import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readRules } from '../../app/rules/read-rules.ts';
import { catalogue, layer, read, readBoth } from './stand-in.ts';

const size = 64 * 1024;
const fill = (unit: string, start = '') => (start + unit.repeat(size)).slice(0, size);
const hostile: Readonly<Record<string, string>> = {
  brackets: fill('['),
  braces: fill('{'),
  'nested maps': fill('{a: '),
  dashes: fill('- '),
  'complex keys': fill('? '),
  'many keys': Array.from({ length: 9000 }, (_, at) => `k${at}:`).join('\n'),
  'many equal keys': fill('k:\n'),
  'deep blocks': Array.from({ length: 350 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
  colons: fill(': '),
  anchors: fill('&a '),
  aliases: fill('*a '),
  tags: fill('!a '),
  commas: fill(',', '['),
  closing: fill(']'),
  documents: fill('---\n'),
  directives: fill('%a\n'),
  escapes: fill('\\x', '"'),
  newlines: fill('\n'),
  bomb: `a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]`,
  items: fill('a,', 'pr-title: {types: ['),
  'wrong items': fill('1,', 'pr-title: {types: ['),
  'long key': fill('k'),
  'long word': `language: ${'x'.repeat(60_000)}`,
  'patterns to compile': `pr-title: {pattern: "${'(a|b){50}'.repeat(50)}"}`,
  'many globs': `pr-title: {only: {paths: [${Array.from({ length: 3000 }, (_, at) => `"**/${at}*"`).join(',')}]}}`,
  'many owners': `labels: {owners: {${Array.from({ length: 3000 }, (_, at) => `a${at}*: [x]`).join(',')}}}`,
};
for (const [name, text] of Object.entries(hostile)) {
  test(`hostile YAML: ${name}`, () => {
    const start = performance.now();
    const { problems } = read(text);
    const took = performance.now() - start;
    assert.ok(problems.length <= 101);
    assert.ok(problems.every(({ line, column }) => line >= 1 && column >= 1));
    assert.ok(problems.every(({ message }) => message.en.length < 3000));
    // Generous, for slow machines; a quadratic reader would take minutes.
    assert.ok(took < 5000, `${took} ms`);
  });
}

const words = fc.constantFrom(
  ...['pr-title', 'labels', 'issue-template', 'language', 'locked', 'mode', 'only', 'except', 'paths', 'map', 'types'],
  ...['true', 'false', 'off', '[', ']', '{', '}', ':', ': ', '- ', ', ', '\n', '\n  ', '"', "'", '#', '&a', '*a', '!b'],
  ...['__proto__', 'constructor', 'toString', '<<', '?', '|', '>', '%', '\t', '1', '0x1', '.inf', '~', '\u0000', '语'],
);
const texts = fc.oneof(
  fc.array(words, { maxLength: 40 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.json({ maxDepth: 4 }),
);

test('no text makes the reader throw, nothing pollutes the prototype', () => {
  fc.assert(
    fc.property(texts, texts, (upper, lower) => {
      const rules = readBoth(upper, lower);
      assert.equal(rules.oids.length + new Set(rules.problems.map(({ file }) => file)).size, 2);
      for (const { line, column, message } of rules.problems) {
        assert.ok(line >= 1 && column >= 1 && message.en !== '' && message['zh-CN'] !== '');
      }
    }),
    { numRuns: 3000 },
  );
  assert.deepEqual(Object.keys(Object.prototype), []);
});

const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(1, true, null, '', 'a', 'warn', '**', '7d'),
    tie('list'),
    tie('map'),
  ),
  list: fc.array(tie('value'), { maxLength: 3 }),
  map: fc.dictionary(
    fc.constantFrom(
      'mode',
      'only',
      'paths',
      'types',
      'label',
      'tree',
      'deep',
      'pair',
      'a',
      'rules',
      'on',
      'say',
      'map',
    ),
    tie('value'),
    { maxKeys: 3 },
  ),
})).value;
const section = fc.constantFrom('pr-title', 'labels', 'issue-template', 'language', 'locked');

test('values of every shape at every place give rules or a fault', () => {
  fc.assert(
    fc.property(fc.dictionary(section, value), (file) => {
      const rules = readRules([layer(JSON.stringify(file))], catalogue);
      assert.equal(rules.problems.length === 0, rules.oids.length === 1);
    }),
    { numRuns: 3000 },
  );
});

for (const text of [
  '__proto__: {polluted: true}',
  'constructor: {prototype: {polluted: true}}',
  'pr-title: {__proto__: {polluted: true}}',
  'labels: {map: {__proto__: polluted}}',
  'labels: {owners: {__proto__: [polluted]}}',
  '"__proto__":\n  polluted: true',
  'locked: [__proto__.polluted, constructor.prototype]',
]) {
  test(`inert: ${text}`, () => {
    const rules = read(text);
    assert.equal(rules.problems.length > 0, true);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });
}

test('a key named constructor is an ordinary one where names are free', () => {
  const rules = read('labels: {map: {constructor: x, toString: y}}');
  assert.deepEqual((rules.sections[0]?.options as { map: object }).map, { constructor: 'x', toString: 'y' });
  assert.equal(Object.getPrototypeOf(rules.origins), null);
});
