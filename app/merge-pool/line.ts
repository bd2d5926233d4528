/** A pull request that could land now but for its place in line, by its own account when it was looked at last. */
export interface Turn {
  readonly number: number;
  /** Place of its first priority label in the list of the rules; after all of them where it has none. */
  readonly rank: number;
  /** It was brought up to date, or its merge was sent, and what comes of it is waited for. */
  readonly busy: boolean;
  /** Since when it is busy, or when it was looked at; ISO 8601. */
  readonly at: string;
}

/** Where one pull request stands among those onto the same base. */
export interface Line {
  readonly mine: Turn | null;
  readonly others: readonly Turn[];
}

export const nobody: Line = { mine: null, others: [] };

/** So long nobody waits for one that says nothing more: its checks may never end. In milliseconds. */
export const patience = 3_600_000;

export function rankOf(labels: readonly string[], priority: readonly string[]): number {
  const held = labels.map((name) => name.toLowerCase());
  const at = priority.findIndex((name) => held.includes(name.toLowerCase()));
  return at < 0 ? priority.length : at;
}

/** Priority first, then whoever was begun with, then the lowest number: the same for everybody who looks. */
export const isBefore = (a: Turn, b: Turn): boolean =>
  a.rank !== b.rank ? a.rank < b.rank : a.busy !== b.busy ? a.busy : a.number < b.number;

export const endOf = ({ at }: Turn): number => Date.parse(at) + patience;

/** Who goes before everybody else, of those that are not given up on. */
export function firstOf<T extends Turn>(line: readonly T[], now: number): T | null {
  const there = line.filter((turn) => endOf(turn) > now);
  return there.reduce<T | null>((first, turn) => (first && isBefore(first, turn) ? first : turn), null);
}

/** Who goes before this one; null when nobody does. */
export function aheadOf(mine: Turn, others: readonly Turn[], now: number): Turn | null {
  const first = firstOf(others, now);
  return first && isBefore(first, mine) ? first : null;
}
