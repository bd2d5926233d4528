import { DatabaseSync } from 'node:sqlite';

/** Columns both databases have; a newer one may have more. */
function columnsIn(db: DatabaseSync, table: string): string {
  const of = (schema: string) => {
    const rows = db.prepare(`SELECT name FROM pragma_table_info(?, ?)`).all(table, schema);
    return new Set(rows.map(({ name }) => String(name)));
  };
  return [...of('main').intersection(of('newer'))].join(', ');
}

function copy(db: DatabaseSync, table: string, where: string): void {
  const columns = columnsIn(db, table);
  db.exec(`INSERT OR IGNORE INTO main.${table} (${columns}) SELECT ${columns} FROM newer.${table} WHERE ${where}`);
}

/** Everything that was received since goes into its lanes again: the bot looks at what is true now, whatever was done about it. */
function queueAgain(db: DatabaseSync, since: string): number {
  const fresh = `delivery_lanes.delivery > $since AND deliveries.state <> 'unhandled' AND coalesce(reason, '') NOT LIKE 'folded %'`;
  const joined = `main.delivery_lanes JOIN main.deliveries ON deliveries.id = delivery_lanes.delivery WHERE ${fresh}`;
  const run = (sql: string) => db.prepare(sql).run({ $since: since });
  run(
    `INSERT INTO main.lanes (lane, subject, installation, ready_at)
     SELECT lane, subject, coalesce(json_extract(subject, '$.installation'), 0), received_at FROM ${joined}
     ON CONFLICT (lane) DO UPDATE SET ready_at = coalesce(ready_at, excluded.ready_at)`,
  );
  run(
    `INSERT OR IGNORE INTO main.hints (lane, delivery, event, action) SELECT lane, delivery, event, action FROM ${joined}`,
  );
  const { changes } = run(
    `UPDATE main.deliveries SET state = 'waiting', reason = NULL WHERE id IN (SELECT delivery FROM ${joined})`,
  );
  return Number(changes);
}

/**
 * Brings what a newer database took in after an older copy of it was made into that copy, in one transaction: deliveries, which
 * are queued, reports, and what was done only once. Returns how many deliveries are queued.
 */
export function carryOver(newer: string, into: string): number {
  const db = new DatabaseSync(into, { timeout: 15_000, enableForeignKeyConstraints: true });
  try {
    db.prepare('ATTACH ? AS newer').run(newer);
    db.exec('BEGIN IMMEDIATE');
    const since = String(db.prepare("SELECT coalesce(max(id), '') AS id FROM main.deliveries").get()?.['id']);
    copy(db, 'bodies', 'true');
    copy(db, 'deliveries', `id > '${since}'`);
    copy(db, 'delivery_lanes', `delivery > '${since}'`);
    copy(db, 'reports', 'seq > (SELECT coalesce(max(seq), 0) FROM main.reports)');
    for (const table of ['done', 'attempts', 'pauses']) copy(db, table, 'true');
    const queued = queueAgain(db, since);
    db.exec('COMMIT');
    return queued;
  } finally {
    db.close();
  }
}
