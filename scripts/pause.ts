import { parseArgs } from 'node:util';
import { systemClock } from '../app/clock.ts';
import { DatabaseRefused } from '../app/store/migrate.ts';
import { openSqlite } from '../app/store/open-sqlite.ts';
import { createSqliteStore } from '../app/store/sqlite.ts';
import type { SqliteStore } from '../app/store/sqlite.ts';
import { BadSettings, languageOf, loadSettings } from '../config/env.ts';

/**
 * Stops everything that the bot writes on GitHub, or lets it go on: `npm run pause -- [--repo OWNER[/NAME]] REASON`,
 * `npm run resume -- [--repo OWNER[/NAME]]`. Deliveries are taken and kept meanwhile.
 */

const say = (en: string, zh: string) => (languageOf(process.env) === 'zh' ? zh : en);

/** 1: nothing was stopped there; 2: called wrongly. */
type Status = 0 | 1 | 2;

interface Wish {
  readonly verb: 'pause' | 'resume';
  /** '' is everywhere. */
  readonly scope: string;
  readonly reason: string;
}

/** Without a name: everything of that owner, and so of its installation. */
const repoForm = /^[\w.-]{1,100}(\/[\w.-]{1,100})?$/;

function wishOf([verb, ...args]: readonly string[]): Wish | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { repo: { type: 'string' } },
      allowPositionals: true,
    });
    const [scope, reason] = [values.repo ?? '', positionals.join(' ').trim()];
    if (values.repo !== undefined && !repoForm.test(scope)) return null;
    if (verb === 'pause') return reason === '' ? null : { verb, scope, reason: reason.slice(0, 500) };
    return verb === 'resume' && reason === '' ? { verb, scope, reason } : null;
  } catch {
    return null;
  }
}

const usage = () =>
  say(
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

async function main(args: readonly string[]): Promise<Status> {
  const wish = wishOf(args);
  if (!wish) {
    console.error(usage());
    return 2;
  }
  const db = openSqlite(loadSettings('server').dataDir);
  try {
    return await grant(wish, createSqliteStore({ db, clock: systemClock, enqueue: () => {} }));
  } finally {
    db.close();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const said = error instanceof DatabaseRefused ? say(error.said.en, error.said['zh-CN']) : null;
  console.error(said ?? (error instanceof BadSettings ? error.message : error));
  process.exitCode = said !== null || error instanceof BadSettings ? 3 : 1;
}
