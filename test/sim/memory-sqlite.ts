import sqlite, { DatabaseSync } from 'node:sqlite';

/** One connection to each database: it is there as long as somebody has it open, and outlives the bot by this one. */
const kept = new Map<string, DatabaseSync>();
const Real = DatabaseSync;

/** SQLite with its files in the memory of this process: what is committed is there for whoever opens the same path next. */
class InMemory extends Real {
  constructor(path: string, options: ConstructorParameters<typeof Real>[1] = {}) {
    const place = `file:${path}?vfs=memdb`;
    if (!kept.has(path)) kept.set(path, new Real(place));
    super(place, options);
  }
}

/** As if the files of a folder were deleted. */
export function forgetDatabases(folder: string): void {
  for (const [path, database] of kept) {
    if (!path.startsWith(folder)) continue;
    database.close();
    kept.delete(path);
  }
}

Object.assign(sqlite, { DatabaseSync: InMemory });
