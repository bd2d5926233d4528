import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { createDeliveries } from './sqlite-deliveries.ts';
import type { Enqueue } from './sqlite-deliveries.ts';
import { createTrails } from './sqlite-inbox.ts';
import { createMemory } from './sqlite-memory.ts';
import type { Remember } from './sqlite-memory.ts';
import { createPrune } from './sqlite-prune.ts';
import { createOperators } from './sqlite-operators.ts';
import { createHalts, createRecovery } from './sqlite-recovery.ts';
import { createInForce, createRepos } from './sqlite-repos.ts';
import { createTurns } from './sqlite-turns.ts';
import { createWrite } from './sqlite-write.ts';
import type { Write } from './sqlite-write.ts';
import type { Attempt, Store } from './store.ts';

/** What the SQLite store offers besides the contract: the writer that the queue calls when it finishes a job. */
export interface SqliteStore extends Store {
  readonly remember: Remember;
}

interface Options {
  readonly db: DatabaseSync;
  readonly clock: Clock;
  readonly enqueue: Enqueue;
}

type Pauses = Awaited<ReturnType<Store['pauses']>>;

function createAttempts(db: DatabaseSync, write: Write): Pick<Store, 'noteAttempt' | 'attempts' | 'forgetAttempt'> {
  const note = db.prepare(
    'INSERT INTO attempts (lane, change, at) VALUES (?, ?, ?) ON CONFLICT (lane, change) DO UPDATE SET at = excluded.at',
  );
  const all = db.prepare('SELECT change, at FROM attempts WHERE lane = ? ORDER BY at, change');
  const forget = db.prepare('DELETE FROM attempts WHERE lane = ? AND change = ?');
  return {
    noteAttempt: (lane, { change, at }) => write(() => void note.run(lane, change, at)),
    attempts: async (lane) => (all.all(lane) as unknown as readonly Attempt[]).map((row) => ({ ...row })),
    forgetAttempt: (lane, change) => write(() => void forget.run(lane, change)),
  };
}

function createPauses(db: DatabaseSync, write: Write): Pick<Store, 'pauses' | 'savePause'> {
  const all = db.prepare('SELECT account, until, reason FROM pauses ORDER BY account');
  const save = db.prepare(
    `INSERT INTO pauses (account, until, reason) VALUES (?, ?, ?)
     ON CONFLICT (account) DO UPDATE SET until = excluded.until, reason = excluded.reason`,
  );
  return {
    pauses: async () => (all.all() as unknown as Pauses).map((row) => ({ ...row })),
    savePause: (account, until, reason) => write(() => void save.run(account, until, reason)),
  };
}

function createHealth(db: DatabaseSync, write: Write): Pick<Store, 'check' | 'counts'> {
  const touch = db.prepare(`UPDATE counts SET n = n + 1 WHERE name = 'checks'`);
  const count = db.prepare('SELECT n FROM counts WHERE name = ?');
  const aside = db.prepare(`SELECT count(*) AS n FROM deliveries WHERE state = 'aside'`);
  const numberOf = (name: string) => Number(count.get(name)?.['n']);
  return {
    async check() {
      // A file that was moved or made read-only takes writes through the open handle and loses them with it.
      await access(db.location() ?? '', constants.W_OK);
      await write(() => void touch.run());
    },
    counts: async () => ({
      deliveries: numberOf('deliveries'),
      reports: numberOf('reports'),
      aside: Number(aside.get()?.['n']),
    }),
  };
}

/** The store in one SQLite file, which `openSqlite` opened. `enqueue` is the queue's insert, done in our transactions. */
export function createSqliteStore({ db, clock, enqueue }: Options): SqliteStore {
  const write = createWrite(db, clock);
  return {
    ...createDeliveries(db, clock, write, enqueue),
    ...createMemory(db, clock, write),
    ...createTrails(db),
    ...createOperators(db, clock, write),
    ...createAttempts(db, write),
    ...createPauses(db, write),
    ...createRepos(db),
    ...createInForce(db, write),
    ...createTurns(db, write),
    ...createRecovery(db, write),
    ...createHalts(db, write),
    ...createPrune(db, write),
    ...createHealth(db, write),
  };
}
