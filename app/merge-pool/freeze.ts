import { Cron } from 'croner';
import { span } from '../modules/duration.ts';
import { matchesGlob } from '../modules/glob.ts';
import type { FreezeWindow } from './options.ts';

/** What is wrong with the time of a window, in English; null when it can be read. */
export function freezeFault({ cron, zone }: Pick<FreezeWindow, 'cron' | 'zone'>): 'cron' | 'zone' | null {
  try {
    new Cron(cron, { paused: true }).previousRuns(1, new Date(0));
  } catch {
    return 'cron';
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return null;
  } catch {
    return 'zone';
  }
}

function endOf({ cron, for: length, zone }: FreezeWindow, now: number): number | null {
  // The begin itself belongs to the window, and croner looks only before the given second.
  const [start] = new Cron(cron, { timezone: zone, paused: true }).previousRuns(1, new Date(now + 1000));
  const end = start ? start.getTime() + span(length) : 0;
  return end > now ? end : null;
}

const concerns = (window: FreezeWindow, labels: readonly string[]) =>
  !labels.some((name) => window['except-labels'].some((glob) => matchesGlob(glob, name, true)));

/** When the freeze that is on now ends, in milliseconds since the epoch (Infinity: never); null when none is on. */
export function frozenUntil(windows: readonly FreezeWindow[], labels: readonly string[], now: number): number | null {
  const ends = windows
    .filter((window) => concerns(window, labels))
    .flatMap((window) => {
      const end = endOf(window, now);
      return end === null ? [] : [end];
    });
  return ends.length === 0 ? null : Math.max(...ends);
}

/** When the next freeze begins, in milliseconds since the epoch; null: none will. */
export function nextFreeze(windows: readonly FreezeWindow[], labels: readonly string[], now: number): number | null {
  const begins = windows
    .filter((window) => concerns(window, labels))
    .flatMap(({ cron, zone }) => new Cron(cron, { timezone: zone, paused: true }).nextRun(new Date(now)) ?? []);
  return begins.length === 0 ? null : Math.min(...begins.map((begin) => begin.getTime()));
}
