/** Lines with their ends, so that texts with and without a last line break differ. */
export const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Texts that differ in more lines than this are taken to have nothing in common in between: more to settle by hand, nothing lost. */
const mostSteps = 2_000;

/** The furthest each diagonal came with so many steps, a diagonal `k` at `k + steps + 1`. */
type Reached = Int32Array;

const cameDown = (reached: Reached, k: number, steps: number, at: number): boolean =>
  k === -steps || (k !== steps && (reached[at - 1] ?? -1) < (reached[at + 1] ?? -1));

/** Myers' search (An O(ND) Difference Algorithm, 1986), keeping every round for the way back; null where it takes too long. */
function search(a: Int32Array, b: Int32Array): readonly Reached[] | null {
  const rounds: Reached[] = [];
  let before: Reached = new Int32Array(3);
  for (let steps = 0; steps <= Math.min(a.length + b.length, mostSteps); steps++) {
    const now: Reached = new Int32Array(2 * steps + 5).fill(-1);
    rounds.push(before);
    for (let k = -steps; k <= steps; k += 2) {
      const at = k + steps + 1;
      let x = cameDown(before, k, steps, at) ? (before[at + 1] ?? 0) : (before[at - 1] ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      // The next round has one diagonal more on each side.
      now[at + 1] = x;
      if (x >= a.length && x - k >= b.length) return rounds;
    }
    before = now;
  }
  return null;
}

/** Walks the search back from both ends and notes the lines it went along. */
function wayBack(rounds: readonly Reached[], a: Int32Array, b: Int32Array, note: (x: number, y: number) => void): void {
  let [x, y] = [a.length, b.length];
  for (let steps = rounds.length - 1; steps >= 0; steps--) {
    const before = rounds[steps] as Reached;
    const k = x - y;
    const at = k + steps + 1;
    const isDown = cameDown(before, k, steps, at);
    const from = isDown ? (before[at + 1] ?? 0) : (before[at - 1] ?? 0);
    const start = steps === 0 ? 0 : isDown ? from : from + 1;
    while (x > start) note(--x, --y);
    if (steps > 0) [x, y] = isDown ? [x, y - 1] : [x - 1, y];
  }
}

function numbered(lines: readonly string[], numbers: Map<string, number>): Int32Array {
  return Int32Array.from(lines, (line) => {
    const known = numbers.get(line);
    if (known !== undefined) return known;
    numbers.set(line, numbers.size);
    return numbers.size - 1;
  });
}

/** For each line of the first text its place in the second, in rising order; -1 where it is not there any more. */
export function placesIn(first: readonly string[], second: readonly string[]): Int32Array {
  const numbers = new Map<string, number>();
  const [a, b] = [numbered(first, numbers), numbered(second, numbers)];
  const places = new Int32Array(a.length).fill(-1);
  const shorter = Math.min(a.length, b.length);
  let [start, end] = [0, 0];
  while (start < shorter && a[start] === b[start]) places[start] = start++;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) {
    end++;
    places[a.length - end] = b.length - end;
  }
  const [left, right] = [a.subarray(start, a.length - end), b.subarray(start, b.length - end)];
  const rounds = left.length > 0 && right.length > 0 ? search(left, right) : null;
  if (rounds) wayBack(rounds, left, right, (x, y) => (places[start + x] = start + y));
  return places;
}
