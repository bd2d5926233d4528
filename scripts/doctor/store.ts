import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { systemClock } from '../../app/clock.ts';
import { createSqliteQueue } from '../../app/queue/sqlite.ts';
import { databaseFile } from '../../app/store/open-sqlite.ts';
import { createSqliteStore } from '../../app/store/sqlite.ts';
import type { Halt } from '../../app/store/store.ts';
import { isOpenToOthers } from '../../config/secrets.ts';
import { fail, needsSettings, ok, say, skip, warn, type Check, type Outcome } from './check.ts';
import { isWritable, nearest } from './machine.ts';

const migrations = fileURLToPath(new URL('../../app/store/migrations', import.meta.url));

export const dataFolder: Check = {
  id: 'data-folder',
  async look({ settings }) {
    if (!settings) return needsSettings;
    const { dataDir } = settings;
    const there = nearest(dataDir);
    const fix = say(
      `Give it to the user the bot runs as: chown -R "$USER" ${there}, or set DATA_DIR to another folder.`,
      `请让它属于运行机器人的用户：chown -R "$USER" ${there}；或把 DATA_DIR 设到别处。`,
    );
    if (!isWritable(there)) return fail(say(`${there} cannot be written`, `${there} 不可写`), fix);
    if (there !== dataDir) return ok(`${dataDir} will be made at the first start`, `${dataDir} 会在首次启动时创建`);
    const private_ = say(`Run chmod 700 ${dataDir}`, `请执行 chmod 700 ${dataDir}`);
    if (isOpenToOthers(dataDir))
      return warn(say(`others can look into ${dataDir}`, `其他用户能查看 ${dataDir}`), private_);
    return ok(`${dataDir} can be written`, `${dataDir} 可写`);
  },
};

/** Without `immutable` SQLite makes side files even for somebody who only reads; with it, it would not see those there are. */
function openReadOnly(file: string): DatabaseSync {
  const isInUse = existsSync(`${file}-wal`);
  const address = pathToFileURL(file);
  if (!isInUse) address.searchParams.set('immutable', '1');
  return new DatabaseSync(address, { readOnly: true, timeout: 2_000 });
}

const restore = say(
  'Stop the bot and bring back a backup of the file; without one move it away, and the bot starts anew without its memory.',
  '请停止机器人并恢复该文件的备份；没有备份就把它移走，机器人会从头开始，不再记得以前的处理。',
);

function judgeVersion(db: DatabaseSync): Outcome {
  const have = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  const known = readdirSync(migrations).filter((name) => name.endsWith('.sql')).length;
  if (have > known)
    return fail(
      say(
        `the database has version ${have}, made by a newer github-bot; this one knows up to ${known}`,
        `数据库版本是 ${have}，由更新的 github-bot 创建；本版本只认识到 ${known}`,
      ),
      say(
        'Start the newer version again, or restore a backup made by this one.',
        '请换回较新的版本，或恢复本版本做的备份。',
      ),
    );
  if (have < known)
    return warn(
      say(
        `the database has version ${have} of ${known}; the next start brings it up to date`,
        `数据库版本是 ${have}，最新是 ${known}；下次启动时升级`,
      ),
      say('Run npm run deploy.', '请执行 npm run deploy。'),
    );
  return ok(`the database is whole, version ${have}`, `数据库完好，版本 ${have}`);
}

export const database: Check = {
  id: 'database',
  async look({ settings }) {
    if (!settings) return needsSettings;
    const file = join(settings.dataDir, databaseFile);
    if (!existsSync(file)) return ok('no database yet; the first start makes it', '还没有数据库，首次启动时创建');
    try {
      const db = openReadOnly(file);
      try {
        const said = db
          .prepare('PRAGMA quick_check(3)')
          .all()
          .map((row) => String(row['quick_check']));
        if (said[0] === 'ok') return judgeVersion(db);
        return fail(say(`the database is damaged: ${said.join('; ')}`, `数据库已损坏：${said.join('；')}`), restore);
      } finally {
        db.close();
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return fail(say(`${file} cannot be opened: ${why}`, `${file} 打不开：${why}`), restore);
    }
  },
};

export interface Work {
  readonly now: number;
  readonly oldest: number | null;
  readonly waiting: number;
  readonly aside: number;
  /** When the newest delivery came; null when none ever did. */
  readonly last: number | null;
}

const minute = 60_000;

/** A time span as people say it. */
function span(ms: number): readonly [string, string] {
  const minutes = Math.max(0, Math.round(ms / minute));
  if (minutes < 120) return [`${minutes} min`, `${minutes} 分钟`];
  const hours = Math.round(minutes / 60);
  return hours < 72
    ? [`${hours} h`, `${hours} 小时`]
    : [`${Math.round(hours / 24)} days`, `${Math.round(hours / 24)} 天`];
}

/** What the queue and the last delivery say about whether the bot keeps up. */
export function judgeWork({ now, oldest, waiting, aside, last }: Work): Outcome[] {
  const found: Outcome[] = [];
  const [age, alter] = span(now - (oldest ?? now));
  if (oldest !== null && now - oldest > 5 * minute)
    found.push(
      fail(
        say(
          `the oldest delivery has waited for ${age}, with ${waiting} lanes to do`,
          `最早的投递已等待 ${alter}，有 ${waiting} 条队列待处理`,
        ),
        say(
          'See whether the worker is online (npx pm2 ls) and what stops it: npm run logs -- --level warn --since 1h',
          '请看 worker 是否在线（npx pm2 ls），以及原因：npm run logs -- --level warn --since 1h',
        ),
      ),
    );
  else found.push(ok('no delivery waits for long', '没有积压的投递'));
  if (aside > 0)
    found.push(
      warn(
        say(`${aside} deliveries are set aside after failing again and again`, `${aside} 个投递反复失败，已搁置`),
        say(
          'Find out why: npm run logs -- --level error. Then send them again from "Recent Deliveries" on GitHub.',
          '请查原因：npm run logs -- --level error；然后在 GitHub 的 “Recent Deliveries” 里重新投递。',
        ),
      ),
    );
  const [ago, vor] = span(now - (last ?? now));
  const advice = say(
    'Open an issue in a repository where the bot is installed, and run this again.',
    '请在安装了机器人的仓库里新建一个 issue，再执行一次。',
  );
  if (last === null) found.push(warn(say('no delivery has ever come', '还没有收到过任何投递'), advice));
  else if (now - last > 3 * 24 * 60 * minute)
    found.push(warn(say(`the last delivery came ${ago} ago`, `最近一次投递在 ${vor}前`), advice));
  else found.push(ok(`the last delivery came ${ago} ago`, `最近一次投递在 ${vor}前`));
  return found;
}

/** What somebody stopped and perhaps forgot. */
function judgeHalts(halts: readonly Halt[]): Outcome[] {
  return halts.map(({ scope, reason }) =>
    warn(
      say(
        `paused ${scope === '' ? 'everywhere' : `in ${scope}`}, so nothing is written: ${reason}`,
        `已暂停写入（${scope || '所有仓库'}）：${reason}`,
      ),
      say(
        `When it may go on: npm run resume${scope === '' ? '' : ` -- --repo ${scope}`}`,
        `可以恢复时执行：npm run resume${scope === '' ? '' : ` -- --repo ${scope}`}`,
      ),
    ),
  );
}

export const work: Check = {
  id: 'work',
  async look({ settings, now }) {
    if (!settings) return needsSettings;
    const file = join(settings.dataDir, databaseFile);
    if (!existsSync(file)) return skip('nothing has been received yet', '还没有收到过任何东西');
    const db = openReadOnly(file);
    try {
      const clock = { ...systemClock, now };
      const enqueue = () => {};
      const queue = createSqliteQueue({ db, clock, remember: () => () => {}, onProblem: () => {} });
      const store = createSqliteStore({ db, clock, enqueue });
      const { oldest, ready, running, aside } = await queue.depth();
      const [newest] = await store.deliveries({ limit: 1 });
      const last = newest?.receivedAt ?? null;
      const halts = judgeHalts(await store.halts());
      return [...halts, ...judgeWork({ now: now(), oldest, waiting: ready + running, aside, last })];
    } catch {
      return skip('not looked at: the database is not of this version', '未检查：数据库不是本版本的');
    } finally {
      db.close();
    }
  },
};
