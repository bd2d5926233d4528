/** Pairs of equal lines of two texts, in order: a longest common subsequence. */
export function commonLines(left: readonly string[], right: readonly string[]): [number, number][] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (
    end < left.length - start &&
    end < right.length - start &&
    left[left.length - 1 - end] === right[right.length - 1 - end]
  )
    end++;
  const pairs: [number, number][] = Array.from({ length: start }, (_, index) => [index, index]);
  pairs.push(...middlePairs(left.slice(start, left.length - end), right.slice(start, right.length - end), start));
  for (let back = end; back > 0; back--) pairs.push([left.length - back, right.length - back]);
  return pairs;
}

const largestTable = 4_000_000;

function middlePairs(left: readonly string[], right: readonly string[], offset: number): [number, number][] {
  if (left.length * right.length > largestTable) return [];
  const width = right.length + 1;
  const table = new Uint32Array((left.length + 1) * width);
  const at = (row: number, column: number) => table[row * width + column] ?? 0;
  for (let row = left.length - 1; row >= 0; row--)
    for (let column = right.length - 1; column >= 0; column--)
      table[row * width + column] =
        left[row] === right[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
  const pairs: [number, number][] = [];
  for (let row = 0, column = 0; row < left.length && column < right.length;) {
    if (left[row] === right[column]) pairs.push([offset + row++, offset + column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}

export function textLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

export interface LineChange {
  readonly additions: number;
  readonly deletions: number;
  readonly patch: string;
}

interface Row {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
  readonly left: number;
  readonly right: number;
}

function diffRows(left: readonly string[], right: readonly string[]): Row[] {
  const rows: Row[] = [];
  let row = 0;
  let column = 0;
  for (const [nextRow, nextColumn] of [...commonLines(left, right), [left.length, right.length] as [number, number]]) {
    while (row < nextRow) rows.push({ sign: '-', text: left[row] ?? '', left: ++row, right: column });
    while (column < nextColumn) rows.push({ sign: '+', text: right[column] ?? '', left: row, right: ++column });
    if (row < left.length && column < right.length)
      rows.push({ sign: ' ', text: left[row] ?? '', left: ++row, right: ++column });
  }
  return rows;
}

const context = 3;

function hunks(rows: readonly Row[]): Row[][] {
  const groups: Row[][] = [];
  let lastShown = -1;
  rows.forEach((row, index) => {
    if (row.sign === ' ') return;
    const from = Math.max(index - context, lastShown + 1, 0);
    const to = Math.min(index + context, rows.length - 1);
    const fresh = rows.slice(from, to + 1);
    const touching = from === lastShown + 1 && groups.length > 0;
    if (touching) groups.at(-1)?.push(...fresh);
    else groups.push(fresh);
    lastShown = Math.max(to, lastShown);
  });
  return groups;
}

function hunkText(rows: readonly Row[]): string {
  const lefts = rows.filter((row) => row.sign !== '+');
  const rights = rows.filter((row) => row.sign !== '-');
  const range = (list: readonly Row[], side: 'left' | 'right') =>
    `${list[0]?.[side] ?? 0}${list.length === 1 ? '' : `,${list.length}`}`;
  const head = `@@ -${range(lefts, 'left')} +${range(rights, 'right')} @@`;
  return [head, ...rows.map((row) => row.sign + row.text)].join('\n');
}

export function diffTexts(before: string, after: string): LineChange {
  const rows = diffRows(textLines(before), textLines(after));
  const count = (sign: string) => rows.filter((row) => row.sign === sign).length;
  return { additions: count('+'), deletions: count('-'), patch: hunks(rows).map(hunkText).join('\n') };
}

/** Both changes in one text, `null` where they touch the same or neighbouring lines. */
export function mergeTexts(base: string, ours: string, theirs: string): string | null {
  const [lines, left, right] = [base.split('\n'), ours.split('\n'), theirs.split('\n')];
  const leftOf = new Map(commonLines(lines, left));
  const rightOf = new Map(commonLines(lines, right));
  const merged: string[] = [];
  let [at, atLeft, atRight] = [0, 0, 0];
  for (let line = 0; line <= lines.length; line++) {
    const toLeft = line === lines.length ? left.length : leftOf.get(line);
    const toRight = line === lines.length ? right.length : rightOf.get(line);
    if (toLeft === undefined || toRight === undefined) continue;
    const chunk = pickChunk(lines.slice(at, line), left.slice(atLeft, toLeft), right.slice(atRight, toRight));
    if (!chunk) return null;
    merged.push(...chunk);
    if (line < lines.length) merged.push(lines[line] ?? '');
    [at, atLeft, atRight] = [line + 1, toLeft + 1, toRight + 1];
  }
  return merged.join('\n');
}

function pickChunk(base: string[], left: string[], right: string[]): string[] | null {
  const same = (one: string[], other: string[]) => one.join('\n') === other.join('\n') && one.length === other.length;
  if (same(left, right) || same(base, right)) return left;
  return same(base, left) ? right : null;
}
