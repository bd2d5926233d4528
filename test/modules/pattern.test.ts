import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { matcher, pattern, patternFault } from '../../app/modules/pattern.ts';

test('a pattern is found anywhere, with Unicode classes and flags', () => {
  assert.ok(matcher('(?i)invite')('Please INVITE me'));
  assert.ok(matcher('^\\p{Han}+$')('登录'));
  assert.ok(!matcher('^fix')('a fix'));
});

for (const text of ['[', '(?=a)', '(a)\\1', 'a{1001}', '((a{100}){100}){100}', '(?:a{30}){33}b{50}', 'a'.repeat(513)]) {
  test(`refused: ${text.slice(0, 30)}`, () => {
    assert.ok(patternFault(text));
    assert.throws(() => matcher(text));
  });
}

test('what is tagged can be told from other text, also in the schema', () => {
  assert.equal(pattern().meta()?.['format'], 'regex');
  const schema = z.toJSONSchema(z.object({ p: pattern().default('') }));
  assert.equal(schema.properties?.['p'] && (schema.properties['p'] as { format?: string }).format, 'regex');
  assert.ok(!pattern().safeParse('a'.repeat(513)).success);
});

test('only the first 64 KB are looked at', () => {
  assert.ok(matcher('b')(`${'a'.repeat(65_535)}b`));
  assert.ok(!matcher('b')(`${'a'.repeat(65_536)}b`));
});

test('patterns that explode elsewhere take no time', () => {
  const patterns = ['^(a+)+$', '(a|aa)+$', '(.*)*b', '.*'.repeat(200), '(x+x+)+y', '(a|b)*a(a|b){20}c'];
  const inputs = ['a'.repeat(65_536), `${'a'.repeat(65_535)}!`, 'xy'.repeat(32_768)];
  for (const text of patterns) {
    const start = performance.now();
    for (const input of inputs) matcher(text)(input);
    assert.ok(performance.now() - start < 500, text);
  }
});

test('any text is either refused or a pattern, and more patterns than are kept do no harm', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ unit: 'binary' }), (text, input) => {
      if (patternFault(text) === null) assert.equal(typeof matcher(text)(input), 'boolean');
    }),
    { numRuns: 500 },
  );
  assert.ok(matcher('^fix')('fix: it'));
});
