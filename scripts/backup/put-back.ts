import { accessSync, chownSync, closeSync, constants, copyFileSync, existsSync, fsyncSync } from 'node:fs';
import { mkdirSync, mkdtempSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pendingMigrations } from '../../app/store/migrate.ts';
import { migrationsFolder } from '../../app/store/open-sqlite.ts';
import type { Part } from './manifest.ts';
import { placesIn } from './places.ts';
import type { Places } from './places.ts';
import { BadBackup } from './read-backup.ts';
import type { OpenBackup } from './read-backup.ts';

/** One file that was put back. */
export interface PutBack {
  readonly part: Part;
  readonly path: string;
  /** Where what lay there before is now; null when nothing did. */
  readonly before: string | null;
}

const sqliteBusy = 5;

/** Whether a process has the database open: SQLite lets nobody leave its write-ahead log while another is connected. */
export function isInUse(database: string): boolean {
  if (!existsSync(database)) return false;
  const db = new DatabaseSync(database, { timeout: 1_000 });
  try {
    db.exec('PRAGMA journal_mode = DELETE');
    return false;
  } catch (error) {
    // Anything else is damage, a good reason to restore.
    return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
  } finally {
    db.close();
  }
}

/** Throws `BadBackup` when the database in a backup is damaged, and `DatabaseRefused` when it is too new for this code. */
function checkDatabase(path: string, shown: string): void {
  const db = new DatabaseSync(path);
  try {
    const verdict = db.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
    if (verdict !== 'ok') throw new BadBackup(`the database in it is damaged: ${String(verdict)}`);
    pendingMigrations(db, migrationsFolder, shown);
  } finally {
    db.close();
  }
}

function targetsOf(backup: OpenBackup, places: Places): readonly { readonly part: Part; readonly path: string }[] {
  const all = [
    { part: 'database', path: places.database },
    { part: 'env', path: places.env },
    { part: 'key', path: places.key },
    { part: 'rules', path: places.rules },
  ] as const;
  return all.flatMap(({ part, path }) => (path !== null && backup.has(part) ? [{ part, path }] : []));
}

/**
 * Keeps what lies at a path, with the side files SQLite keeps beside a database; returns where it is now. Moved only where a
 * process still writes to it: what is copied is at its place at every moment.
 */
function keep(path: string, folder: string, isMoved: boolean): string | null {
  if (!existsSync(path)) return null;
  for (const end of ['', '-wal', '-shm']) {
    const to = join(folder, `${basename(path)}${end}`);
    if (!existsSync(`${path}${end}`)) continue;
    if (isMoved) renameSync(`${path}${end}`, to);
    else copyFileSync(`${path}${end}`, to, constants.COPYFILE_EXCL);
  }
  return join(folder, basename(path));
}

/** Puts a file in its place at once: whoever looks sees the old one or the new one, never half. */
function place(from: string, path: string): void {
  const near = `${path}.restoring`;
  rmSync(near, { force: true });
  copyFileSync(from, near);
  const file = openSync(near, 'r');
  fsyncSync(file);
  closeSync(file);
  const { uid, gid } = statSync(existsSync(path) ? path : dirname(path));
  // Restored by root, it still has to be readable by the user the bot runs as.
  if (process.getuid?.() === 0) chownSync(near, uid, gid);
  for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  renameSync(near, path);
}

export interface Wish {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly now: Date;
  readonly only?: readonly Part[];
  /** A process goes on writing to the database there is now. */
  readonly inUse: boolean;
}

/** The places a backup's files belong to, by the settings in it. */
export function placesOf(backup: OpenBackup, { root, env }: Pick<Wish, 'root' | 'env'>): Places {
  return placesIn(root, env, backup.has('env') ? backup.text('env') : undefined);
}

/**
 * Puts the files of a backup where its settings want them, after everything was checked; what they replace is kept in a folder
 * beside the database. Throws `BadBackup` or `DatabaseRefused` before anything was touched.
 */
export function putBack(backup: OpenBackup, { root, env, now, only, inUse }: Wish): readonly PutBack[] {
  const places = only?.includes('env') === false ? placesIn(root, env) : placesOf(backup, { root, env });
  const targets = targetsOf(backup, places).filter(({ part }) => !only || only.includes(part));
  mkdirSync(places.dataDir, { recursive: true, mode: 0o700 });
  const desk = mkdtempSync(join(places.dataDir, '.restoring-'));
  try {
    for (const { part } of targets) backup.extract(part, join(desk, part));
    if (targets.some(({ part }) => part === 'database'))
      checkDatabase(join(desk, 'database'), basename(places.database));
    for (const { path } of targets) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      accessSync(dirname(path), constants.W_OK);
    }
    const stamp = now.toISOString().replace(/[-:.]/g, '');
    const kept = join(places.dataDir, `replaced-${stamp}`);
    mkdirSync(kept, { mode: 0o700 });
    const befores = targets.map(({ part, path }) => keep(path, kept, inUse && part === 'database'));
    for (const { part, path } of targets) place(join(desk, part), path);
    return targets.map((target, at) => ({ ...target, before: befores[at] ?? null }));
  } finally {
    rmSync(desk, { recursive: true, force: true });
  }
}
