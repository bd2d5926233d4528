import { setTimeout } from 'node:timers/promises';
import type { Said } from '../../config/env-words.ts';
import { redactor } from '../../config/redact.ts';
import { fail, say, type Check, type Finding, type Outcome } from './check.ts';
import { app, clock, reach } from './github.ts';
import { secretsOf, type Ground } from './ground.ts';
import { dependencies, diskSpace, nodeVersion, proxy, timeZone } from './machine.ts';
import { events, installations, permissions } from './rights.ts';
import { logs, port, processes } from './running.ts';
import { fileModes, rules, settings } from './settings.ts';
import { database, dataFolder, work } from './store.ts';
import { deliveries, hook, publicUrl } from './webhook.ts';

/** In the order in which they are told: what others stand on first. */
export const checks: readonly Check[] = [
  ...[nodeVersion, dependencies, settings, fileModes, rules],
  ...[diskSpace, dataFolder, database, logs, timeZone],
  ...[proxy, reach, clock, app, permissions, events, installations],
  ...[port, processes, publicUrl, hook, deliveries, work],
];

function broke(error: unknown): Outcome {
  const why = error instanceof Error ? error.message : String(error);
  return fail(
    say(`this check broke: ${why}`, `这项检查出错：${why}`),
    say('Please report it, with this line.', '请把这一行报告给开发者。'),
  );
}

function clean({ id, says, fix, state }: Finding, redact: (text: string) => string): Finding {
  // What answers for GitHub may be anybody, and a terminal acts on what it is shown.
  const flat = (text: string) => redact(text).replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ');
  const both = ({ en, zh }: Said): Said => ({ en: flat(en), zh: flat(zh) });
  return { id, state, says: both(says), fix: fix.map(both) };
}

/** Longer than any check takes that is only slow; a pm2 that hangs would never end. */
const patience = 40_000;

const gaveUp = fail(
  say('this check did not end', '这项检查没有结束'),
  say('Run this again; pm2 or a disk that hangs can be the reason.', '请再执行一次；可能是 pm2 或磁盘没有响应。'),
);

/** What a check finds, or that it never ended. */
export async function inTime(look: ReturnType<Check['look']>, ms = patience): ReturnType<Check['look']> {
  const over = new AbortController();
  const late = setTimeout(ms, gaveUp, { signal: over.signal }).catch(() => gaveUp);
  return Promise.race([look.catch(broke), late]).finally(() => over.abort());
}

/** Everything there is to find, without secrets; changes nothing and ends within a minute, whatever hangs. */
export async function examine(ground: Ground): Promise<readonly Finding[]> {
  const redact = redactor(secretsOf(ground));
  const found = await Promise.all(
    checks.map(async ({ id, look }) => {
      const outcomes = [await inTime(look(ground))].flat();
      return outcomes.map((one) => clean({ id, ...one }, redact));
    }),
  );
  return found.flat();
}

/** 3: the settings keep the bot from starting; 1: something else is at fault; 0: nothing is, or only what a warning says. */
export function statusOf(found: readonly Finding[]): 0 | 1 | 3 {
  const failed = found.filter(({ state }) => state === 'fail');
  if (failed.some(({ id }) => id === 'settings')) return 3;
  return failed.length > 0 ? 1 : 0;
}
