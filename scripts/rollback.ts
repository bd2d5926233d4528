import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { carryOver } from './backup/carry-over.ts';
import { placesIn } from './backup/places.ts';
import type { Places } from './backup/places.ts';
import { isInUse, putBack } from './backup/put-back.ts';
import { BadBackup, deployBackupsIn, openBackup } from './backup/read-backup.ts';
import type { OpenBackup } from './backup/read-backup.ts';
import { lastDeployed } from './deploy/upgrade.ts';
import { commitOf } from './git.ts';
import { pm2, root } from './pm2.ts';
import { takeNoArguments } from './usage.ts';
import { Refused, runScript, say } from './words.ts';

/** `npm run rollback`: makes the database fit the version before the last one again, and says how to get its code. */

interface Found {
  readonly file: string;
  readonly backup: OpenBackup;
}

/** The newest backup of other code than what is deployed; where git did not know, the newest of all. */
function findBackup(places: Places): Found {
  const current = lastDeployed(places)?.commit ?? commitOf(root);
  let newest: Found | null = null;
  for (const file of deployBackupsIn(places.backups)) {
    try {
      const found = { file, backup: openBackup(file) };
      if (found.backup.manifest.commit !== null && found.backup.manifest.commit !== current) return found;
      newest ??= found;
    } catch (error) {
      if (!(error instanceof BadBackup)) throw error;
      console.error(say(`Passed over: ${file}: ${error.message}`, `已跳过 ${file}：${error.message}`));
    }
  }
  if (newest) return newest;
  throw new Refused(
    3,
    say(
      `There is no backup of a deployment in ${places.backups}, so there is nothing to go back to.`,
      `${places.backups} 里没有部署备份，无法退回。`,
    ),
  );
}

function databaseVersion({ database }: Places): number | null {
  if (!existsSync(database)) return null;
  const db = new DatabaseSync(database, { timeout: 15_000 });
  try {
    return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  } finally {
    db.close();
  }
}

async function stopBot({ database }: Places): Promise<void> {
  if (!isInUse(database)) return;
  await pm2('stop', 'github-bot', 'github-bot-worker');
  if (!isInUse(database)) return console.log(say('The bot is stopped.', '机器人已停止。'));
  throw new Refused(
    3,
    say(
      'Something besides pm2 still runs the bot (npm start, a container, another user). Stop it first. Nothing was changed.',
      '机器人还在 pm2 之外运行（npm start、容器或其他用户）。请先停止它。没有做任何改动。',
    ),
  );
}

function restoreDatabase({ file, backup }: Found, places: Places): void {
  const wish = { root, env: process.env, now: new Date(), only: ['database'], inUse: false } as const;
  const [back] = putBack(backup, wish);
  console.log(say(`Database restored from ${file}.`, `数据库已从 ${file} 恢复。`));
  if (!back?.before) return;
  const queued = carryOver(back.before, places.database);
  console.log(
    say(
      `Received since then and queued again: ${queued}. The database from before this: ${back.before}`,
      `此后收到并重新排队：${queued} 条。恢复前的数据库：${back.before}`,
    ),
  );
}

function tellNext({ file, backup }: Found): void {
  const { commit } = backup.manifest;
  const isThere = commit !== null && commit === commitOf(root);
  const checkout = isThere ? '' : `git checkout ${commit ?? say('THE-COMMIT-BEFORE', '之前的提交')} && `;
  console.log(say('Now get the code back and start it:', '然后退回代码并启动：'));
  console.log(`  ${checkout}npm ci && npm run deploy`);
  console.log(
    say(
      `Settings and rules stay as they are; those of that time: npm run restore -- ${file}`,
      `设置和规则保持不变；需要当时的内容：npm run restore -- ${file}`,
    ),
  );
}

takeNoArguments(say('usage: npm run rollback', '用法：npm run rollback'));
await runScript(async () => {
  const places = placesIn(root, process.env);
  const found = findBackup(places);
  const { made, database } = found.backup.manifest;
  console.log(say(`Going back to before the deployment of ${made}.`, `退回到 ${made} 的部署之前。`));
  const isSame = database === null || database === databaseVersion(places);
  if (isSame) console.log(say('The database fits that version and stays.', '数据库适用于该版本，保持不变。'));
  else {
    await stopBot(places);
    restoreDatabase(found, places);
  }
  tellNext(found);
});
