import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteQueue } from '../../app/queue/sqlite.ts';
import { openSqlite } from '../../app/store/open-sqlite.ts';
import { createSqliteStore } from '../../app/store/sqlite.ts';
import type { SqliteStore } from '../../app/store/sqlite.ts';
import type { Memory } from '../../app/store/store.ts';
import type { Clock } from '../../app/clock.ts';
import type { Ground } from './ground.ts';
import { ManualClock } from './manual-clock.ts';

export function startSqlite(folder: string, clock: Clock, watch = false) {
  const db = openSqlite(folder);
  const problems: string[] = [];
  const queue = createSqliteQueue<Memory>({
    db,
    clock,
    watch,
    remember: (memory) => store.remember(memory),
    onProblem: (text) => problems.push(text),
  });
  const store: SqliteStore = createSqliteStore({ db, clock, enqueue: queue.enqueueNow });
  const kill = () => {
    queue.cut();
    if (db.isOpen) db.close();
  };
  return { db, store, queue, problems, kill };
}

export function sqliteGround(): Ground & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'github-bot-store-'));
  const clock = new ManualClock();
  return {
    folder,
    clock,
    start: ({ watch } = {}) => startSqlite(folder, clock, watch),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
