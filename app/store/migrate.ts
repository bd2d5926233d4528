import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Text } from '../text.ts';

/** The database cannot be used by this version of the bot; nothing in it was changed. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
  readonly said: Text;
  constructor(said: Text, cause?: unknown) {
    super(said.en, { cause });
    this.said = said;
  }
}

interface Migration {
  readonly version: number;
  readonly file: string;
  readonly sql: string;
  readonly checksum: string;
}

interface Applied {
  readonly version: number;
  readonly file: string;
  readonly checksum: string;
}

function migrationsIn(folder: string): readonly Migration[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  return files.toSorted().map((file, position) => {
    const version = Number.parseInt(file, 10);
    if (version !== position + 1) throw new Error(`${file} should be migration ${position + 1}`);
    // A checkout may write line ends in its own way.
    const sql = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
    return { version, file, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
}

function hasTable(db: DatabaseSync): boolean {
  return db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'`).get() !== undefined;
}

function appliedIn(db: DatabaseSync): readonly Applied[] {
  if (!hasTable(db)) return [];
  return db.prepare('SELECT version, file, checksum FROM migrations ORDER BY version').all() as unknown as Applied[];
}

function tooNew(path: string, have: number, known: number): DatabaseRefused {
  return new DatabaseRefused({
    en:
      `${path} has version ${have}, made by a newer github-bot; this one knows versions up to ${known}. Nothing was changed. ` +
      'Start the newer version, or put back the backup from before it: npm run rollback.',
    'zh-CN':
      `${path} 的版本是 ${have}，由更新的 github-bot 建立；当前版本只认识到 ${known}。没有做任何改动。` +
      '请启动更新的版本，或恢复更新前的备份：npm run rollback。',
  });
}

function otherText(path: string, file: string): DatabaseRefused {
  return new DatabaseRefused({
    en:
      `${path} was made with another text of ${file} than this github-bot has, so its tables may differ. Nothing was changed. ` +
      'Start the version that made it, or put back a backup: npm run restore.',
    'zh-CN':
      `建立 ${path} 时的 ${file} 与当前版本的内容不同，表结构可能不一致。没有做任何改动。` +
      '请启动建立它的版本，或恢复备份：npm run restore。',
  });
}

/** The migrations a database still needs. Throws `DatabaseRefused` when it is not one this version may go on with. */
function missingIn(db: DatabaseSync, migrations: readonly Migration[], path: string): readonly Migration[] {
  const have = versionOf(db);
  if (have > migrations.length) throw tooNew(path, have, migrations.length);
  for (const { version, file, checksum } of appliedIn(db)) {
    if (migrations[version - 1]?.checksum !== checksum) throw otherText(path, file);
  }
  return migrations.slice(have);
}

function note(db: DatabaseSync, { version, file, checksum }: Migration): void {
  const add = db.prepare(
    `INSERT INTO migrations (version, file, checksum, at) VALUES (?, ?, ?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))`,
  );
  add.run(version, file, checksum);
}

function apply(db: DatabaseSync, migration: Migration): void {
  try {
    db.exec(migration.sql);
    note(db, migration);
    db.exec(`PRAGMA user_version = ${migration.version}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const [en, zh] = [`migration ${migration.file} failed: ${why}`, `数据库迁移 ${migration.file} 失败：${why}`];
    throw new DatabaseRefused({ en, 'zh-CN': zh }, error);
  }
}

function applyAll(db: DatabaseSync, migrations: readonly Migration[], path: string): readonly string[] {
  // Another process may have been here while we waited for the lock.
  const missing = missingIn(db, migrations, path);
  if (!hasTable(db)) {
    db.exec(
      'CREATE TABLE migrations (version INTEGER PRIMARY KEY, file TEXT NOT NULL, checksum TEXT NOT NULL, at TEXT NOT NULL)',
    );
    // From before there was this table.
    for (const migration of migrations.slice(0, versionOf(db))) note(db, migration);
  }
  for (const migration of missing) apply(db, migration);
  return missing.map(({ file }) => file);
}

/** The files of migrations a database still needs, in order. Throws `DatabaseRefused` when this version cannot use it. */
export function pendingMigrations(db: DatabaseSync, folder: string, path: string): readonly string[] {
  return missingIn(db, migrationsIn(folder), path).map(({ file }) => file);
}

/**
 * Brings a database up to date, and returns the files it applied. All of them in one transaction: half an update would be
 * refused by the version before, which has to be able to go on when one fails. Throws `DatabaseRefused`.
 */
export function migrate(db: DatabaseSync, folder: string, path: string): readonly string[] {
  const migrations = migrationsIn(folder);
  if (missingIn(db, migrations, path).length === 0 && hasTable(db)) return [];
  db.exec('BEGIN IMMEDIATE');
  try {
    const applied = applyAll(db, migrations, path);
    db.exec('COMMIT');
    return applied;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
