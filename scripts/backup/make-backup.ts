import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { manifestName, parts, sumsName } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import type { Places } from './places.ts';
import { TarWriter } from './tar.ts';

export interface Order {
  /** The folder the backup goes to; it is made when it is missing. */
  readonly folder: string;
  readonly kind: Manifest['kind'];
  readonly commit: string | null;
  readonly now: Date;
}

export interface Backup {
  readonly file: string;
  readonly manifest: Manifest;
}

/** There is too little room, nothing to save, or the database is damaged. */
export class BackupFailed extends Error {
  override readonly name = 'BackupFailed';
}

/** One that began before this, in milliseconds, is not being made any more. */
const longestBackup = 6 * 3_600_000;

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
const megabytes = (bytes: number) => `${Math.ceil(bytes / 1024 / 1024)} MB`;

/** The copy and the file made of it lie side by side for a moment. */
function checkRoom({ database }: Places, folder: string): void {
  const needed = 2 * (sizeOf(database) + sizeOf(`${database}-wal`)) + 1024 * 1024;
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < needed) {
    throw new BackupFailed(`${folder} has ${megabytes(bavail * bsize)} left, and ${megabytes(needed)} are needed`);
  }
}

/** A copy of the database as it is at one moment, however much is being written. Returns its version. */
function copyDatabase(from: string, to: string): number {
  const db = new DatabaseSync(from, { timeout: 15_000 });
  try {
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
  const copy = new DatabaseSync(to, { readOnly: true });
  try {
    const verdict = copy.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (verdict !== 'ok') throw new BackupFailed(`the database is damaged: ${String(verdict)}`);
    return Number(copy.prepare('PRAGMA user_version').get()?.['user_version']);
  } finally {
    copy.close();
  }
}

function botVersion(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}

function write(places: Places, { kind, commit, now }: Order, desk: string): Manifest {
  const has = (path: string | null): path is string => path !== null && existsSync(path);
  const copy = join(desk, parts.database);
  const database = has(places.database) ? copyDatabase(places.database, copy) : null;
  const sources = [
    [parts.database, database === null ? null : copy],
    [parts.env, places.env],
    [parts.key, places.key],
    [parts.rules, places.rules],
  ] as const;
  const tar = new TarWriter(join(desk, 'backup.tar'), Math.floor(now.getTime() / 1_000));
  const files = sources.flatMap(([name, path]) => (has(path) ? [{ name, ...tar.addFile(name, path) }] : []));
  const versions = { bot: botVersion(places.root), database, node: process.version };
  const what = 'backup of github-bot' as const;
  const manifest: Manifest = { what, format: 1, made: now.toISOString(), kind, commit, ...versions, files };
  const sha256 = tar.addText(manifestName, `${JSON.stringify(manifest, null, 2)}\n`);
  const sums = [...files, { name: manifestName, sha256 }].map((file) => `${file.sha256}  ${file.name}\n`);
  // The last entry: half a backup has none.
  tar.addText(sumsName, sums.join(''));
  tar.end();
  return manifest;
}

/** What a backup left behind that was killed: it is as large as the database, and holds secrets. */
function clear(folder: string, now: Date): void {
  for (const name of readdirSync(folder).filter((name) => name.startsWith('.unfinished-'))) {
    const path = join(folder, name);
    const isOld = now.getTime() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > longestBackup;
    if (isOld) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Saves the database, `.env`, the key and the operator's rules in one tar file that only this user can read. The bot may run
 * meanwhile. The file has its name only once it is whole and on the disk. Throws `BackupFailed`.
 */
export function makeBackup(places: Places, order: Order): Backup {
  mkdirSync(order.folder, { recursive: true, mode: 0o700 });
  clear(order.folder, order.now);
  if (existsSync(places.database)) checkRoom(places, order.folder);
  const desk = mkdtempSync(join(order.folder, '.unfinished-'));
  try {
    const manifest = write(places, order, desk);
    const stamp = order.now.toISOString().replace(/[-:.]/g, '');
    const file = join(order.folder, `${order.kind === 'deploy' ? 'deploy' : 'backup'}-${stamp}.tar`);
    if (existsSync(file)) throw new BackupFailed(`${file} is there already`);
    renameSync(join(desk, 'backup.tar'), file);
    return { file, manifest };
  } finally {
    rmSync(desk, { recursive: true, force: true });
  }
}
