const day = 86_400_000;
const week = 7 * day;
const workWeek = 5 * day;

const isWeekend = (at: number) => [0, 6].includes(new Date(at).getUTCDay());
const nextDay = (at: number) => (Math.floor(at / day) + 1) * day;

/** When a time is over that begins at `since`, in milliseconds; where only weekdays count, by UTC, weekends add nothing to it. */
export function endOf(since: number, length: number, weekdaysOnly: boolean): number {
  if (!weekdaysOnly || !Number.isFinite(length)) return since + length;
  let [at, left] = [since, length];
  for (; left > workWeek; left -= workWeek) at += week;
  while (isWeekend(at) || left > nextDay(at) - at) {
    if (!isWeekend(at)) left -= nextDay(at) - at;
    at = nextDay(at);
  }
  return at + left;
}
