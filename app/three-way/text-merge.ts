import { linesOf, placesIn } from './line-diff.ts';

export interface MergedText {
  readonly text: string;
  /** How often both sides changed the same lines; each is in the text between markers. */
  readonly conflicts: number;
}

/** What the sides are called in markers. */
export interface Sides {
  readonly ours: string;
  readonly theirs: string;
}

interface Stretch {
  readonly base: readonly string[];
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** The texts cut at the lines that all three have in common: stretches that differ, and those lines between them. */
function* stretchesOf({ base, ours, theirs }: Stretch): Generator<Stretch | string> {
  const [inOurs, inTheirs] = [placesIn(base, ours), placesIn(base, theirs)];
  let [at, atOurs, atTheirs] = [0, 0, 0];
  for (const [index, line] of base.entries()) {
    const [o = -1, t = -1] = [inOurs[index], inTheirs[index]];
    if (o < 0 || t < 0) continue;
    yield { base: base.slice(at, index), ours: ours.slice(atOurs, o), theirs: theirs.slice(atTheirs, t) };
    yield line;
    [at, atOurs, atTheirs] = [index + 1, o + 1, t + 1];
  }
  yield { base: base.slice(at), ours: ours.slice(atOurs), theirs: theirs.slice(atTheirs) };
}

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((line, index) => line === b[index]);

/** What only one side changed, or both alike; null: they contradict each other. */
function agreed({ base, ours, theirs }: Stretch): readonly string[] | null {
  if (same(ours, theirs) || same(base, theirs)) return ours;
  return same(base, ours) ? theirs : null;
}

const markers = /^(<{7,}|={7,}|>{7,})/;

/** Longer than any marker that is there already, as git does for files that hold some. */
const markerSize = (lines: readonly string[]) =>
  lines.reduce((size, line) => Math.max(size, (markers.exec(line)?.[1]?.length ?? 6) + 1), 7);

/** A line that ends its text without a break may not run into the marker. */
const closed = (lines: readonly string[], end: string) =>
  lines.map((line) => (line.endsWith('\n') ? line : line + (line.endsWith('\r') ? '\n' : end))).join('');

/**
 * What both sides made of a text, line by line: what only one of them changed is taken, what both changed alike is taken
 * once. Where they touch the same lines, or lines next to each other, both stay in the text between git's markers.
 */
export function mergeTexts(base: string, ours: string, theirs: string, names: Sides): MergedText {
  const all = { base: linesOf(base), ours: linesOf(ours), theirs: linesOf(theirs) };
  const size = Math.max(markerSize(all.ours), markerSize(all.theirs));
  const end = (all.ours[0] ?? all.theirs[0] ?? '').endsWith('\r\n') ? '\r\n' : '\n';
  const mark = (sign: string, name = '') => `${sign.repeat(size)}${name && ` ${name}`}${end}`;
  const merged: string[] = [];
  let conflicts = 0;
  for (const part of stretchesOf(all)) {
    const settled = typeof part === 'string' ? [part] : agreed(part);
    if (settled) {
      merged.push(settled.join(''));
      continue;
    }
    const { ours: left, theirs: right } = part as Stretch;
    conflicts += 1;
    merged.push(mark('<', names.ours), closed(left, end), mark('='), closed(right, end), mark('>', names.theirs));
  }
  return { text: merged.join(''), conflicts };
}
