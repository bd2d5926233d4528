import { parseArgs } from 'node:util';
import type { LogLine } from '../../config/log-line.ts';
import { notUnderstood } from '../usage.ts';

/** What somebody wants to read. */
export interface Wish {
  readonly delivery?: string;
  readonly report?: string;
  readonly repo?: string;
  readonly lane?: string;
  readonly level?: string;
  /** How far back, in milliseconds. */
  readonly since?: number;
  readonly follow: boolean;
  readonly json: boolean;
  readonly dir?: string;
}

export const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const options = {
  ...{ delivery: text, report: text, repo: text, lane: text, level: text, since: text, dir: text },
  ...{ follow: flag, json: flag },
};

/** Throws `Misused` where an option is unknown or its value none that it can have. */
export function readWish(args: string[]): Wish {
  const { values } = parseArgs({ args, options, allowPositionals: false });
  const { since, ...rest } = values;
  const level = rest.level?.toLowerCase();
  if (level !== undefined && !(levels as readonly string[]).includes(level)) throw notUnderstood(`--level ${level}`);
  if (rest.repo !== undefined && !/^[^/\s]+\/[^/\s]+$/.test(rest.repo)) throw notUnderstood(`--repo ${rest.repo}`);
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(since ?? '') ?? [];
  if (since !== undefined && count === undefined) throw notUnderstood(`--since ${since}`);
  return { ...rest, ...(level && { level }), ...(count && { since: Number(count) * (units[unit] ?? 0) }) };
}

/** Lanes are `700001#12`; people know them as `acme/shop#12`. */
function isOnLane(lane: string, line: LogLine): boolean {
  const [, repo, place = ''] = /^([^/\s]+\/[^#@^:]+)(.*)$/.exec(lane) ?? [];
  if (repo === undefined) return line.lane === lane;
  return line.repo?.toLowerCase() === repo.toLowerCase() && line.lane?.replace(/^\d+/, '') === place;
}

/** Whether a line is wanted, apart from the story it belongs to. */
export function fits(wish: Wish, line: LogLine, now: number): boolean {
  const { repo, lane, level, since } = wish;
  if (since !== undefined && Date.parse(line.time) < now - since) return false;
  if (level !== undefined && rank(line.level) < rank(level)) return false;
  if (repo !== undefined && line.repo?.toLowerCase() !== repo.toLowerCase()) return false;
  return lane === undefined || isOnLane(lane, line);
}

const rank = (level: string) => (levels as readonly string[]).indexOf(level);
