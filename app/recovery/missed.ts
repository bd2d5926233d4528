import { Trouble } from '../github/troubles.ts';
import type { Attempted, DeliveryLog } from '../github/github.ts';
import type { Missed } from '../store/store.ts';
import type { Ears, Round } from './recovery.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
/** GitHub's log goes back three days: https://docs.github.com/webhooks/using-webhooks/handling-failed-webhook-deliveries */
const keptFor = 72 * hour;
/** A gap of this length is told while there is still time to close it. */
const alarming = 60 * hour;
/** Pages shift while they are read, and clocks differ. */
const overlap = 10 * minute;
/** Where the last look was a minute ago hardly anything is new, and a short first page is the whole answer. */
const [firstPage, laterPages] = [30, 100];
/** Sixty thousand attempts; what is older waits for the sweep. */
const mostPages = 600;
/** While nothing that was asked for arrives, so few are asked for at once. */
const probes = 10;
const longestPatience = 4 * minute;
const manyTries = 20;

async function attemptsSince(log: DeliveryLog, since: number): Promise<readonly Attempted[]> {
  const found: Attempted[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < mostPages; pages++) {
    const { attempts, next } = await log.page(cursor, cursor === null ? firstPage : laterPages);
    found.push(...attempts.filter(({ at }) => at >= since));
    if (next === null || attempts.every(({ at }) => at < since)) break;
    cursor = next;
  }
  return found;
}

/** What the log has since the last look and the bot has not; it is on disk before any of it is asked for. */
async function takeStock({ deliveries, store, clock, put }: Ears): Promise<void> {
  const now = clock.now();
  const mark = await store.mark('deliveries');
  const since = Math.max(now - keptFor, (mark ?? 0) - overlap);
  const byGuid = Map.groupBy(await attemptsSince(deliveries, since), ({ guid }) => guid);
  const known = await store.known([...byGuid.keys()]);
  const missed = [...byGuid].flatMap(([guid, attempts]): Missed[] => {
    const [newest] = attempts;
    // Before this bot was there somebody else may have taken them; later only a copy of the store that lost them.
    const taken = mark === null && put === null && attempts.some(({ ok }) => ok);
    if (!newest || known.has(guid) || taken) return [];
    const at = Math.min(...attempts.map((one) => one.at));
    return [{ guid, id: newest.id, event: newest.event, at, tries: 0, nextAt: now }];
  });
  await store.noteMissed(missed, now);
}

const patienceAfter = (tries: number) =>
  tries > manyTries ? hour : Math.min(longestPatience, minute * 2 ** Math.min(tries, 10));

/** Of what is still missing, what is to be asked for now. */
function due(missing: readonly Missed[], arrived: readonly Missed[], now: number): readonly Missed[] {
  // The door is open again: nobody waits for his turn any more.
  if (arrived.some(({ tries }) => tries > 0)) return missing.filter(({ tries }) => tries <= manyTries);
  const ready = missing.filter(({ nextAt }) => nextAt <= now);
  return missing.some(({ tries }) => tries > 0) ? ready.slice(0, probes) : ready;
}

/** GitHub says of this one delivery that it will not do it. */
const isRefused = (error: unknown): error is Trouble =>
  error instanceof Trouble && (error.kind === 'gone' || error.kind === 'broken' || error.kind === 'forbidden');

async function askFor(one: Missed, { deliveries, store, clock, log, put }: Ears): Promise<void> {
  const about = { delivery: one.guid };
  try {
    if (put === null) {
      await deliveries.redeliver(one.id);
      log.info(`${one.event} did not arrive: GitHub is asked to send it again`, about);
      return await store.askedFor(one.guid, clock.now() + patienceAfter(one.tries));
    }
    const found = await deliveries.read(one.id);
    if (found) {
      await put({ guid: one.guid, event: one.event, ...found });
      log.info(`${one.event} was fetched`, about);
    }
    await store.dropMissed([one.guid]);
  } catch (error) {
    if (!isRefused(error)) {
      // It may be this one alone: the others are asked for before it next time.
      const isOwn = error instanceof Trouble && error.until === null;
      if (isOwn) await store.askedFor(one.guid, clock.now() + patienceAfter(one.tries));
      throw error;
    }
    log.warn(`${one.event} cannot be had from GitHub: ${error.message}`, about);
    if (error.kind === 'gone') await store.dropMissed([one.guid]);
    else await store.askedFor(one.guid, clock.now() + patienceAfter(one.tries));
  }
}

/** Settles what arrived and what is lost for good, and asks for the rest; answers whether anything was to be done. */
async function makeUp(ears: Ears, signal: AbortSignal): Promise<boolean> {
  const { store, clock, log } = ears;
  const rows = await store.missed();
  const known = await store.known(rows.map(({ guid }) => guid));
  const arrived = rows.filter(({ guid }) => known.has(guid));
  const lost = rows.filter(({ guid, at }) => !known.has(guid) && at < clock.now() - keptFor);
  for (const { guid, event } of lost)
    log.error(`${event} is lost: GitHub kept it for three days, and it never arrived`, { delivery: guid });
  await store.dropMissed([...arrived, ...lost].map(({ guid }) => guid));
  const missing = rows.filter((row) => !arrived.includes(row) && !lost.includes(row));
  for (const one of due(missing, arrived, clock.now())) {
    if (signal.aborted) return true;
    await askFor(one, ears);
  }
  return rows.length > 0;
}

/** Said before GitHub forgets what the bot does not have. */
async function warn({ store, clock, log }: Ears, last: { told: number }): Promise<void> {
  const now = clock.now();
  const [oldest] = (await store.missed()).toSorted((one, other) => one.at - other.at);
  const gap = now - Math.min((await store.mark('deliveries')) ?? now, oldest?.at ?? now);
  if (gap < alarming || now - last.told < hour) return;
  last.told = now;
  const hours = Math.floor(gap / hour);
  log.error(`deliveries of the last ${hours} hours are not made up for yet; GitHub forgets them after 72 hours`);
}

/**
 * Looks through GitHub's log for deliveries that did not arrive, every minute; where the bot is never called, every
 * fifteen seconds, up to a minute when nothing happens.
 */
export function missedRound(ears: Ears): Round {
  const fetches = ears.put !== null;
  const last = { told: -Infinity };
  let rest = 15 * second;
  return {
    name: 'the look for missed deliveries',
    firstAfter: fetches ? 6 * second : 30 * second,
    async run(signal) {
      try {
        await takeStock(ears);
        const busy = await makeUp(ears, signal);
        rest = busy ? 15 * second : Math.min(minute, rest * 2);
      } finally {
        if (!signal.aborted) await warn(ears, last);
      }
      return fetches ? rest : minute;
    },
  };
}
