import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { globFault, matchesGlob } from '../../app/modules/glob.ts';

const table: readonly [glob: string, yes: string[], no: string[]][] = [
  ['main', ['main'], ['Main', 'mai', 'main2', 'a/main']],
  ['*', ['a', 'a.b', ''], ['a/b']],
  ['**', ['a', 'a/b/c'], []],
  ['docs/**', ['docs/a', 'docs/a/b'], ['docs', 'doc/a', 'x/docs/a']],
  ['**/*.md', ['a.md', 'x/y/a.md'], ['a.mdx', 'amd']],
  ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['a/xb', 'ab']],
  ['*.ts', ['a.ts'], ['a/b.ts', 'a-ts']],
  ['release/?.?', ['release/1.2'], ['release/12', 'release/10.2']],
  ['*.{ts,tsx}', ['a.ts', 'a.tsx'], ['a.js', 'a.t']],
  ['{a,b{c,d}}', ['a', 'bc', 'bd'], ['b', 'c']],
  ['[abc]x', ['ax', 'cx'], ['dx', 'x']],
  ['[a-c]', ['b'], ['d', '-']],
  ['[!a-c]', ['d'], ['a', '/']],
  ['[^a]', ['b'], ['a', '/']],
  ['a.b+c(d)$', ['a.b+c(d)$'], ['axb+c(d)$']],
  ['\\*', ['*'], ['a']],
  ['\\!x', ['!x'], ['x']],
  ['a,b', ['a,b'], ['a', 'b']],
  ['类型/*', ['类型/错误'], ['类型']],
  ['😀?', ['😀😀'], ['😀']],
  ['a\\Qb', ['aQb'], ['a\\Qb']],
];
for (const [glob, yes, no] of table) {
  test(`glob ${glob}`, () => {
    assert.equal(globFault(glob), null);
    for (const text of yes) assert.ok(matchesGlob(glob, text), text);
    for (const text of no) assert.ok(!matchesGlob(glob, text), text);
  });
}

test('any case on demand only', () => {
  assert.ok(matchesGlob('Kind/*', 'kind/BUG', true));
  assert.ok(!matchesGlob('Kind/*', 'kind/BUG'));
});

for (const glob of ['', '!a', '{a', 'a}', '{a,{b}', '[a', '[]', 'a]', '[z-a]', '[a/b]', 'a'.repeat(513)]) {
  test(`refuses ${glob.slice(0, 20)}`, () => {
    assert.notEqual(globFault(glob), null);
    assert.equal(matchesGlob(glob, glob), false);
  });
}

test('no glob throws, and what has no fault says nothing strange', () => {
  const letters = fc.constantFrom(...'ab*?{},[]!^-\\/&~.|()$+ \n');
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 30 }), fc.string({ maxLength: 10 }), (glob, text) => {
      globFault(glob);
      matchesGlob(glob, text);
    }),
    { numRuns: 2000 },
  );
});

test('an escaped text matches itself and nothing else', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 40 }), fc.string(), (text, other) => {
      const glob = Array.from(text, (letter) => `\\${letter}`).join('');
      assert.ok(matchesGlob(glob, text));
      assert.equal(matchesGlob(glob, other), other === text);
    }),
  );
});

test('3,000 paths against hostile globs stay fast', () => {
  const globs = ['**/*a*/**/*b*/**/*c*', '{a,**/{b,**/{c,**/d}}}', '*'.repeat(500), '*a'.repeat(200)];
  const paths = Array.from({ length: 3000 }, (_, at) => `src/${'a/'.repeat(20)}file-${at}.ts`);
  const start = performance.now();
  for (const glob of globs) for (const path of paths) matchesGlob(glob, path);
  const took = performance.now() - start;
  assert.ok(took < 4000, `${took} ms`);
});
