import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { DatabaseRefused, pendingMigrations } from '../../app/store/migrate.ts';
import { migrationsFolder, openSqlite } from '../../app/store/open-sqlite.ts';
import { makeBackup } from '../backup/make-backup.ts';
import type { Places } from '../backup/places.ts';
import { Refused, say, textLanguage } from '../words.ts';

const deployedShape = z.object({ commit: z.string().nullable(), at: z.string() });

/** What was deployed last; the commit is null where git did not know it. */
export type Deployed = z.output<typeof deployedShape>;

const recordOf = ({ dataDir }: Places) => join(dataDir, 'deployed.json');

/** Null before the first deployment. */
export function lastDeployed(places: Places): Deployed | null {
  try {
    return deployedShape.parse(JSON.parse(readFileSync(recordOf(places), 'utf8')));
  } catch {
    return null;
  }
}

export function noteDeployed(places: Places, deployed: Deployed): void {
  mkdirSync(places.dataDir, { recursive: true, mode: 0o700 });
  const file = recordOf(places);
  writeFileSync(`${file}.new`, `${JSON.stringify(deployed)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The migrations the database needs; throws `Refused` when this code cannot use it. */
function pending({ database }: Places): readonly string[] {
  const db = new DatabaseSync(database, { timeout: 15_000 });
  try {
    return pendingMigrations(db, migrationsFolder, database);
  } catch (error) {
    if (!(error instanceof DatabaseRefused)) throw error;
    throw new Refused(3, `${say('Not deployed.', '没有部署。')} ${error.said[textLanguage]}`);
  } finally {
    db.close();
  }
}

function saveFirst(places: Places): string {
  try {
    const commit = lastDeployed(places)?.commit ?? null;
    return makeBackup(places, { folder: places.backups, kind: 'deploy', commit, now: new Date() }).file;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refused(
      3,
      say(
        `Not deployed. No backup could be made: ${why}\nNothing was changed.`,
        `没有部署。无法备份：${why}\n没有做任何改动。`,
      ),
    );
  }
}

function failed(places: Places, backup: string, error: DatabaseRefused): Refused {
  const commit = lastDeployed(places)?.commit ?? say('THE-COMMIT-BEFORE', '之前的提交');
  const back = `git checkout ${commit} && npm ci && npm run deploy`;
  return new Refused(
    3,
    say(
      `Not deployed: ${error.said.en}.\nThe database is as it was, and what ran before goes on with it. A backup from before this try: ${backup}\nGo back to the code from before: ${back}\nThen tell whoever makes this program what the first line says.`,
      `没有部署：${error.said['zh-CN']}。\n数据库保持原样，之前的版本继续运行。本次尝试前的备份：${backup}\n请退回之前的代码：${back}\n并把第一行的内容告诉本程序的维护者。`,
    ),
  );
}

/** Saves everything, then brings the database up to date, while the bot of before runs. Throws `Refused`; then nothing was changed. */
export function saveAndMigrate(places: Places): void {
  if (!existsSync(places.database)) return;
  const missing = pending(places);
  const backup = saveFirst(places);
  console.log(say(`Saved: ${backup}`, `已备份：${backup}`));
  try {
    openSqlite(places.dataDir).close();
  } catch (error) {
    throw error instanceof DatabaseRefused ? failed(places, backup, error) : error;
  }
  if (missing.length > 0)
    console.log(say(`Database updated: ${missing.join(', ')}`, `数据库已更新：${missing.join('、')}`));
}
