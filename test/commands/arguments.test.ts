import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { readArguments, usageOf, wordsOf } from '../../app/commands/arguments.ts';
import { argumentTypes } from '../../app/commands/command.ts';
import type { Args, Argument, ArgumentType } from '../../app/commands/command.ts';

const one = (type: ArgumentType, more: Partial<Argument> = {}): Argument => ({ name: 'x', type, ...more });
const what = one('choice', { of: ['cancel', 'no-issue'] });

const fine: Readonly<Record<ArgumentType, readonly string[]>> = {
  user: ['bob', '@bob', '@Bob-2', 'dependabot[bot]', `a${'b'.repeat(38)}`],
  team: ['@acme/reviewers', '@Acme-2/re.vi_ew-ers'],
  people: ['bob', '@bob', '@acme/reviewers'],
  label: ['bug', 'kind/bug', '"good first issue"', '标签', 'a:b', 'x'.repeat(50)],
  branch: ['main', 'release/1.x', 'v1+fix', 'feature#12', '分支', 'a@b', `a${'/b'.repeat(100)}`],
  sha: ['abcdef1', 'ABCDEF1', 'a'.repeat(40), '0'.repeat(64)],
  duration: ['30m', '2d', '1H', '9999w'],
  date: ['2026-01-31', '2028-02-29'],
  number: ['12', '#12', '999999999'],
  check: ['ci/build', '"build (ubuntu, 20)"', 'build,lint', '检查', '---'],
  text: ['one', '"one two"'],
  choice: ['cancel', 'CANCEL', 'No-Issue'],
};
/** What an argument must never be: names of two things, ways out of an address or a folder, options, shells. */
const hostile: Readonly<Record<ArgumentType, readonly string[]>> = {
  user: ['@acme/x', 'bob/..', '-bob', 'b_b', 'bob;ls', 'b%2f', '@', '""', 'böb', 'a'.repeat(40), 'bob[bot][bot]'],
  team: ['acme/x', '@acme', '@acme/', '@acme/../x', '@acme/x/y', '@acme/-x', '@acme/%2e'],
  people: ['@acme/../x', '$(id)', 'bob\u200b', '@@bob'],
  label: ['a,b', '""', 'x'.repeat(51), '"a\u0007b"', 'x'.repeat(10_240)],
  branch: [
    ...['--upload-pack=x', '-b', '../x', 'a/../b', '.git', 'a/.b', '/etc', 'a//b', 'a/', 'a.', 'a.lock', 'a.lock/b'],
    ...[
      '%2f',
      'a%2fb',
      'a:b',
      'a b',
      'a~1',
      'a^',
      'a?b',
      'a*',
      '[a',
      'a\\b',
      '@{1}',
      '@',
      '$(id)',
      'a;ls',
      'a|b',
      'a&b',
    ],
    ...['`id`', 'a>b', "a'b", 'a\u202eb', 'a\u200bb', 'a'.repeat(10_240)],
  ],
  sha: ['abcdef', 'g'.repeat(7), '0'.repeat(65), 'abcdef1..', 'HEAD'],
  duration: ['2', 'd', '0d', '-2d', '2.5d', '2y', '99999d', '２d'],
  date: ['2026-02-31', '2026-13-01', '2026-1-1', '26-01-01', 'tomorrow', '2025-02-29'],
  number: ['#', '0', '#-1', '1e3', '１２', '1234567890', '#12/x'],
  check: ['--', '""', '"a\u0000b"', '"a\u0007"', 'x'.repeat(201)],
  text: ['""', '"a\u0000b"', 'x'.repeat(1_001)],
  choice: ['cancelled', 'cance', 'cancel,no-issue', '""', 'сancel'],
};

for (const type of argumentTypes as readonly ArgumentType[]) {
  suite(`an argument of type ${type}`, () => {
    const argument = type === 'choice' ? what : one(type);
    for (const word of fine[type]) {
      test(`takes ${word.slice(0, 40)}`, () => {
        const value = word.replace(/^"|"$/g, '');
        assert.deepEqual(readArguments([argument], word), {
          [argument.name]: type === 'choice' ? value.toLowerCase() : value,
        });
      });
    }
    for (const word of hostile[type]) {
      test(`refuses ${JSON.stringify(word.slice(0, 40))}`, () => {
        assert.equal(readArguments([argument], word), null);
        assert.equal(readArguments([{ ...argument, optional: true }], word), null);
      });
    }
  });
}

suite('several arguments', () => {
  const people = one('people', { many: true });
  const reason: Argument = { name: 'reason', type: 'text', optional: true, many: true };
  const rows: readonly [title: string, declared: readonly Argument[], rest: string, args: Args | null][] = [
    ['none where none is declared', [], '', {}],
    ['one where none is declared', [], 'x', null],
    ['one that is missing', [one('user')], '', null],
    ['one that may be missing', [one('user', { optional: true })], '', {}],
    ['one too many', [one('user')], 'bob lin', null],
    ['people, with commas and without', [people], '@bob, lin,@acme/x', { x: ['@bob', 'lin', '@acme/x'] }],
    ['people, one of them none', [people], '@bob a/b', null],
    [
      'the first does not fit and may be missing',
      [{ ...what, optional: true }, reason],
      'see #3',
      { reason: 'see #3' },
    ],
    ['both', [{ ...what, optional: true }, reason], 'cancel it is "done', { x: 'cancel', reason: 'it is "done' }],
    [
      'all that is left in quotes',
      [{ ...what, optional: true }, reason],
      'cancel "it is done"',
      { x: 'cancel', reason: 'it is done' },
    ],
    ['only a part of it', [reason], '"it" is "done"', { reason: '"it" is "done"' }],
    ['the rest of the line too long', [reason], 'x'.repeat(1_001), null],
    ['a quote that is not closed', [one('label')], '"a b', null],
    ['a quote in a word', [one('label')], 'a"b"', null],
    [
      'a choice in quotes is a name',
      [{ ...what, optional: true }, one('label', { name: 'y' })],
      '"cancel"',
      { y: 'cancel' },
    ],
    ['under its name', [one('user'), one('sha', { name: 'sha' })], 'sha=abcdef1 bob', { x: 'bob', sha: 'abcdef1' }],
    ['under its name, in quotes', [one('label', { name: 'label' })], 'LABEL="a b"', { label: 'a b' }],
    ['under its name, a list', [people], 'x=@bob,lin', { x: ['@bob', 'lin'] }],
    ['a choice under its name', [{ ...what, optional: true }], 'x=CANCEL', { x: 'cancel' }],
    ['under its name and in its place', [one('user')], 'x=bob lin', null],
    ['twice under its name', [one('user')], 'x=bob x=lin', null],
    ['under its name, and it does not fit', [one('user', { optional: true })], 'x=b_b', null],
    ['nothing under its name', [one('label', { optional: true })], 'x=', null],
    ['a name that nobody declared', [one('user')], 'y=bob', null],
    ['what only looks like a name', [one('label')], '"x=bob"', { x: 'x=bob' }],
    ['a name in the rest of the line', [reason], 'reason=none', { reason: 'reason=none' }],
    [
      'a name before the rest of the line',
      [one('sha', { optional: true }), reason],
      'x=abcdef1 it x=1',
      { x: 'abcdef1', reason: 'it x=1' },
    ],
    [
      'a name in the midst of the rest',
      [one('sha', { optional: true }), reason],
      'it x=abcdef1',
      { reason: 'it x=abcdef1' },
    ],
    ['a blank that is none', [one('user'), one('sha', { name: 'y' })], 'bob\u00a0abcdef1', null],
  ];
  for (const [title, declared, rest, args] of rows) {
    test(title, () => assert.deepEqual(readArguments(declared, rest), args));
  }
  const checks = one('check', { name: 'checks', many: true, optional: true });
  const because: Argument = { name: 'because', type: 'text', many: true, optional: true, after: '--' };
  const sha = one('sha', { name: 'sha', optional: true });
  const marked: readonly [title: string, rest: string, args: Args | null][] = [
    ['both', 'ci/build "a, b" -- it is "down', { checks: ['ci/build', 'a, b'], because: 'it is "down' }],
    ['nothing behind the mark', 'ci/build --', { checks: ['ci/build'] }],
    ['no mark', 'ci/build lint', { checks: ['ci/build', 'lint'] }],
    ['nothing in front of it', '-- so', { because: 'so' }],
    ['a second mark is text', 'a -- b -- c', { checks: ['a'], because: 'b -- c' }],
    ['a mark in quotes is none', '"a -- b" -- c', { checks: ['a -- b'], because: 'c' }],
    ['the mark alone in quotes', '"--" -- c', null],
    ['a mark in a word is none', 'a--b -- c', { checks: ['a--b'], because: 'c' }],
    ['a name in front', 'sha=abcdef1 a -- c', { sha: 'abcdef1', checks: ['a'], because: 'c' }],
    ['a name between', 'a sha=abcdef1 b -- sha=1', { sha: 'abcdef1', checks: ['a', 'b'], because: 'sha=1' }],
    ['a quote that is not closed', 'a "b -- c', null],
    ['a quote that closes behind the mark', 'a "b -- c"', { checks: ['a', 'b -- c'] }],
    ['too long', `a -- ${'x'.repeat(1_001)}`, null],
  ];
  for (const [title, rest, args] of marked) {
    test(`behind a mark: ${title}`, () => assert.deepEqual(readArguments([checks, sha, because], rest), args));
  }
  test('how it is written behind a mark', () => {
    const must: Argument = { name: 'reason', type: 'text', many: true, after: '--' };
    assert.equal(usageOf('x', [checks, must]), '/x [checks…] -- <reason…>');
    assert.equal(usageOf('x', [because]), '/x [-- because…]');
  });
  test('how it is written', () => {
    const declared = [{ ...what, optional: true } as const, people, reason];
    assert.equal(usageOf('x', declared, '!'), '!x [cancel|no-issue] <x…> [reason…]');
  });
});

const values: Readonly<Record<ArgumentType, fc.Arbitrary<string>>> = Object.fromEntries(
  (argumentTypes as readonly ArgumentType[]).map((type) => [
    type,
    fc.constantFrom(...fine[type].map((word) => word.replace(/^"|"$/g, ''))),
  ]),
) as Record<ArgumentType, fc.Arbitrary<string>>;

const quoted = (value: string, always: boolean) => (always || value.includes(' ') ? `"${value}"` : value);

/** One argument with its value, and one of the ways to write it. */
const written = fc
  .constantFrom(...(argumentTypes as readonly ArgumentType[]))
  .chain((type) =>
    fc.record({ type: fc.constant(type), value: values[type], named: fc.boolean(), quotes: fc.boolean() }),
  );

test('what is written as the usage says, in places and under names, is read back', () => {
  const text = fc.option(fc.constantFrom('so', 'a0=x -- "it', 'down for good'), { nil: null });
  fc.assert(
    fc.property(fc.array(written, { maxLength: 5 }), text, fc.boolean(), (pairs, reason, hasMark) => {
      const heads = pairs.map(({ type }, at) => ({ ...(type === 'choice' ? what : one(type)), name: `a${at}` }));
      const tail: Argument = { name: 'tail', type: 'text', many: true, optional: true, after: '--' };
      const words = pairs.map(({ type, value, named, quotes }, at) => {
        if (named) return { named, word: `a${at}=${quoted(value, quotes)}` };
        return { named, word: quoted(value, quotes && type !== 'choice') };
      });
      // Names may stand anywhere, so they all come first here; the others keep their places.
      const line = [...words.filter(({ named }) => named), ...words.filter(({ named }) => !named)];
      const end = hasMark && reason !== null ? ` -- ${reason}` : '';
      const args = readArguments(hasMark ? [...heads, tail] : heads, line.map(({ word }) => word).join('  ') + end);
      const expected = pairs.map(({ type, value }, at) => [`a${at}`, type === 'choice' ? value.toLowerCase() : value]);
      assert.deepEqual(args, { ...Object.fromEntries(expected), ...(end !== '' && { tail: reason }) });
    }),
  );
});

test('whatever is read fits, and no line makes the reader throw', () => {
  const declared = [one('label', { optional: true }), one('branch', { name: 'y', optional: true, many: true })];
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (line) => {
      const args = readArguments(declared, line);
      for (const branch of args?.['y'] ?? []) assert.doesNotMatch(branch, /\.\.|^[-./]|[\s%;|&$`<>~^:?*[\\]/);
      assert.ok(wordsOf(line) === null || Array.isArray(wordsOf(line)));
    }),
  );
});
