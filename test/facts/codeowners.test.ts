import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { coverer, readCodeOwners, ruleFor } from '../../app/facts/codeowners-file.ts';

suite('patterns of CODEOWNERS', () => {
  const rows: readonly (readonly [pattern: string, yes: readonly string[], no: readonly string[]])[] = [
    ['*', ['a.txt', 'src/deep/a.txt'], []],
    ['*.js', ['a.js', 'src/a.js'], ['a.jsx', 'js']],
    ['/build/logs/', ['build/logs/a', 'build/logs/b/c'], ['src/build/logs/a', 'build/logs']],
    ['docs/*', ['docs/getting-started.md'], ['docs/build-app/troubleshooting.md', 'src/docs/a.md']],
    ['apps/', ['apps/a', 'src/apps/deep/b'], ['apps', 'myapps/a']],
    ['/docs/', ['docs/a', 'docs/b/c'], ['src/docs/a']],
    ['/scripts', ['scripts/a', 'scripts'], ['src/scripts/a']],
    ['**/logs', ['logs/a', 'build/logs/a', 'deep/er/logs/b/c'], ['logsa']],
    ['/apps/github', ['apps/github/a', 'apps/github'], ['apps/githubs']],
    ['src/**/test.ts', ['src/test.ts', 'src/a/b/test.ts'], ['test.ts', 'src/test.tsx']],
    ['/*', ['a.txt'], ['src/a.txt']],
    ['a?c', ['abc', 'src/abc'], ['ac', 'a/c']],
    ['/src/*/x.ts', ['src/a/x.ts'], ['src/x.ts', 'src/a/b/x.ts']],
    ['/', ['a', 'b/c'], []],
    ['*a*a*a*a*b', ['aaaab'], [`${'a'.repeat(3000)}c`]],
  ];
  for (const [pattern, yes, no] of rows) {
    test(pattern, () => {
      const covers = coverer(pattern);
      for (const path of yes) assert.ok(covers(path), `must match ${path}`);
      for (const path of no) assert.ok(!covers(path), `must not match ${path.slice(0, 40)}`);
    });
  }
});

suite('lines of CODEOWNERS', () => {
  const owners = (text: string, path: string) => ruleFor(path, readCodeOwners(text))?.owners;

  test('the last line that matches counts, one without names frees', () => {
    const text = '* @lin\r\n/apps/ @chen # the shop\n/apps/github\n';
    assert.deepEqual(owners(text, 'a'), ['lin']);
    assert.deepEqual(owners(text, 'apps/a'), ['chen']);
    assert.deepEqual(owners(text, 'apps/github/a'), []);
    assert.equal(ruleFor('apps/github/a', readCodeOwners(text))?.fault, null);
  });

  test('names are people and teams in lower case; blanks in paths are escaped', () => {
    assert.deepEqual(owners('my\\ docs/ @Lin @Acme/Docs', 'my docs/a'), ['lin', '@acme/docs']);
  });

  test('an e-mail is left out with a remark, and holds what nobody else owns', () => {
    const both = readCodeOwners('* @lin a@b.example');
    assert.deepEqual([ruleFor('a', both)?.owners, ruleFor('a', both)?.fault, both.remarks.length], [['lin'], null, 1]);
    const alone = ruleFor('a', readCodeOwners('* @lin\n* a@b.example'));
    assert.deepEqual([alone?.owners, alone?.fault?.line], [[], 2]);
  });

  for (const line of ['!src/ @chen', 'sr[ac]/ @chen', '/src @chen chen', 'src/ nobody', '\\#src @chen']) {
    test(`a faulty line names nobody and holds what it matches: ${line}`, () => {
      const path = line.startsWith('\\#') ? '#src/a' : 'src/a';
      const rule = ruleFor(path, readCodeOwners(`* @lin\n${line}`));
      assert.deepEqual([rule?.owners, rule?.fault?.line], [[], 2]);
      assert.deepEqual(owners(`* @lin\n${line}`, 'docs/a'), ['lin']);
    });
  }

  test('what is no text holds everything', () => {
    const rule = ruleFor('any/thing', readCodeOwners(null));
    assert.deepEqual([rule?.owners, rule?.fault?.line], [[], 1]);
  });
});
