import { parseArgs } from 'node:util';
import { systemClock } from '../app/clock.ts';
import { DatabaseRefused } from '../app/store/migrate.ts';
import { openSqlite } from '../app/store/open-sqlite.ts';
import { createSqliteStore } from '../app/store/sqlite.ts';
import type { SqliteStore } from '../app/store/sqlite.ts';
import { BadSettings, loadSettings } from '../config/env.ts';
import { Misused, notUnderstood, readArguments } from './usage.ts';
import { say } from './words.ts';

/**
 * Stops everything that the bot writes on GitHub, or lets it go on: `npm run pause -- [--repo OWNER[/NAME]] REASON`,
 * `npm run resume -- [--repo OWNER[/NAME]]`. Deliveries are taken and kept meanwhile.
 */

/** 1: nothing was stopped there. */
type Status = 0 | 1;

interface Wish {
  readonly verb: 'pause' | 'resume';
  /** '' is everywhere. */
  readonly scope: string;
  readonly reason: string;
}

/** Without a name: everything of that owner, and so of its installation. */
const repoForm = /^[\w.-]{1,100}(\/[\w.-]{1,100})?$/;

function wishIn([verb = '', ...args]: readonly string[]): Wish {
  if (verb !== 'pause' && verb !== 'resume') throw notUnderstood(verb);
  const { values, positionals } = parseArgs({ args, options: { repo: { type: 'string' } }, allowPositionals: true });
  const [scope, reason] = [values.repo ?? '', positionals.join(' ').trim().slice(0, 500)];
  if (values.repo !== undefined && !repoForm.test(scope))
    throw new Misused(
      say(`--repo is OWNER or OWNER/NAME, not ${scope}.`, `--repo 是 所有者 或 所有者/仓库，不能是 ${scope}。`),
    );
  if (verb === 'pause' && reason === '') throw new Misused(say('A reason is missing.', '缺少原因。'));
  if (verb === 'resume' && reason !== '') throw notUnderstood(reason);
  return { verb, scope, reason };
}

const usage = say(
  'usage: npm run pause -- [--repo OWNER[/NAME]] REASON\n       npm run resume -- [--repo OWNER[/NAME]]',
  '用法：npm run pause -- [--repo 所有者[/仓库]] 原因\n      npm run resume -- [--repo 所有者[/仓库]]',
);

async function grant({ verb, scope, reason }: Wish, store: SqliteStore): Promise<Status> {
  const [where, ort] = scope === '' ? ['everywhere', '所有仓库'] : [`in ${scope}`, scope];
  const at = systemClock.now();
  if (verb === 'pause') {
    await store.halt({ scope, reason, who: null, at });
    const wait = 'Deliveries are taken and kept until npm run resume.';
    console.log(
      say(
        `The bot writes nothing ${where} from now on. ${wait}`,
        `从现在起，机器人不再写入：${ort}。投递照常接收并保存，直到执行 npm run resume。`,
      ),
    );
    return 0;
  }
  const wasHalted = await store.resume(scope, null, at);
  const left = await store.halts();
  if (wasHalted) console.log(say(`The bot goes on ${where} within a minute.`, `机器人会在一分钟内恢复写入：${ort}。`));
  else console.error(say(`Nothing was paused ${where}.`, `没有被暂停：${ort}。`));
  for (const halt of left)
    console.error(say(`Still paused: ${halt.scope || 'everywhere'}`, `仍在暂停：${halt.scope || '所有仓库'}`));
  return wasHalted ? 0 : 1;
}

async function main(wish: Wish): Promise<Status> {
  const db = openSqlite(loadSettings('server').dataDir);
  try {
    return await grant(wish, createSqliteStore({ db, clock: systemClock, enqueue: () => {} }));
  } finally {
    db.close();
  }
}

const wish = readArguments(usage, wishIn);
try {
  process.exitCode = await main(wish);
} catch (error) {
  const said = error instanceof DatabaseRefused ? say(error.said.en, error.said['zh-CN']) : null;
  console.error(said ?? (error instanceof BadSettings ? error.message : error));
  process.exitCode = said !== null || error instanceof BadSettings ? 3 : 1;
}
