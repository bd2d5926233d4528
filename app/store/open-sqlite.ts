import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from './migrate.ts';
import { unusable } from './unusable.ts';

export const databaseFile = 'github-bot.sqlite';

export const migrationsFolder = join(import.meta.dirname, 'migrations');

/** How long a statement may block the event loop for another process's lock, in milliseconds. */
const busyTimeout = 250;
/** At a start another process may be migrating, and nobody is served yet. */
const startTimeout = 15_000;
/** Pages are cached up to 32 MiB, so that the one index in random order (by GUID) stays in memory. */
const cacheKiB = 32_768;
/** Pages of the log before they are copied to the file: the more at once, the fewer are copied again and again. */
const logPages = 2_000;

/**
 * Opens the database in `dataDir`, making both when they are missing, readable by this user only, and brings it up to date.
 * Throws `DatabaseRefused` when this version of the bot cannot use it, or nobody could where it is.
 */
export function openSqlite(dataDir: string, migrations = migrationsFolder): DatabaseSync {
  const path = join(dataDir, databaseFile);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    // SQLite gives its side files the mode of this one.
    closeSync(openSync(path, 'a', 0o600));
    return opened(path, migrations);
  } catch (error) {
    throw unusable(path, error);
  }
}

function opened(path: string, migrations: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: startTimeout, enableForeignKeyConstraints: true });
  try {
    // Only a file that is still empty takes it.
    db.exec('PRAGMA auto_vacuum = INCREMENTAL');
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    migrate(db, migrations, path);
    db.exec(`PRAGMA busy_timeout = ${busyTimeout}; PRAGMA cache_size = -${cacheKiB}`);
    db.exec(`PRAGMA wal_autocheckpoint = ${logPages}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
