import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { namesIssue } from '../../app/modules/approve/issue-reference.ts';
import { suggested } from '../../app/modules/approve/open-files.ts';

suite('which issues a text names', () => {
  const yes = [
    '#12',
    'closes #12.',
    'acme/shop#7',
    '(#3)',
    'GH-4',
    'https://github.com/acme/shop/issues/5',
    '[x](https://ghe.example/a/b/issues/6)',
    '- **#12**',
    'acme/shop#9',
  ];
  const no = [
    '',
    '`#12`',
    '```\n#12\n```',
    '    #12',
    '<!-- #12 -->',
    '#9',
    'a#12',
    '&#12;',
    '#0',
    '#000000',
    '#12ab',
    'https://x.example/page#12',
    'https://github.com/acme/shop/pull/5',
  ];
  for (const body of yes) test(`yes: ${body}`, () => assert.equal(namesIssue(body, 9), true));
  for (const body of no) test(`no: ${body}`, () => assert.equal(namesIssue(body, 9), false));
});

suite('who would be enough', () => {
  const file = (...people: string[]) => ({ path: people.join(), by: 'OWNERS', people, level: null });

  test('whoever reaches most goes first', () => {
    assert.deepEqual(suggested([file('a', 'x'), file('b', 'x'), file('c', 'x')], 1), ['x']);
  });

  test('whoever has become superfluous is left out', () => {
    // `m` reaches four and is taken first; `l` and `r`, needed for the rest, make `m` superfluous.
    const files = [file('l', 'm'), file('l', 'm'), file('r', 'm'), file('r', 'm'), file('l'), file('r')];
    assert.deepEqual(suggested(files, 3), ['l', 'r']);
  });

  test('all that can be approved is, nobody is superfluous, and nothing changes when asked again', () => {
    const files = fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 4 }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(files, fc.nat(), (lists, seed) => {
        const open = lists.map((people) => file(...people));
        const chosen = suggested(open, seed);
        const covers = (some: readonly string[]) =>
          open.every(({ people }) => people.length === 0 || people.some((one) => some.includes(one)));
        assert.ok(covers(chosen));
        for (const one of chosen) assert.ok(!covers(chosen.filter((other) => other !== one)));
        assert.deepEqual(suggested(open.toReversed(), seed).length > 0, chosen.length > 0);
        assert.deepEqual(suggested(open, seed), chosen);
      }),
    );
  });
});
