const timeDigits = 9;
const countDigits = 3;
const countLimit = 36 ** countDigits;

function written(time: number, count: number): string {
  return time.toString(36).padStart(timeDigits, '0') + count.toString(36).padStart(countDigits, '0');
}

/** The id of a row made `now`: text that sorts after `last`, the greatest id so far, even when the clock went back. */
export function nextRowId(now: number, last: string | null): string {
  if (last === null) return written(now, 0);
  const time = Number.parseInt(last.slice(0, timeDigits), 36);
  if (now > time) return written(now, 0);
  const count = Number.parseInt(last.slice(timeDigits), 36) + 1;
  return count < countLimit ? written(time, count) : written(time + 1, 0);
}
