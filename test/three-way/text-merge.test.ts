import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { linesOf, placesIn } from '../../app/three-way/line-diff.ts';
import { mergeTexts } from '../../app/three-way/text-merge.ts';

const names = { ours: 'release', theirs: 'pick' };
const merged = (base: string, ours: string, theirs: string) => mergeTexts(base, ours, theirs, names);

/** Few different lines, so that they repeat, and now and then a text without a last line break or with other ones. */
const line = fc.constantFrom('a', 'b', 'c', 'd', '', '}', '<<<<<<< x', '=======', '中文', 'e\r');
const text = fc
  .tuple(fc.array(line, { maxLength: 14 }), fc.boolean())
  .map(([lines, whole]) => lines.join('\n') + (whole && lines.length > 0 ? '\n' : ''));

const countOf = (lines: readonly string[]) => {
  const counts = new Map<string, number>();
  for (const one of lines) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
};
const bare = (one: string) => one.replace(/\r?\n?$/, '');
const bareLines = (whole: string) => linesOf(whole).map(bare);

test('the places of lines rise, and lead to the same lines', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [a, b] = [linesOf(one), linesOf(other)];
      const found = [...placesIn(a, b).entries()].filter(([, place]) => place >= 0);
      for (const [index, place] of found) assert.equal(a[index], b[place]);
      for (const [at, [, place]] of found.entries()) if (at > 0) assert.ok(place > found[at - 1]![1]);
    }),
    { numRuns: 2000 },
  );
});

/** The length of the longest common subsequence, by the book. */
function longest(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
  return table[0]![0]!;
}

test('as many lines as can be are found again', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [a, b] = [linesOf(one), linesOf(other)];
      assert.equal(placesIn(a, b).filter((place) => place >= 0).length, longest(a, b));
    }),
    { numRuns: 2000 },
  );
});

test('where one side changed nothing, the other is the result', () => {
  fc.assert(
    fc.property(text, text, (base, other) => {
      assert.deepEqual(merged(base, base, other), { text: other, conflicts: 0 });
      assert.deepEqual(merged(base, other, base), { text: other, conflicts: 0 });
      assert.deepEqual(merged(base, other, other), { text: other, conflicts: 0 });
    }),
    { numRuns: 2000 },
  );
});

test('the sides may change places: the same text where they agree, the same number of conflicts where they do not', () => {
  fc.assert(
    fc.property(text, text, text, (base, ours, theirs) => {
      const [one, other] = [merged(base, ours, theirs), merged(base, theirs, ours)];
      assert.equal(one.conflicts, other.conflicts);
      if (one.conflicts === 0) assert.equal(one.text, other.text);
    }),
    { numRuns: 2000 },
  );
});

test('no line that a side added is lost, and none goes that neither took away', () => {
  fc.assert(
    fc.property(text, text, text, (base, ours, theirs) => {
      const [result, was] = [countOf(bareLines(merged(base, ours, theirs).text)), countOf(bareLines(base))];
      const [left, right] = [countOf(bareLines(ours)), countOf(bareLines(theirs))];
      for (const one of new Set([...was.keys(), ...left.keys(), ...right.keys()])) {
        const [b, o, t, r] = [was, left, right, result].map((counts) => counts.get(one) ?? 0) as [
          number,
          number,
          number,
          number,
        ];
        assert.ok(r >= Math.max(o, t) - b, `«${one}» was added and is lost`);
        assert.ok(r >= Math.min(b, o + t - b), `«${one}» is gone and neither took away so many`);
      }
    }),
    { numRuns: 5000 },
  );
});

test('changes apart from each other are both there, whoever made which', () => {
  const parts = fc.array(fc.tuple(fc.nat(2), fc.nat(9)), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(parts, (edits) => {
      const at = (side: number | null) =>
        edits
          .map(
            ([who, what], index) =>
              `keep ${index}\n${side === who || side === null ? `new ${index}.${what}` : `old ${index}`}\n`,
          )
          .join('');
      // Nobody is number 9: the base. `null` has everybody's changes; what number 2 did nobody merges.
      const base = at(9);
      const expected = at(null).replace(/^.*$/gm, (row) => {
        const [, index] = /^new (\d+)\./.exec(row) ?? [];
        return index !== undefined && edits[Number(index)]?.[0] === 2 ? `old ${index}` : row;
      });
      assert.deepEqual(merged(base, at(0), at(1)), { text: expected, conflicts: 0 });
    }),
  );
});

test('a conflict shows both sides between the markers of git', () => {
  const { text, conflicts } = merged('a\nb\nc\n', 'a\nours\nc\n', 'a\ntheirs\nc\n');
  assert.equal(text, 'a\n<<<<<<< release\nours\n=======\ntheirs\n>>>>>>> pick\nc\n');
  assert.equal(conflicts, 1);
});

test('lines added at the same place are a conflict, as are changes of neighbouring lines', () => {
  assert.equal(merged('a\nz\n', 'a\n1\nz\n', 'a\n2\nz\n').conflicts, 1);
  assert.equal(merged('a\nb\n', 'A\nb\n', 'a\nB\n').conflicts, 1);
  assert.equal(merged('a\nm\nb\n', 'A\nm\nb\n', 'a\nm\nB\n').conflicts, 0);
});

test('a line that one side changed and the other took away is a conflict', () => {
  const { text, conflicts } = merged('a\nb\nc\n', 'a\nc\n', 'a\nB\nc\n');
  assert.equal(text, 'a\n<<<<<<< release\n=======\nB\n>>>>>>> pick\nc\n');
  assert.equal(conflicts, 1);
});

test('a text that holds markers gets longer ones', () => {
  const { text } = merged('<<<<<<< a\nb\n', '<<<<<<< a\no\n', '<<<<<<< a\nt\n');
  assert.equal(text, '<<<<<<< a\n<<<<<<<< release\no\n========\nt\n>>>>>>>> pick\n');
});

test('the last line of a side never runs into a marker', () => {
  assert.equal(merged('a', 'b', 'c').text, '<<<<<<< release\nb\n=======\nc\n>>>>>>> pick\n');
  assert.equal(merged('a\r\n', 'b\r\n', 'c').text, '<<<<<<< release\r\nb\r\n=======\r\nc\r\n>>>>>>> pick\r\n');
});

test('a change of the last line break alone is a change', () => {
  assert.deepEqual(merged('a\nb\n', 'a\nb', 'A\nb\n'), {
    text: '<<<<<<< release\na\nb\n=======\nA\nb\n>>>>>>> pick\n',
    conflicts: 1,
  });
  assert.deepEqual(merged('a\nm\nb\n', 'a\nm\nb', 'A\nm\nb\n'), { text: 'A\nm\nb', conflicts: 0 });
});

test('texts with nothing in common, and very long ones, end in time', () => {
  const long = (word: string) => Array.from({ length: 30_000 }, (_, index) => `${word} ${index % 977}\n`).join('');
  assert.equal(merged(long('a'), long('b'), long('c')).conflicts, 1);
  const base = long('a');
  const [ours, theirs] = [`first\n${base}`, `${base}last\n`];
  assert.deepEqual(merged(base, ours, theirs), { text: `first\n${base}last\n`, conflicts: 0 });
});
