import type { DatabaseSync } from 'node:sqlite';
import type { Write } from './sqlite-write.ts';
import type { Halt, Missed, Store } from './store.ts';

type RecoveryStore = Pick<Store, 'known' | 'mark' | 'setMark' | 'noteMissed' | 'missed' | 'askedFor' | 'dropMissed'>;

/** What makes up for deliveries that did not arrive. */
export function createRecovery(db: DatabaseSync, write: Write): RecoveryStore {
  const known = db.prepare(
    'SELECT value AS guid FROM json_each(?) WHERE EXISTS (SELECT 1 FROM deliveries WHERE deliveries.guid = value)',
  );
  const mark = db.prepare('SELECT at FROM marks WHERE name = ?');
  const setMark = db.prepare(
    'INSERT INTO marks (name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at',
  );
  const add = db.prepare(
    'INSERT OR IGNORE INTO missed (guid, id, event, at, tries, next_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const all = db.prepare(
    'SELECT guid, CAST(id AS TEXT) AS id, event, at, tries, next_at AS nextAt FROM missed ORDER BY tries, at',
  );
  const asked = db.prepare('UPDATE missed SET tries = tries + 1, next_at = ? WHERE guid = ?');
  const drop = db.prepare('DELETE FROM missed WHERE guid = ?');
  return {
    known: async (guids) => new Set(known.all(JSON.stringify(guids)).map((row) => row['guid'] as string)),
    mark: async (name) => (mark.get(name)?.['at'] ?? null) as number | null,
    setMark: (name, at) => write(() => void setMark.run(name, at)),
    noteMissed: (missed, upTo) =>
      write(() => {
        for (const { guid, id, event, at, tries, nextAt } of missed) add.run(guid, id, event, at, tries, nextAt);
        setMark.run('deliveries', upTo);
      }),
    missed: async () => (all.all() as unknown as readonly Missed[]).map((row) => ({ ...row })),
    askedFor: (guid, nextAt) => write(() => void asked.run(nextAt, guid)),
    dropMissed: (guids) => write(() => guids.forEach((guid) => drop.run(guid))),
  };
}

/** Where writing to GitHub is stopped by somebody. */
export function createHalts(db: DatabaseSync, write: Write): Pick<Store, 'halt' | 'resume' | 'halts' | 'haltOf'> {
  const put = db.prepare(
    `INSERT INTO halts (scope, reason, who, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (scope) DO UPDATE SET reason = excluded.reason, who = excluded.who, at = excluded.at`,
  );
  const drop = db.prepare('DELETE FROM halts WHERE scope = ?');
  const all = db.prepare('SELECT scope, reason, who, at FROM halts ORDER BY scope');
  const of = db.prepare(`SELECT scope, reason, who, at FROM halts WHERE scope IN ('', ?, ?) ORDER BY scope LIMIT 1`);
  const audit = db.prepare('INSERT INTO audit (at, who, what, object) VALUES (?, ?, ?, ?)');
  return {
    halt: ({ scope, reason, who, at }) =>
      write(() => {
        put.run(scope.toLowerCase(), reason, who, at);
        audit.run(at, who, 'pause', scope.toLowerCase());
      }),
    resume: (scope, who, at) =>
      write(() => {
        const gone = drop.run(scope.toLowerCase()).changes > 0;
        if (gone) audit.run(at, who, 'resume', scope.toLowerCase());
        return gone;
      }),
    halts: async () => (all.all() as unknown as readonly Halt[]).map((row) => ({ ...row })),
    async haltOf({ owner, name }) {
      const row = of.get(owner.toLowerCase(), `${owner}/${name}`.toLowerCase()) as unknown as Halt | undefined;
      return row === undefined ? null : { ...row };
    },
  };
}
