import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { blobId, holdsExactly } from '../../app/three-way/holds.ts';
import { limits, mergeTrees, TooLarge } from '../../app/three-way/tree-merge.ts';
import type { Entry, Objects } from '../../app/three-way/tree-merge.ts';
import { mergeTrees as mergedByFake } from '../fake-github/git-history.ts';
import { blobBytes, emptyGit, isBinary, readTree, writeBlob, writeTree } from '../fake-github/git-objects.ts';
import type { FileMap, GitData } from '../fake-github/git-objects.ts';

const names = { ours: 'release', theirs: 'pick' };
const modes: Readonly<Record<string, string>> = { x: '100755', l: '120000', m: '160000' };

/** Files by path; `x:`, `l:` and `m:` in front make them executable, a link, a submodule. */
type Files = Readonly<Record<string, string>>;

function treeOf(git: GitData, files: Files): string {
  const map: FileMap = new Map();
  for (const [path, text] of Object.entries(files)) {
    const mode = /^([xlm]):/.exec(text)?.[1];
    map.set(path, { mode: modes[mode ?? ''] ?? '100644', sha: writeBlob(git, mode ? text.slice(2) : text) });
  }
  return writeTree(git, map);
}

function objectsOf(git: GitData): Objects {
  return {
    folder: async (sha) =>
      new Map(
        (git.trees.get(sha) ?? []).map(({ name, ...node }) => [
          name,
          { ...node, ...(node.type === 'blob' && { size: blobBytes(git, node.sha).length }) },
        ]),
      ),
    text: async (sha) => (isBinary(blobBytes(git, sha)) ? null : blobBytes(git, sha).toString()),
  };
}

/** Our tree with the entries done to it, as GitHub does it. */
function applied(git: GitData, tree: string, entries: readonly Entry[]): string {
  const files = readTree(git, tree);
  for (const entry of entries) {
    const sha = 'content' in entry ? writeBlob(git, entry.content) : entry.sha;
    if (sha === null) {
      assert.ok(files.delete(entry.path), `${entry.path} is deleted and was not there`);
      continue;
    }
    for (const path of [...files.keys()]) if (path.startsWith(`${entry.path}/`)) files.delete(path);
    if (entry.type === 'tree') readTree(git, sha, `${entry.path}/`, files);
    else files.set(entry.path, { mode: entry.mode, sha });
  }
  return writeTree(git, files);
}

async function merged(base: Files, ours: Files, theirs: Files) {
  const git = emptyGit();
  const trees = { base: treeOf(git, base), ours: treeOf(git, ours), theirs: treeOf(git, theirs) };
  const { entries, conflicts } = await mergeTrees(trees, objectsOf(git), names);
  const result = applied(git, trees.ours, entries);
  const files = [...readTree(git, result)].map(([path, { mode, sha }]) => {
    const mark = Object.entries(modes).find(([, one]) => one === mode)?.[0];
    return [path, `${mark === undefined ? '' : `${mark}:`}${blobBytes(git, sha).toString()}`];
  });
  return { git, trees, entries, result, files: Object.fromEntries(files) as Files, conflicts };
}

const conflictsOf = async (base: Files, ours: Files, theirs: Files) => {
  const { conflicts, files } = await merged(base, ours, theirs);
  return { kinds: conflicts.map(({ path, kind }) => `${path}: ${kind}`), files };
};

const path = fc.constantFrom('a', 'b', 'd/a', 'd/b', 'd/e/a', 'd/e/b', '.github/x', 'z/a');
const content = fc.constantFrom(
  '1\n',
  '2\n',
  '1\n2\n3\n4\n',
  '1\n2\n3\n5\n',
  '0\n2\n3\n4\n',
  '\0',
  '\0\0',
  'x:1\n',
  'x:2\n',
);
const files = fc.dictionary(path, content, { maxKeys: 6 });

test('without a conflict the result is that of a merge of every single path', async () => {
  let clean = 0;
  await fc.assert(
    fc.asyncProperty(files, files, files, async (base, ours, theirs) => {
      const { git, trees, result, conflicts } = await merged(base, ours, theirs);
      // The fake says no more than that there is a conflict, and looks at no modes.
      if (conflicts.length > 0 || JSON.stringify([base, ours, theirs]).includes('x:')) return;
      clean += 1;
      assert.equal(result, mergedByFake(git, trees.base, trees.ours, trees.theirs));
    }),
    { numRuns: 1500 },
  );
  assert.ok(clean > 50);
});

test('what only one side did is done, whatever it is', async () => {
  await fc.assert(
    fc.asyncProperty(files, files, async (base, other) => {
      const theirs = await merged(base, base, other);
      assert.deepEqual([theirs.result, theirs.conflicts], [theirs.trees.theirs, []]);
      const ours = await merged(base, other, base);
      assert.deepEqual([ours.entries, ours.conflicts], [[], []]);
      const both = await merged(base, other, other);
      assert.deepEqual([both.entries, both.conflicts], [[], []]);
    }),
    { numRuns: 1000 },
  );
});

test('no path that neither side touched changes, and none that both have is lost', async () => {
  await fc.assert(
    fc.asyncProperty(files, files, files, async (base, ours, theirs) => {
      const { files: result } = await merged(base, ours, theirs);
      for (const path of new Set([...Object.keys(base), ...Object.keys(ours), ...Object.keys(theirs)])) {
        if (base[path] === theirs[path]) assert.equal(result[path], ours[path], path);
        if (path in ours && path in theirs) assert.ok(path in result, path);
      }
    }),
    { numRuns: 1500 },
  );
});

test('a tree holds exactly what was to be put there, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(files, files, files, path, content, async (base, ours, theirs, extra, text) => {
      const { git, trees, entries, result, files: all } = await merged(base, ours, theirs);
      const holds = (tree: string) => holdsExactly(tree, trees.ours, entries, objectsOf(git));
      assert.equal(await holds(result), true);
      const other = treeOf(git, { ...all, [extra]: text });
      assert.equal(await holds(other), other === result);
      const fewer = Object.fromEntries(Object.entries(all).filter(([one]) => one !== extra));
      const less = treeOf(git, fewer);
      assert.equal(await holds(less), less === result);
    }),
    { numRuns: 1000 },
  );
});

test('the id of a text is git’s', () => {
  assert.equal(blobId(''), 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
  assert.equal(blobId('中文\n'), writeBlob(emptyGit(), '中文\n'));
});

suite('nothing is settled that both sides changed', () => {
  test('lines', async () => {
    const { kinds, files } = await conflictsOf({ a: '1\n' }, { a: '2\n' }, { a: '3\n' });
    assert.deepEqual(kinds, ['a: text']);
    assert.equal(files['a'], '<<<<<<< release\n2\n=======\n3\n>>>>>>> pick\n');
  });
  test('both added it', async () => {
    const { kinds, files } = await conflictsOf({}, { 'd/a': '2\n' }, { 'd/a': '3\n' });
    assert.deepEqual(kinds, ['d/a: both-added']);
    assert.match(files['d/a'] ?? '', /<<<<<<< release\n2\n=======\n3\n/);
  });
  test('deleted by the change, changed by the target: it stays', async () => {
    const { kinds, files } = await conflictsOf({ 'd/a': '1\n' }, { 'd/a': '2\n' }, {});
    assert.deepEqual([kinds, files], [['d/a: deleted'], { 'd/a': '2\n' }]);
  });
  test('changed by the change, not on the target: it comes', async () => {
    const { kinds, files } = await conflictsOf({ 'd/a': '1\n' }, { b: '1\n' }, { 'd/a': '2\n' });
    assert.deepEqual([kinds, files], [['d/a: gone'], { b: '1\n', 'd/a': '2\n' }]);
  });
  const kept: readonly (readonly [string, Files, Files, Files])[] = [
    ['a: binary', { a: '1' }, { a: '\0one' }, { a: '\0two' }],
    ['a: link', { a: 'l:x' }, { a: 'l:y' }, { a: 'l:z' }],
    ['a: link', { a: '1' }, { a: '2' }, { a: 'l:z' }],
    ['a: submodule', { a: 'm:1' }, { a: 'm:2' }, { a: 'm:3' }],
    ['a: folder', { a: '1' }, { a: '2' }, { 'a/b': '1' }],
    ['a: folder', { 'a/b': '1' }, { a: '2' }, { 'a/b': '2' }],
    ['a: folder', {}, { a: '2' }, { 'a/b': '2' }],
    ['a: too-long', { a: '' }, { a: 'x'.repeat(limits.textBytes + 1) }, { a: '2' }],
  ];
  for (const [kind, base, ours, theirs] of kept) {
    test(`${kind}: ${Object.keys(theirs).join()} stays as the target has it`, async () => {
      const { kinds, files } = await conflictsOf(base, ours, theirs);
      assert.deepEqual([kinds, files], [[kind], ours]);
    });
  }
  test('modes that both chose, with the lines still merged', async () => {
    const { kinds, files } = await conflictsOf({}, { a: '1\n' }, { a: 'x:1\n' });
    assert.deepEqual([kinds, files], [['a: mode'], { a: '1\n' }]);
  });
});

test('one side may change the mode and the other the lines', async () => {
  const { files, conflicts } = await merged({ a: '1\n' }, { a: '2\n' }, { a: 'x:1\n' });
  assert.deepEqual([files, conflicts], [{ a: 'x:2\n' }, []]);
  const turned = await merged({ a: '1\n' }, { a: 'x:1\n' }, { a: '2\n' });
  assert.deepEqual([turned.files, turned.conflicts], [{ a: 'x:2\n' }, []]);
});

test('a folder that the target has as it was is taken as a whole, but for the one with workflows', async () => {
  const { entries } = await merged(
    { 'd/a': '1', 'd/e/b': '1', '.github/workflows/ci.yml': '1', '.github/x': '1' },
    { 'd/a': '1', 'd/e/b': '1', '.github/workflows/ci.yml': '1', '.github/x': '1', c: '1' },
    { 'd/a': '2', 'd/e/b': '2', '.github/workflows/ci.yml': '2', '.github/x': '1' },
  );
  assert.deepEqual(
    entries.map(({ path, type }) => `${type} ${path}`),
    ['tree .github/workflows', 'tree d'],
  );
});

test('a change beyond the limits is refused as a whole', async () => {
  const many = (text: string) =>
    Object.fromEntries(Array.from({ length: limits.entries + 1 }, (_, at) => [`f${at}`, text]));
  await assert.rejects(merged(many('1'), { ...many('1'), x: '1' }, many('2')), TooLarge);
  await assert.rejects(merged(many('1\n'), many('2\n'), many('3\n')), TooLarge);
  const long = (text: string) => `${text}\n`.repeat(limits.allText / 2);
  await assert.rejects(merged({ a: '' }, { a: long('1') }, { a: long('2') }), TooLarge);
});
