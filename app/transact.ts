import type { DatabaseSync } from 'node:sqlite';

/** Runs `work` in one transaction of its own: either all it wrote is kept or nothing. */
export function transact<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk may have ended the transaction already.
    if (db.isOpen && db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
