import type { DatabaseSync } from 'node:sqlite';

export interface LaneRow {
  readonly lane: string;
  readonly subject: string;
  readonly installation: number;
  readonly due_at: number | null;
  readonly held_at: number | null;
  readonly woken: number;
  readonly attempt: number;
  readonly errors: number;
  readonly failures: number;
}

const unleased = 'lease_owner = NULL, lease_process = NULL, lease_epoch = NULL, lease_until = NULL, lease_hint = NULL';
/** How often in a row the process may die during work on a lane before that lane rests. */
const mostDeaths = 5;
/** A rest lets others go on, and new work on the lane does not end it. */
const afterDeath = `ready_at = iif(deaths + 1 < ${mostDeaths}, coalesce(ready_at, $now), NULL),
  retry_at = iif(deaths + 1 < ${mostDeaths}, NULL, $rest), firm = 1, attempt = attempt + 1, deaths = deaths + 1, ${unleased}`;
const seen = 'RETURNING lane, subject, deaths, retry_at';
const sooner = (time: string) => `due_at = coalesce(min(due_at, ${time}), due_at, ${time})`;

function adding(db: DatabaseSync) {
  return {
    add: db.prepare(
      `INSERT INTO lanes (lane, subject, installation, ready_at, due_at, woken) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (lane) DO UPDATE SET subject = excluded.subject, installation = excluded.installation,
         woken = max(woken, excluded.woken), ready_at = coalesce(ready_at, iif(retry_at IS NULL OR NOT firm, excluded.ready_at, NULL)),
         ${sooner('excluded.due_at')}
       WHERE (ready_at IS NULL AND (retry_at IS NULL OR NOT firm)) OR woken < excluded.woken OR excluded.due_at IS NOT NULL OR subject <> excluded.subject`,
    ),
    addHint: db.prepare(
      'INSERT INTO hints (lane, delivery, event, action) VALUES (?, ?, ?, ?) ON CONFLICT (delivery, lane) DO NOTHING',
    ),
    addHintAgain: db.prepare(
      `UPDATE hints SET seq = (SELECT max(seq) + 1 FROM hints) WHERE delivery = ? AND lane = ?
       AND seq <= (SELECT lease_hint FROM lanes WHERE lanes.lane = hints.lane)`,
    ),
  };
}

function taking(db: DatabaseSync) {
  return {
    hasReady: db.prepare('SELECT 1 FROM lanes WHERE ready_at IS NOT NULL AND lease_owner IS NULL LIMIT 1'),
    nextReady: db.prepare(
      `SELECT lane, subject, installation, due_at, held_at, woken, attempt, errors, failures FROM lanes
       WHERE ready_at IS NOT NULL AND lease_owner IS NULL AND installation > ?
       ORDER BY installation, ready_at, rowid LIMIT 1`,
    ),
    hints: db.prepare(
      `SELECT seq, delivery, hints.event, hints.action, guid, received_at FROM hints LEFT JOIN deliveries ON deliveries.id = delivery
       WHERE lane = ? ORDER BY seq`,
    ),
    // One counter for all lanes, since the row of an idle lane goes.
    nextEpoch: db.prepare(`UPDATE counts SET n = n + 1 WHERE name = 'epoch' RETURNING n`),
    lease: db.prepare(
      `UPDATE lanes SET ready_at = NULL, due_at = NULL, retry_at = NULL, woken = 0, held_at = ?, lease_owner = ?, lease_process = ?,
       lease_epoch = ?, lease_until = ?, lease_hint = ? WHERE lane = ?`,
    ),
    renew: db.prepare('UPDATE lanes SET lease_until = ? WHERE lane = ? AND lease_owner = ? AND lease_epoch = ?'),
    held: db.prepare('SELECT held_at FROM lanes WHERE lane = ? AND lease_owner = ? AND lease_epoch = ?'),
  };
}

function givingBack(db: DatabaseSync) {
  return {
    dropHints: db.prepare('DELETE FROM hints WHERE lane = ? AND seq <= ? RETURNING delivery'),
    delivered: db.prepare(
      `UPDATE deliveries SET state = 'done', reason = NULL WHERE id = ?1 AND state = 'waiting'
       AND NOT EXISTS (SELECT 1 FROM hints WHERE delivery = ?1)`,
    ),
    setAside: db.prepare(`UPDATE deliveries SET state = 'aside', reason = ? WHERE id = ?`),
    free: db.prepare(
      `UPDATE lanes SET ${sooner('?1')}, held_at = NULL, attempt = 0, errors = 0, failures = 0, deaths = 0, ${unleased} WHERE lane = ?2`,
    ),
    dropIdle: db.prepare(
      'DELETE FROM lanes WHERE lane = ? AND ready_at IS NULL AND due_at IS NULL AND retry_at IS NULL',
    ),
    retry: db.prepare(
      // What arrived meanwhile waits as long as what failed.
      `UPDATE lanes SET ready_at = iif(?4, NULL, ready_at), firm = ?4, retry_at = ?1, attempt = attempt + 1,
       errors = errors + ?5, failures = failures + ?2, deaths = 0, ${unleased} WHERE lane = ?3`,
    ),
    release: db.prepare(
      `UPDATE lanes SET ready_at = coalesce(ready_at, ?), attempt = attempt + 1, deaths = 0, ${unleased}
       WHERE lane = ? AND lease_owner = ? AND lease_epoch = ?`,
    ),
    holders: db.prepare('SELECT DISTINCT lease_process FROM lanes WHERE lease_owner IS NOT NULL AND lease_owner <> ?'),
    reclaim: db.prepare(
      `UPDATE lanes SET ${afterDeath} WHERE lease_process = $holder AND lease_owner <> $owner ${seen}`,
    ),
  };
}

function timing(db: DatabaseSync) {
  return {
    fireDue: db.prepare(
      `UPDATE lanes SET ready_at = coalesce(ready_at, iif(retry_at IS NULL, due_at, NULL)), due_at = NULL, woken = 1
       WHERE due_at <= ?`,
    ),
    fireRetry: db.prepare(
      'UPDATE lanes SET ready_at = coalesce(ready_at, retry_at), retry_at = NULL WHERE retry_at <= ?',
    ),
    fireOne: db.prepare(
      `UPDATE lanes SET ready_at = coalesce(ready_at, iif(retry_at > ?2, NULL, coalesce(retry_at, due_at))),
       woken = iif(due_at <= ?2, 1, woken), due_at = iif(due_at <= ?2, NULL, due_at), retry_at = iif(retry_at <= ?2, NULL, retry_at)
       WHERE lane = ?1 AND (due_at <= ?2 OR retry_at <= ?2)`,
    ),
    expire: db.prepare(
      `UPDATE lanes SET ${afterDeath} WHERE lease_owner IS NOT NULL AND lease_owner <> $owner AND lease_until <= $now ${seen}`,
    ),
    nextTimer: db.prepare(
      `SELECT (SELECT min(due_at) FROM lanes WHERE due_at IS NOT NULL) AS due,
       (SELECT min(retry_at) FROM lanes WHERE retry_at IS NOT NULL) AS retry,
       (SELECT min(lease_until) FROM lanes WHERE lease_owner IS NOT NULL AND lease_owner <> ?) AS expiry`,
    ),
    depth: db.prepare(
      `SELECT (SELECT count(*) FROM lanes WHERE ready_at IS NOT NULL AND lease_owner IS NULL) AS ready,
       (SELECT count(*) FROM lanes WHERE lease_owner IS NOT NULL AND lease_until > ?) AS running,
       (SELECT count(*) FROM lanes WHERE coalesce(due_at, retry_at) IS NOT NULL AND ready_at IS NULL AND lease_owner IS NULL)
         + (SELECT count(*) FROM in_turn WHERE lane NOT IN (SELECT lane FROM lanes)) AS later,
       (SELECT count(*) FROM deliveries WHERE state = 'aside') AS aside,
       (SELECT min(received_at) FROM deliveries WHERE state = 'waiting') AS oldest`,
    ),
  };
}

/** A lane whose holder died. */
export interface DeathRow {
  readonly lane: string;
  readonly subject: string;
  readonly deaths: number;
  /** When its rest ends; null where it is ready again at once. */
  readonly retry_at: number | null;
}

/** Every statement of the queue, prepared once. */
export function statementsOf(db: DatabaseSync) {
  return { ...adding(db), ...taking(db), ...givingBack(db), ...timing(db) };
}
