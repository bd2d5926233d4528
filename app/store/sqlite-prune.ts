import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { Write } from './sqlite-write.ts';
import type { Store } from './store.ts';

const day = 86_400_000;
/** Bodies hold what people wrote; everything else only what was decided. */
const bodiesFor = 7 * day - 3_600_000;
const rowsFor = 90 * day;
/** What was done on a thread must not be done anew as soon as it is quiet for a season. */
const keysFor = 180 * day;
/** A transaction of this many rows stays under 5 ms. */
const atOnce = 24;
const pagesAtOnce = 64;

type Cursor = string | number;

/** A batch after the cursor, in the order of age: which may go, and where the next one begins; null at the end. */
type Look = (after: Cursor) => { readonly gone: readonly Cursor[]; readonly next: Cursor | null };

function bodies(db: DatabaseSync, now: number): Look {
  const page = db.prepare(
    `SELECT id, (SELECT max(received_at) FROM deliveries WHERE body = bodies.id) AS at,
     EXISTS (SELECT 1 FROM deliveries WHERE body = bodies.id AND state = 'waiting') AS waits
     FROM bodies WHERE id > ? ORDER BY id LIMIT ${atOnce}`,
  );
  return (after) => {
    const rows = page.all(after) as unknown as readonly { id: number; at: number | null; waits: number }[];
    const old = rows.filter(({ at }) => (at ?? 0) < now - bodiesFor);
    const isEnd = old.length < atOnce;
    return {
      gone: old.filter(({ waits }) => !waits).map(({ id }) => id),
      next: isEnd ? null : (rows.at(-1)?.id ?? null),
    };
  };
}

function deliveries(db: DatabaseSync, now: number): Look {
  const page = db.prepare(
    `SELECT id, received_at AS at, state FROM deliveries WHERE id > ? ORDER BY id LIMIT ${atOnce}`,
  );
  return (after) => {
    const rows = page.all(after) as unknown as readonly { id: string; at: number; state: string }[];
    const old = rows.filter(({ at }) => at < now - rowsFor);
    const isEnd = old.length < atOnce;
    return {
      gone: old.filter(({ state }) => state !== 'waiting').map(({ id }) => id),
      next: isEnd ? null : (rows.at(-1)?.id ?? null),
    };
  };
}

/** Lanes of threads and repositories, whose last report is read again; of commits, tags and branches there is no end. */
const isRead = `lane NOT GLOB '*[^0-9#]*'`;

/** The newest report of a thread stays, and the newest for which facts were looked at. */
function reports(db: DatabaseSync, now: number): Look {
  const page = db.prepare(
    `SELECT seq, at, NOT ${isRead} OR EXISTS (SELECT 1 FROM reports AS later WHERE later.lane = reports.lane AND later.seq > reports.seq)
       AND (NOT considered OR EXISTS (SELECT 1 FROM reports AS later WHERE later.lane = reports.lane
         AND later.seq > reports.seq AND later.considered)) AS replaced
     FROM reports WHERE seq > ? ORDER BY seq LIMIT ${atOnce}`,
  );
  const before = new Date(now - rowsFor).toISOString();
  return (after) => {
    const rows = page.all(after) as unknown as readonly { seq: number; at: string; replaced: number }[];
    const old = rows.filter(({ at }) => at < before);
    const isEnd = old.length < atOnce;
    return {
      gone: old.filter(({ replaced }) => replaced).map(({ seq }) => seq),
      next: isEnd ? null : (rows.at(-1)?.seq ?? null),
    };
  };
}

/** Once-keys and kept commands of lanes where nothing was done or decided for long; those of open pull requests stay. */
function keys(db: DatabaseSync, now: number): Look {
  const page = db.prepare(
    `SELECT lane, max(at) AS at, EXISTS (SELECT 1 FROM heads WHERE heads.lane = done.lane)
       OR EXISTS (SELECT 1 FROM reports WHERE reports.lane = done.lane AND reports.at >= ?2) AS live
     FROM done WHERE lane > ?1 GROUP BY lane ORDER BY lane LIMIT ${atOnce}`,
  );
  const before = new Date(now - keysFor).toISOString();
  return (after) => {
    const rows = page.all(after, before) as unknown as readonly { lane: string; at: string; live: number }[];
    const isEnd = rows.length < atOnce;
    return {
      gone: rows.filter(({ at, live }) => at < before && !live).map(({ lane }) => lane),
      next: isEnd ? null : (rows.at(-1)?.lane ?? null),
    };
  };
}

interface Kind {
  readonly first: Cursor;
  readonly look: (db: DatabaseSync, now: number) => Look;
  readonly drop: readonly string[];
}

const kinds: readonly Kind[] = [
  {
    first: 0,
    look: bodies,
    drop: ['UPDATE deliveries SET body = NULL WHERE body = ?', 'DELETE FROM bodies WHERE id = ?'],
  },
  {
    first: '',
    look: deliveries,
    drop: ['DELETE FROM looks WHERE delivery = ?', 'DELETE FROM deliveries WHERE id = ?'],
  },
  { first: 0, look: reports, drop: ['DELETE FROM reports WHERE seq = ?'] },
  { first: '', look: keys, drop: ['DELETE FROM asks WHERE lane = ?', 'DELETE FROM done WHERE lane = ?'] },
];

/** Lets go of what was kept long enough, a few rows at a time, so that nobody waits for it. */
export function createPrune(db: DatabaseSync, write: Write): Pick<Store, 'prune'> {
  async function pruneKind({ first, look, drop }: Kind, now: number): Promise<number> {
    const lookAfter = look(db, now);
    const drops = drop.map((sql) => db.prepare(sql));
    let count = 0;
    for (let after: Cursor | null = first; after !== null;) {
      const { gone, next } = lookAfter(after);
      if (gone.length > 0) await write(() => gone.forEach((id) => drops.forEach((statement) => statement.run(id))));
      count += gone.length;
      after = next;
      await setImmediate();
    }
    return count;
  }
  const freed = () => Number(db.prepare('PRAGMA freelist_count').get()?.['freelist_count']);
  return {
    async prune(now) {
      let count = 0;
      for (const kind of kinds) count += await pruneKind(kind, now);
      await write(() => {
        db.prepare('DELETE FROM attempts WHERE at < ?').run(now - rowsFor);
        for (const table of ['operator_links', 'sessions']) db.prepare(`DELETE FROM ${table} WHERE until < ?`).run(now);
      });
      // Where the file was made without it, this gives nothing back; the pages are then used again.
      for (let left = freed(); left > 0;) {
        db.exec(`PRAGMA incremental_vacuum(${pagesAtOnce})`);
        await setImmediate();
        const now = freed();
        if (now >= left) break;
        left = now;
      }
      return count;
    },
  };
}
