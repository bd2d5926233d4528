import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Changes } from '../../app/facts/command-facts.ts';
import { readAliases, readOwners } from '../../app/facts/owners-file.ts';
import { foldersOf, ownersOf } from '../../app/facts/owners-of.ts';
import { seededRandom } from '../fake-github/seeded-random.ts';

const changed = (...paths: string[]): Changes => ({
  list: paths.map((path) => ({
    ...{ path, previous: null, status: 'modified', blob: '1', additions: 1, deletions: 0 },
  })),
  complete: true,
});
type Files = Readonly<Record<string, string | null>>;
const owned = (files: Files, ...paths: string[]) =>
  ownersOf(changed(...paths), 'auto', (path) => (Object.hasOwn(files, path) ? files[path] : undefined));
const approversOf = (files: Files, path: string) => owned(files, path).files[0]?.approvers;

suite('OWNERS', () => {
  const root = 'approvers: [Lin]\nreviewers: ["@zoe"]\nlabels: [area/all]\n';

  test('the folders of a path, deepest first', () => {
    assert.deepEqual(foldersOf('a/b/c.ts'), ['a/b', 'a', '']);
    assert.deepEqual(foldersOf('c.ts'), ['']);
  });

  test('owners are inherited up to the root', () => {
    const files = { OWNERS: root, 'src/OWNERS': 'approvers: [chen]' };
    assert.deepEqual(approversOf(files, 'src/deep/a.ts'), ['chen', 'lin']);
    assert.deepEqual(approversOf(files, 'docs/a.md'), ['lin']);
    const [file] = owned(files, 'src/a.ts').files;
    assert.deepEqual([file?.by, file?.reviewers, file?.labels], ['src/OWNERS', ['zoe'], ['area/all']]);
  });

  test('`no_parent_owners` ends that, once somebody was found', () => {
    const stop = 'options: {no_parent_owners: true}\n';
    assert.deepEqual(approversOf({ OWNERS: root, 'src/OWNERS': `${stop}approvers: [chen]` }, 'src/a.ts'), ['chen']);
    assert.deepEqual(approversOf({ OWNERS: root, 'src/OWNERS': stop }, 'src/a.ts'), ['lin']);
  });

  test('filters are patterns on the path below the file', () => {
    const files = { 'src/OWNERS': 'filters:\n  "\\\\.go$": {approvers: [chen]}\n  "^api/": {approvers: [zoe]}\n' };
    assert.deepEqual(approversOf(files, 'src/api/a.go'), ['chen', 'zoe']);
    assert.deepEqual(approversOf(files, 'src/api/a.ts'), ['zoe']);
    assert.deepEqual(approversOf(files, 'src/b.ts'), []);
  });

  test('aliases stand for people, in any case', () => {
    const files = { OWNERS: 'approvers: [Core, wu]', OWNERS_ALIASES: 'aliases:\n  core: [Lin, CHEN]\n  empty:\n' };
    assert.deepEqual(approversOf(files, 'a'), ['chen', 'lin', 'wu']);
  });

  test('sub-folders may ask for nobody', () => {
    const files = { OWNERS: `${root}options: {auto_approve_unowned_subfolders: true}` };
    assert.deepEqual(
      owned(files, 'a', 'src/a').files.map(({ free }) => free),
      [false, true],
    );
    assert.equal(owned({ ...files, 'src/OWNERS': 'approvers: [chen]' }, 'src/a').files[0]?.free, false);
  });

  test('a renamed file belongs to its old place too', () => {
    const [one] = changed('b/x.ts').list;
    assert.ok(one);
    const changes: Changes = { list: [{ ...one, previous: 'a/x.ts', status: 'renamed' }], complete: true };
    const found = ownersOf(changes, 'auto', (path) => (path === 'a/OWNERS' ? 'approvers: [lin]' : undefined));
    assert.deepEqual(
      found.files.map(({ path, change, approvers }) => [path, change, approvers.join()]),
      [
        ['b/x.ts', 'b/x.ts', ''],
        ['a/x.ts', 'b/x.ts', 'lin'],
      ],
    );
  });

  test('CODEOWNERS counts where there are no OWNERS, in the order in which GitHub looks', () => {
    const code = { CODEOWNERS: '* @lin', '.github/CODEOWNERS': '* @chen' };
    assert.deepEqual([owned(code, 'a').source, approversOf(code, 'a')], ['CODEOWNERS', ['chen']]);
    assert.deepEqual(approversOf({ ...code, OWNERS: root }, 'a'), ['lin']);
    assert.equal(owned({}, 'a').source, 'none');
  });
});

suite('broken owners files', () => {
  const broken: readonly (readonly [title: string, text: string | null, line: number])[] = [
    ['no YAML', 'approvers: [lin', 1],
    ['a list at the top', '- lin', 1],
    ['a name instead of a list', 'approvers: lin', 1],
    ['a map in a list', 'approvers:\n- lin\n- {a: b}', 3],
    ['no login', 'approvers: ["li n"]', 1],
    ['an alias of YAML', 'reviewers: &a [lin]\napprovers: *a', 2],
    ['a misspelt option', 'approvers: [lin]\noptions:\n  no_parent_owner: true', 3],
    ['an option that is no boolean', 'options: {no_parent_owners: "yes"}', 1],
    ['a faulty pattern', 'filters:\n  "(": {approvers: [lin]}', 2],
    ['a pattern RE2 does not have', 'filters: {"(?=a)": {approvers: [lin]}}', 1],
    ['both forms', 'filters: {".*": {approvers: [lin]}}\napprovers: [lin]', 2],
    ['the same key twice', 'approvers: [lin]\napprovers: [chen]', 2],
    ['no text', null, 1],
    ['too deep', '['.repeat(50_000), 1],
  ];
  for (const [title, text, line] of broken) {
    test(`${title}: names nobody and holds its folder`, () => {
      const file = readOwners(text);
      assert.deepEqual([file.rules, file.faults[0]?.line], [[], line]);
      const found = owned({ OWNERS: 'approvers: [wu]', 'src/OWNERS': text }, 'src/a.ts', 'docs/a.md');
      assert.deepEqual(
        found.files.map(({ approvers }) => approvers.join()),
        ['', 'wu'],
      );
      assert.deepEqual(
        [found.broken[0]?.file, found.broken[0]?.line, found.broken[0]?.paths],
        ['src/OWNERS', line, ['src/a.ts']],
      );
    });
  }

  test('broken aliases hold everything: an alias could be a login', () => {
    const found = owned({ OWNERS: 'approvers: [core]', OWNERS_ALIASES: 'aliases: {core: lin}' }, 'a');
    assert.deepEqual([found.files[0]?.approvers, found.broken[0]?.file], [[], 'OWNERS_ALIASES']);
  });

  suite('a pull request that mends one', () => {
    const bad = 'approvers: {chen: }';
    const rows: readonly (readonly [title: string, files: Files, path: string, approvers: string, least?: 'admin'])[] =
      [
        ['is for those above it', { OWNERS: 'approvers: [wu]', 'src/OWNERS': bad }, 'src/OWNERS', 'wu'],
        [
          'is for those next above it',
          {
            OWNERS: 'approvers: [wu]',
            'a/OWNERS': 'approvers: [zoe]\noptions: {no_parent_owners: true}',
            'a/b/OWNERS': bad,
          },
          ...(['a/b/OWNERS', 'zoe'] as const),
        ],
        ['is for admins where nobody is above it', { OWNERS: bad }, 'OWNERS', '', 'admin'],
        [
          'is for admins where it is no text',
          { OWNERS: 'approvers: [wu]', 'src/OWNERS': null },
          'src/OWNERS',
          '',
          'admin',
        ],
        [
          'is for admins where it may have meant to keep those above out',
          { OWNERS: 'approvers: [wu]', 'src/OWNERS': `${bad}\noptions: {no_parent_owners: true}` },
          ...(['src/OWNERS', '', 'admin'] as const),
        ],
        [
          'is for admins where another is broken above it',
          { OWNERS: bad, 'src/OWNERS': bad },
          'src/OWNERS',
          '',
          'admin',
        ],
        [
          'is for admins where it is the aliases',
          { OWNERS: 'approvers: [wu]', OWNERS_ALIASES: 'aliases: x' },
          'OWNERS_ALIASES',
          '',
          'admin',
        ],
        [
          'is for admins where names could be aliases',
          { OWNERS: 'approvers: [wu]', OWNERS_ALIASES: 'aliases: x', 'src/OWNERS': bad },
          'src/OWNERS',
          '',
          'admin',
        ],
        ['is for admins where it is CODEOWNERS', { CODEOWNERS: '* x@y.test' }, 'CODEOWNERS', '', 'admin'],
      ];
    for (const [title, files, path, approvers, least] of rows) {
      test(title, () => {
        const found = owned(files, path, 'src/a.ts');
        const [file] = found.files;
        assert.deepEqual([file?.approvers.join(), file?.least, file?.free], [approvers, least, false]);
        assert.ok(
          found.broken.every(({ paths }) => !paths.includes(path)),
          'it is not held by itself',
        );
      });
    }

    test('everything else below it stays held', () => {
      const found = owned({ OWNERS: 'approvers: [wu]', 'src/OWNERS': bad }, 'src/OWNERS', 'src/a.ts');
      assert.deepEqual(found.broken[0]?.paths, ['src/a.ts']);
    });

    test('where it is not broken it is for its owners, as ever', () => {
      assert.deepEqual(approversOf({ OWNERS: 'approvers: [wu]', 'src/OWNERS': 'approvers: [zoe]' }, 'src/OWNERS'), [
        'wu',
        'zoe',
      ]);
    });
  });

  test('whatever is written, nothing throws and a broken file names nobody', () => {
    const random = seededRandom(7);
    const pieces =
      'approvers: |filters:|options:|[lin]|{a: b}|\n|  |- |"|*|&a|lin|: |no_parent_owners: true|#|\t|!!x |---'.split(
        '|',
      );
    for (let round = 0; round < 3000; round++) {
      const text = Array.from(
        { length: 1 + Math.floor(random() * 12) },
        () => pieces[Math.floor(random() * pieces.length)],
      ).join('');
      const owners = readOwners(text);
      if (owners.faults.length > 0)
        assert.deepEqual([owners.rules, owners.noParents, owners.freeSubfolders], [[], false, false]);
      const aliases = readAliases(text);
      if (aliases.faults.length > 0) assert.equal(aliases.names.size, 0);
      for (const { approvers } of owned({ OWNERS: text, OWNERS_ALIASES: text }, 'src/a').files)
        if (owners.faults.length + aliases.faults.length > 0) assert.deepEqual(approvers, []);
    }
  });
});
