import type { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import type { Clock } from '../clock.ts';
import type { Hint } from '../queue/queue.ts';
import { laneOf } from '../subject.ts';
import type { Subject } from '../subject.ts';
import { pageOfDeliveries } from './sqlite-inbox.ts';
import { inGroups } from './in-groups.ts';
import type { Settled } from './in-groups.ts';
import { nextRowId } from './row-id.ts';
import { patience } from './sqlite-write.ts';
import type { Write } from './sqlite-write.ts';
import type { Delivery, DeliveryRow, DeliveryState, Store } from './store.ts';

const zip = promisify<Buffer, { level: number }, Buffer>(gzip);
const unzip = promisify<Uint8Array, Buffer>(gunzip);

/** Bodies with the same digest fold within this time, in milliseconds; the index has it too. */
const foldWithin = 600_000;
/** A transaction of this many rows stays under 5 ms. */
const groupLimit = 32;
/** So many rows are looked at before it is taken for granted that one of them is of a lane. */
const mostBetween = 1_000;

/** Puts work in a subject's lane; called inside the transaction that saves the delivery. */
export type Enqueue = (subject: Subject, hint: Hint | null) => void;

type Saved = 'new' | 'again' | 'folded';

interface Entry {
  readonly delivery: Delivery;
  readonly zipped: Buffer;
  readonly subjects: readonly Subject[];
  readonly until: number;
}

interface Row {
  readonly id: string;
  readonly hook: string;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly received_at: number;
  readonly digest: string;
  readonly repo: string | null;
  readonly unhandled: string | null;
  readonly state: DeliveryState;
  readonly reason: string | null;
}

type Known = Pick<Row, 'id' | 'event' | 'action' | 'state'>;
type Twin = { readonly id: string; readonly body: number | null };

const columns = 'id, hook, guid, event, action, received_at, digest, repo, unhandled, state, reason';

function rowOf({ received_at: receivedAt, ...rest }: Row): DeliveryRow {
  return { ...rest, receivedAt };
}

function statementsOf(db: DatabaseSync) {
  return {
    lastId: db.prepare('SELECT max(id) AS id FROM deliveries'),
    byGuid: db.prepare('SELECT id, event, action, state FROM deliveries WHERE guid = ? AND hook = ?'),
    // Buckets one by one: a range of them would be read through.
    twin: db.prepare(
      `SELECT id, body FROM deliveries INDEXED BY deliveries_by_digest
       WHERE received_at / ${foldWithin} IN ($bucket - 1, $bucket, $bucket + 1)
       AND substr(digest, 1, 16) = substr($digest, 1, 16) AND digest = $digest AND event = $event AND received_at > $at - ${foldWithin} AND state <> 'unhandled' LIMIT 1`,
    ),
    addBody: db.prepare('INSERT INTO bodies (zipped) VALUES (?)'),
    add: db.prepare(`INSERT INTO deliveries (${columns}, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    addLane: db.prepare('INSERT OR IGNORE INTO delivery_lanes (delivery, lane, subject) VALUES (?, ?, ?)'),
    lanes: db.prepare('SELECT subject FROM delivery_lanes WHERE delivery = ?'),
    between: db.prepare(
      `SELECT max(lane = ?) AS here, count(*) AS read FROM (
         SELECT lane FROM delivery_lanes JOIN deliveries ON id = delivery WHERE delivery > ? AND digest <> ? LIMIT ${mostBetween})`,
    ),
    wait: db.prepare(`UPDATE deliveries SET state = 'waiting', reason = NULL WHERE id = ?`),
    one: db.prepare(
      `SELECT ${columns}, (SELECT zipped FROM bodies WHERE bodies.id = body) AS zipped FROM deliveries WHERE id = ?`,
    ),
    byId: db.prepare('SELECT id, event, action, state FROM deliveries WHERE id = ?'),
    audit: db.prepare('INSERT INTO audit (at, who, what, object) VALUES (?, ?, ?, ?)'),
  };
}

type Statements = ReturnType<typeof statementsOf>;

function firstState(delivery: Delivery, subjects: readonly Subject[], twin: Twin | undefined): DeliveryState {
  if (delivery.unhandled !== null) return 'unhandled';
  return twin === undefined && subjects.length > 0 ? 'waiting' : 'done';
}

function twinOf(run: Statements, { unhandled, action, receivedAt, digest, event }: Delivery): Twin | undefined {
  // A second click on "Re-run" sends the same bytes.
  if (unhandled !== null || action === 'rerequested') return undefined;
  // Divided here: numbers are bound as reals, whose division leaves a fraction.
  const bucket = Math.floor(receivedAt / foldWithin);
  return run.twin.get({ $at: receivedAt, $bucket: bucket, $digest: digest, $event: event }) as Twin | undefined;
}

/**
 * Two honest events of one second can have the same bytes, with another one between them that may have been seen last.
 * Where nothing else came for the lane, nothing can have been missed.
 */
function isOvertaken(run: Statements, { id }: Twin, { digest }: Delivery, subject: Subject): boolean {
  const { here, read } = run.between.get(laneOf(subject), id, digest) as { here: number | null; read: number };
  return here === 1 || read === mostBetween;
}

/** False when it waits already or nothing is done with it. */
function queueAgain(run: Statements, enqueue: Enqueue, { id, event, action, state }: Known): boolean {
  if (state !== 'done' && state !== 'aside') return false;
  const lanes = run.lanes.all(id) as unknown as readonly { subject: string }[];
  if (lanes.length === 0) return false;
  run.wait.run(id);
  for (const { subject } of lanes) enqueue(JSON.parse(subject) as Subject, { delivery: id, event, action });
  return true;
}

function insert(run: Statements, clock: Clock, entry: Entry, twin: Twin | undefined): string {
  const { delivery, zipped, subjects } = entry;
  const id = nextRowId(clock.now(), run.lastId.get()?.['id'] as string | null);
  const state = firstState(delivery, subjects, twin);
  const reason = twin === undefined ? delivery.unhandled : `folded into ${twin.id}`;
  const body = twin?.body ?? run.addBody.run(zipped).lastInsertRowid;
  const { hook, guid, event, action, receivedAt, digest, repo, unhandled } = delivery;
  run.add.run(id, hook, guid, event, action, receivedAt, digest, repo, unhandled, state, reason, body);
  for (const subject of subjects) run.addLane.run(id, laneOf(subject), JSON.stringify(subject));
  return id;
}

function saveOne(run: Statements, clock: Clock, enqueue: Enqueue, entry: Entry): Saved {
  const { delivery, subjects } = entry;
  const known = run.byGuid.get(delivery.guid, delivery.hook) as Known | undefined;
  if (known !== undefined) {
    queueAgain(run, enqueue, known);
    return 'again';
  }
  const twin = twinOf(run, delivery);
  const id = insert(run, clock, entry, twin);
  if (twin) {
    for (const subject of subjects) if (isOvertaken(run, twin, delivery, subject)) enqueue(subject, null);
    return 'folded';
  }
  const hint = { delivery: id, event: delivery.event, action: delivery.action };
  if (delivery.unhandled === null) for (const subject of subjects) enqueue(subject, hint);
  return 'new';
}

/** One entry's failure undoes that entry only, unless the whole transaction is gone. */
function alone<R>(db: DatabaseSync, work: () => R): Settled<R> {
  db.exec('SAVEPOINT entry');
  try {
    const value = work();
    db.exec('RELEASE entry');
    return { value };
  } catch (error) {
    if (!db.isTransaction) throw error;
    db.exec('ROLLBACK TO entry; RELEASE entry');
    return { error };
  }
}

type DeliveryStore = Pick<Store, 'saveDelivery' | 'delivery' | 'deliveries' | 'replay'>;

export function createDeliveries(db: DatabaseSync, clock: Clock, write: Write, enqueue: Enqueue): DeliveryStore {
  const run = statementsOf(db);
  const pageOf = pageOfDeliveries(db, columns);
  const save = inGroups<Entry, Saved>(groupLimit, (entries) =>
    write(
      () => entries.map((entry) => alone(db, () => saveOne(run, clock, enqueue, entry))),
      Math.min(...entries.map(({ until }) => until)),
    ),
  );
  return {
    async saveDelivery(delivery, subjects) {
      const until = clock.now() + patience;
      const zipped = await zip(delivery.body, { level: constants.Z_BEST_SPEED });
      return save({ delivery, zipped, subjects, until });
    },
    async delivery(id) {
      const row = run.one.get(id) as unknown as (Row & { zipped: Uint8Array | null }) | undefined;
      if (row === undefined) return null;
      const { zipped, ...rest } = row;
      return { ...rowOf(rest), body: zipped === null ? Buffer.alloc(0) : await unzip(zipped) };
    },
    async deliveries(page) {
      return (pageOf(page) as readonly Row[]).map(rowOf);
    },
    replay: (id, who) =>
      write(() => {
        const known = run.byId.get(id) as Known | undefined;
        if (known === undefined || !queueAgain(run, enqueue, known)) return false;
        run.audit.run(clock.now(), who, known.state === 'aside' ? 'release' : 'replay', id);
        return true;
      }),
  };
}
