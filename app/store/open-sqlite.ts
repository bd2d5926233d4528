import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export const databaseFile = 'github-bot.sqlite';

const migrationsFolder = join(import.meta.dirname, 'migrations');

/** How long a statement may block the event loop for another process's lock, in milliseconds. */
const busyTimeout = 250;
/** At a start another process may be migrating, and nobody is served yet. */
const startTimeout = 15_000;
/** Pages are cached up to 32 MiB, so that the one index in random order (by GUID) stays in memory. */
const cacheKiB = 32_768;
/** Pages of the log before they are copied to the file: the more at once, the fewer are copied again and again. */
const logPages = 2_000;

interface Migration {
  readonly version: number;
  readonly file: string;
}

function migrationsIn(folder: string): readonly Migration[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  return files.toSorted().map((file, position) => {
    const version = Number.parseInt(file, 10);
    if (version !== position + 1) throw new Error(`${file} should be migration ${position + 1}`);
    return { version, file };
  });
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
}

function apply(db: DatabaseSync, folder: string, { version, file }: Migration): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have been here while we waited for the lock.
    if (versionOf(db) < version) {
      db.exec(readFileSync(join(folder, file), 'utf8'));
      db.exec(`PRAGMA user_version = ${version}`);
    }
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw new Error(`migration ${file} failed`, { cause: error });
  }
}

function migrate(db: DatabaseSync, folder: string, path: string): void {
  const migrations = migrationsIn(folder);
  const have = versionOf(db);
  if (have > migrations.length) {
    throw new Error(
      `${path} has version ${have}, made by a newer github-bot; this one knows versions up to ${migrations.length}. ` +
        'Start the newer version, or restore a backup made by this one.',
    );
  }
  for (const migration of migrations.slice(have)) apply(db, folder, migration);
}

/** Opens the database in `dataDir`, making both when they are missing, readable by this user only, and brings it up to date. */
export function openSqlite(dataDir: string, migrations = migrationsFolder): DatabaseSync {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, databaseFile);
  // SQLite gives its side files the mode of this one.
  closeSync(openSync(path, 'a', 0o600));
  const db = new DatabaseSync(path, { timeout: startTimeout, enableForeignKeyConstraints: true });
  try {
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
