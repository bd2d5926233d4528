import { parseArgs } from 'node:util';
import { systemClock } from '../app/clock.ts';
import { hashOf, isAmong, newToken } from '../app/receive/access.ts';
import { openSqlite } from '../app/store/open-sqlite.ts';
import { createSqliteStore } from '../app/store/sqlite.ts';
import { BadSettings, loadSettings } from '../config/env.ts';
import type { Settings } from '../config/env.ts';
import { Misused, readArguments } from './usage.ts';
import { say } from './words.ts';

/** Prints a link by which one operator can sign in to the pages: `npm run operator-link -- LOGIN`. */

const linkMinutes = 10;

const usage = say('usage: npm run operator-link -- LOGIN', '用法：npm run operator-link -- 用户名');

/** 3: the settings have to be changed first. */
type Status = 0 | 3;

function addressOf({ publicUrl, host, port }: Settings): string {
  if (publicUrl) return publicUrl;
  return `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`;
}

async function saveLink({ dataDir }: Settings, login: string): Promise<string> {
  const db = openSqlite(dataDir);
  try {
    const store = createSqliteStore({ db, clock: systemClock, enqueue: () => {} });
    const token = newToken();
    await store.saveLink(hashOf(token), login, systemClock.now() + linkMinutes * 60_000);
    return token;
  } finally {
    db.close();
  }
}

function loginIn(args: string[]): string {
  const [login, ...rest] = parseArgs({ args, allowPositionals: true }).positionals;
  if (login === undefined || rest.length > 0) throw new Misused(say('Name one operator.', '请指定一位操作员。'));
  return login;
}

async function main(login: string): Promise<Status> {
  const settings = loadSettings('server');
  if (!isAmong(login, settings.operators)) {
    console.error(
      say(
        `${login} is not among the OPERATORS in .env. Add the login there, start the bot anew (npm run deploy), then ask for the link again.`,
        `.env 的 OPERATORS 里没有 ${login}。请先写进去并重启机器人（npm run deploy），再来要链接。`,
      ),
    );
    return 3;
  }
  const token = await saveLink(settings, login);
  console.log(`${addressOf(settings)}/operator?token=${token}`);
  console.error(
    say(
      `For ${login} only: it works once, for ${linkMinutes} minutes.`,
      `只给 ${login}：${linkMinutes} 分钟内有效，只能用一次。`,
    ),
  );
  return 0;
}

const login = readArguments(usage, loginIn);
try {
  process.exitCode = await main(login);
} catch (error) {
  console.error(error instanceof BadSettings ? error.message : error);
  process.exitCode = error instanceof BadSettings ? 3 : 1;
}
