import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import semver from 'semver';
import { plainTag } from '../../app/facts/plain-tag.ts';
import type { TagCommit } from '../../app/facts/tag-facts.ts';
import { entriesOf } from '../../app/modules/release-notes/entries.ts';
import releaseNotes from '../../app/modules/release-notes/module.ts';
import { notesFor } from '../../app/modules/release-notes/notes.ts';
import { previousOf, versionIn } from '../../app/modules/release-notes/versions.ts';
import { usualTypes } from '../../app/modules/title-grammar.ts';
import { prose } from '../../app/quote.ts';

suite('versions in names', () => {
  const cases: [string, string | null][] = [
    ['v1.2.3', ' 1.2.3'],
    ['1.2.3', ' 1.2.3'],
    ['v1.2', ' 1.2.0'],
    ['v1.2.3-rc.1', ' 1.2.3-rc.1'],
    ['v1.2.3rc1', ' 1.2.3-rc1'],
    ['v1.2.3+build.5', ' 1.2.3'],
    ['2026.01.05', ' 2026.1.5'],
    ['cart/v1.2.3', 'cart/ 1.2.3'],
    ['@acme/cart@1.2.3', '@acme/cart@ 1.2.3'],
    ['release-1.2.3', 'release- 1.2.3'],
    ['v1', null],
    ['1.2.3.4', null],
    ['nightly', null],
    ['v1.2.x', null],
    ['', null],
    [`v${'9'.repeat(30)}.0.0`, null],
  ];
  for (const [name, expected] of cases) {
    test(`«${name}»`, () => {
      const found = versionIn(name);
      assert.equal(found && `${found.prefix} ${found.version.version}`, expected);
    });
  }
  test('a long name takes no long time', () => {
    const from = performance.now();
    for (const name of ['1.'.repeat(2000), 'v1.2.3-'.repeat(600), `${'a'.repeat(4000)}1.2`]) versionIn(name);
    assert.ok(performance.now() - from < 500);
  });
});

suite('the version before', () => {
  const cases: [string, string[], string | null][] = [
    ['v1.10.0', ['v1.9.0', 'v1.2.0', 'v1.11.0'], 'v1.9.0'],
    ['v1.9.1', ['v1.9.0', 'v2.0.0', 'v1.10.0'], 'v1.9.0'],
    ['v2.0.0', ['v1.9.5', 'v2.0.0-rc.1'], 'v1.9.5'],
    ['v1.0.0', ['v1.0.0-rc.1', 'nightly', 'v1'], null],
    ['v1.1.0', ['1.0.0'], '1.0.0'],
    ['cart/v1.1.0', ['v1.0.5', 'cart/v1.0.0', 'search/v1.0.9'], 'cart/v1.0.0'],
    ['v1.0.0+2', ['v1.0.0+1'], 'v1.0.0+1'],
    ['v1.2', ['v1.2.0', 'v1.1.9'], 'v1.1.9'],
  ];
  for (const [name, others, expected] of cases) {
    test(`${name} after ${others.join(', ')}`, () => {
      assert.equal(previousOf(versionIn(name)!, others, false), expected);
    });
  }

  const version = fc
    .tuple(fc.nat(12), fc.nat(12), fc.nat(12), fc.option(fc.constantFrom('rc.1', 'rc.2', 'rc.10', 'beta'), { freq: 4 }))
    .map(([a, b, c, pre]) => `${a}.${b}.${c}${pre === null ? '' : `-${pre}`}`);
  test('is the greatest smaller one, in whatever order the tags come', () => {
    fc.assert(
      fc.property(version, fc.uniqueArray(version, { maxLength: 30 }), fc.boolean(), (own, others, prereleases) => {
        const found = previousOf(
          versionIn(`v${own}`)!,
          others.map((other) => `v${other}`),
          prereleases,
        );
        const fitting = others.filter((other) => prereleases || !other.includes('-'));
        const expected = semver.sort(fitting.filter((other) => semver.lt(other, own))).at(-1);
        assert.equal(found, expected === undefined ? null : `v${expected}`);
      }),
    );
  });
});

function commit(sha: string, subject: string, parents: string[] = [], more: Partial<TagCommit> = {}): TagCommit {
  return { sha, subject, breaking: false, author: { login: 'bob', name: 'Bob', bot: false }, parents, ...more };
}

suite('entries', () => {
  const cases: [string, string, string[], string, number | null][] = [
    ['feat(cart): sum up (#12)', 'feat', ['cart'], 'sum up', 12],
    ['Feat：深色模式（#3）', 'feat', [], '深色模式', 3],
    ['[fix] total', 'fix', [], 'total', null],
    ['Note: read this', '', [], 'Note: read this', null],
    ['Fix blank page (#4) again', '', [], 'Fix blank page (#4) again', null],
    ['Revert "feat: x"', '', [], 'Revert "feat: x"', null],
    ['feat:', '', [], 'feat:', null],
    ['', '', [], '', null],
  ];
  for (const [subject, type, scopes, text, pull] of cases) {
    test(`«${subject}»`, () => {
      const [entry] = entriesOf([commit('a', subject)], usualTypes);
      assert.deepEqual([entry!.type, entry!.scopes, entry!.text, entry!.pull], [type, scopes, text, pull]);
    });
  }

  test('each commit leads to the merge that brought it, and merges are no entries', () => {
    const list = [
      commit('a', 'feat: a', ['0']),
      commit('m1', 'Merge pull request #1 from bob/a', ['0', 'a']),
      commit('b', 'feat: b', ['a']),
      commit('main', 'chore: on main', ['m1']),
      commit('back', "Merge branch 'main' into b", ['b', 'main']),
      commit('m2', 'Merge pull request #2 from bob/b', ['main', 'back']),
      commit('own', 'feat: merged by hand', ['m2', 'b']),
    ];
    assert.deepEqual(
      entriesOf(list, usualTypes).map(({ sha, pull }) => [sha, pull]),
      [
        ['a', 1],
        ['b', 2],
        ['main', null],
        ['own', null],
      ],
    );
  });
});

suite('notes', () => {
  const layout = { sections: { feat: 'Features', fix: 'Fixes', perf: 'Fixes' }, contributors: true };
  const notes = (list: TagCommit[], total = list.length, since: string | null = 'v1.0.0') =>
    notesFor(plainTag(), { since, list, total }, layout);

  test('two types under one title are one group', () => {
    const { en } = notes([commit('a', 'fix: a'), commit('b', 'perf: b')]);
    assert.match(en, /## Fixes\n- a – @bob\n- b – @bob\n/);
    assert.equal(en.split('## Fixes').length, 2);
  });
  test('every commit stands in exactly one line', () => {
    const subject = fc.constantFrom('feat: x', 'fix(a)!: x', 'chore: x', 'just words', 'perf: x', '');
    fc.assert(
      fc.property(fc.array(fc.tuple(subject, fc.boolean()), { maxLength: 40 }), (all) => {
        const list = all.map(([text, breaking], at) => commit(`${at}`.padStart(7, 'f'), text, [], { breaking }));
        const lines = notes(list).en.split('\n');
        assert.equal(lines.filter((line) => line.startsWith('- ')).length, list.length);
      }),
    );
  });
  test('the languages differ only in words of ours', () => {
    const both = notes([commit('a', 'feat: 搜索')]);
    assert.match(both['zh-CN'], /^## 新功能\n- 搜索 – @bob\n\n## 贡献者\n@bob\n/);
    assert.match(both.en, /^## Features\n- 搜索 – @bob\n\n## Contributors\n@bob\n/);
  });
  test('what GitHub did not list is said', () => {
    assert.match(notes([commit('a', 'feat: a')], 2345).en, /1 of 2,345 commits are listed/);
    assert.doesNotMatch(notes([commit('a', 'feat: a')]).en, /are listed/);
  });
  test('a thousand long subjects fit into a release, in both languages at once', () => {
    const list = Array.from({ length: 1000 }, (_, at) => commit(`${at}`, `feat: ${'*'.repeat(400)}`));
    const both = notes(list);
    assert.ok(both.en.length + both['zh-CN'].length < 124_000);
    assert.match(both.en, /of 1,000 commits are listed/);
  });
  test('a tag that would end the link has none', () => {
    const facts = plainTag({ tag: { name: 'v1.1.0)[x' } });
    assert.doesNotMatch(notesFor(facts, { since: 'v1.0.0', list: [], total: 0 }, layout).en, /compare/);
  });
  test('the module asks for the commits it needs, and for none where it has nothing to say', () => {
    const options = releaseNotes.options.parse({});
    assert.deepEqual(releaseNotes.since(plainTag(), options), { tag: 'v1.0.0' });
    assert.equal(releaseNotes.since(plainTag({ others: [] }), options), 'everything');
    assert.equal(releaseNotes.since(plainTag({ others: [{ name: 'v1.0.0', commit: null }] }), options), 'everything');
    assert.equal(releaseNotes.since(plainTag({ release: 'draft' }), options), null);
    assert.equal(releaseNotes.since(plainTag({ tag: { commit: null } }), options), null);
  });
});

suite('prose', () => {
  const cases: [string, string][] = [
    ['hello @bob', 'hello @\u200bbob'],
    ['see #12 and GH-7', 'see #\u200b12 and GH-\u200b7'],
    ['acme/shop#3', 'acme/shop#\u200b3'],
    ['https://x.example www.x.example', 'https:\u200b//x.example www\u200b.x.example'],
    ['a_b _c_ **d** `e`', 'a_b \\_c\\_ \\*\\*d\\*\\* \\`e\\`'],
    ['[x](javascript:y) <img>', '\\[x\\](javascript:y) \\<img\\>'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['# title', '\\# title'],
    ['two\nlines\u202e', 'two lines'],
    ['@\u200bbob', '@\u200b bob'],
    ['C# & C++', 'C# \\& C++'],
  ];
  for (const [text, shown] of cases) test(text, () => assert.equal(prose(text).markdown, shown));
});
