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
    ['the rest of the line too long', [reason], 'x'.repeat(1_001), null],
    ['a quote that is not closed', [one('label')], '"a b', null],
    ['a quote in a word', [one('label')], 'a"b"', null],
    ['a blank that is none', [one('user'), one('sha', { name: 'y' })], 'bob\u00a0abcdef1', null],
  ];
  for (const [title, declared, rest, args] of rows) {
    test(title, () => assert.deepEqual(readArguments(declared, rest), args));
  }
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

test('what is written as the usage says is read back', () => {
  const argument = fc.constantFrom(...(argumentTypes as readonly ArgumentType[]));
  const pair = argument.chain((type) => values[type].map((value) => ({ type, value })));
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 5 }), (pairs) => {
      const declared = pairs.map(({ type }, at) => ({ ...(type === 'choice' ? what : one(type)), name: `a${at}` }));
      const line = pairs.map(({ value }) => (value.includes(' ') ? `"${value}"` : value)).join('  ');
      const args = pairs.map(({ type, value }, at) => [`a${at}`, type === 'choice' ? value.toLowerCase() : value]);
      assert.deepEqual(readArguments(declared, line), Object.fromEntries(args));
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
