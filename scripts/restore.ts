import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DatabaseRefused } from '../app/store/migrate.ts';
import { isInUse, placesOf, putBack } from './backup/put-back.ts';
import type { PutBack } from './backup/put-back.ts';
import { BadBackup, openBackup } from './backup/read-backup.ts';
import type { OpenBackup } from './backup/read-backup.ts';
import { calledFrom, root } from './pm2.ts';
import { Misused, readArguments } from './usage.ts';
import { Refused, runScript, say, textLanguage } from './words.ts';

/** `npm run restore -- FILE [--force]`: puts back what `npm run backup` saved. */
const usage = say('usage: npm run restore -- FILE [--force]', '用法：npm run restore -- 文件 [--force]');

function wishIn(args: string[]): { readonly file: string; readonly force: boolean } {
  const options = { force: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Misused(say('Name one backup.', '请指定一个备份文件。'));
  return { file: resolve(calledFrom, file), force: values.force };
}

function refuse(file: string, error: unknown): never {
  const why = error instanceof DatabaseRefused ? error.said[textLanguage] : error instanceof Error ? error.message : '';
  if (!(error instanceof BadBackup) && !(error instanceof DatabaseRefused)) throw error;
  throw new Refused(
    3,
    say(`${file} was not restored: ${why}\nNothing was changed.`, `没有恢复 ${file}：${why}\n没有做任何改动。`),
  );
}

function open(file: string): OpenBackup {
  if (!existsSync(file)) throw new Refused(3, say(`There is no ${file}.`, `没有 ${file}。`));
  try {
    return openBackup(file);
  } catch (error) {
    return refuse(file, error);
  }
}

const stillRuns = () =>
  say(
    'The bot is running, and what it takes from now on would be lost. Nothing was changed.\nStop it first: npx pm2 stop github-bot github-bot-worker (or end npm start).\nIf that cannot be: npm run restore -- FILE --force, and deploy at once afterwards.',
    '机器人正在运行，此后收到的内容会丢失。没有做任何改动。\n请先停止它：npx pm2 stop github-bot github-bot-worker（或结束 npm start）。\n如果做不到：npm run restore -- 文件 --force，然后立即部署。',
  );

function tell(file: string, { manifest }: OpenBackup, back: readonly PutBack[]): void {
  const { made, bot, commit } = manifest;
  const code = commit === null ? bot : `${bot}, ${commit.slice(0, 12)}`;
  console.log(say(`Restored from ${file}, made ${made} (${code}):`, `已从 ${file} 恢复，备份于 ${made}（${code}）：`));
  for (const { path, before } of back) {
    console.log(`  ${path}${before === null ? '' : say(`  (before: ${before})`, `（原文件：${before}）`)}`);
  }
}

await runScript(() => {
  const { file, force } = readArguments(usage, wishIn);
  const backup = open(file);
  try {
    const inUse = isInUse(placesOf(backup, { root, env: process.env }).database);
    if (inUse && !force) throw new Refused(3, stillRuns());
    tell(file, backup, putBack(backup, { root, env: process.env, now: new Date(), inUse }));
    console.log(
      inUse
        ? say(
            'The bot still uses what was replaced. Now: npm run deploy',
            '机器人仍在使用旧文件。请立即执行 npm run deploy',
          )
        : say('Next: npm run deploy', '下一步：npm run deploy'),
    );
  } catch (error) {
    if (error instanceof Refused) throw error;
    refuse(file, error);
  } finally {
    backup.close();
  }
});
