import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import type { FakeGitHub } from '../fake-github/fake-github.ts';
import type { Secrets } from './secrets.ts';
import type { Skipped } from './sim-stage.ts';

const minute = 60_000;
/** Longer than any limit, outage and backoff that a life has. */
const longestInLine = 40 * minute;

interface Row {
  readonly guid: string;
  readonly event: string;
  readonly state: string;
  readonly reason: string | null;
  readonly received_at: number;
  /** When the first look at what it told of ended. */
  readonly looked: number | null;
}

/** I-07: what was accepted is there, and came to an end. */
function lostIn(rows: readonly Row[], { deliveries }: FakeGitHub): string[] {
  const known = new Set(rows.map(({ guid }) => guid));
  const accepted = new Set(deliveries.filter(({ status }) => status === 202).map(({ guid }) => guid));
  const lost = [...accepted].filter((guid) => !known.has(guid));
  const stuck = rows.filter(({ state }) => state === 'waiting' || state === 'aside');
  return [
    ...(lost.length > 0 ? [`I-07: ${lost.length} deliveries were accepted and are not there`] : []),
    ...stuck.map(({ state, reason }) => `I-07: a delivery is ${state} in the end: ${reason ?? 'no reason is given'}`),
  ];
}

/** I-22: nothing waits for ever before it is looked at, as far as the bot could go on by itself. */
function lateIn(rows: readonly Row[], skipped: readonly Skipped[]): string[] {
  return rows.flatMap(({ event, looked, received_at: at }) => {
    const until = looked ?? at;
    const between = skipped.filter(({ from }) => from >= at && from < until);
    const waited = until - at - between.reduce((sum, { ms }) => sum + ms, 0);
    if (waited <= longestInLine) return [];
    return [`I-22: ${event} of ${new Date(at).toISOString()} waited ${Math.round(waited / minute)} minutes`];
  });
}

const zippedIn = (row: Record<string, unknown>) => row['zipped'] as Uint8Array;

/** I-20: no secret is written down. */
function secretsIn(db: DatabaseSync, secrets: Secrets): string[] {
  const zipped = db.prepare('SELECT zipped FROM reports UNION ALL SELECT zipped FROM bodies').all();
  // Zipped texts one after the other are the zipped text of all.
  const texts = zipped.length === 0 ? '' : gunzipSync(Buffer.concat(zipped.map(zippedIn))).toString();
  const plain = ['asks', 'attempts', 'done', 'pauses', 'turns', 'looks'].map((table) =>
    JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all()),
  );
  return [texts, ...plain].some((text) => secrets.areIn(text)) ? ['I-20: a secret is in the database'] : [];
}

function rowsOf(db: DatabaseSync): readonly Row[] {
  const all = db.prepare(
    `SELECT guid, event, state, reason, received_at,
       (SELECT MIN(at) FROM looks WHERE delivery = deliveries.id) AS looked FROM deliveries`,
  );
  return all.all() as unknown as readonly Row[];
}

function reading<T>(file: string, read: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return read(db);
  } finally {
    db.close();
  }
}

/** What holds of the bot's own files once it is idle and nothing is wrong any more. */
export function brokenInStore(file: string, fake: FakeGitHub, secrets: Secrets): string[] {
  return reading(file, (db) => [...lostIn(rowsOf(db), fake), ...secretsIn(db, secrets)]);
}

/** What was looked at too late; to be asked before anything is delivered once more. */
export function lateInStore(file: string, skipped: readonly Skipped[]): string[] {
  return reading(file, (db) => lateIn(rowsOf(db), skipped));
}

/** Until when the bot has written down that it asks nothing of GitHub; 0 when it has not. */
export function pausedInStore(file: string): number {
  return reading(file, (db) => Number(db.prepare('SELECT MAX(until) AS until FROM pauses').get()?.['until'] ?? 0));
}
