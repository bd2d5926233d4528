import { readFileSync } from 'node:fs';
import { loadModules } from '../../app/engine/load.ts';
import { readRules } from '../../app/rules/read-rules.ts';
import { BadSettings, loadSettings, type Settings } from '../../config/env.ts';
import { secretNames } from '../../config/secrets.ts';
import { daemonNode, handOn, runsTypeScript } from '../pm2.ts';
import { Refused, say, settingsLanguage, textLanguage } from '../words.ts';

/** What both roles will read, each for itself: the server never holds the key. */
export interface Roles {
  readonly server: Settings;
  readonly worker: Settings;
}

function shellSecrets(): string[] {
  return secretNames
    .filter((name) => process.env[name])
    .map((name) =>
      say(
        `${name} is set in your shell. pm2 does not get it: write it into .env if the bot is to use it.`,
        `${name} 设置在当前 shell 里，不会交给 pm2：如果要用，请写进 .env。`,
      ),
    );
}

/** The settings both processes will see. Throws `Refused` with everything that is wrong with them. */
export function checkSettings(): Roles {
  const notes = new Set(shellSecrets());
  const faults = new Set<string>();
  const read = (role: 'server' | 'worker') => {
    try {
      const env = { ...handOn(process.env), NODE_ENV: 'production' };
      return loadSettings(role, { env, tell: (note) => notes.add(note) });
    } catch (error) {
      if (!(error instanceof BadSettings)) throw error;
      for (const fault of error.faults) faults.add(`  - ${fault[settingsLanguage]}`);
      return null;
    }
  };
  const [server, worker] = [read('server'), read('worker')];
  for (const note of notes) console.error(note);
  if (server && worker) return { server, worker };
  const head = say('Not deployed. These settings are at fault:', '没有部署。下列设置有误：');
  throw new Refused(3, [head, ...faults].join('\n'));
}

/** Throws `Refused` with every fault of the operator's rules. */
export async function checkRules({ rulesFile }: Settings): Promise<void> {
  const file = 'config/rules.yml';
  const text = readFileSync(rulesFile, 'utf8');
  const { problems } = readRules([{ name: 'operator', file, oid: '', text }], await loadModules());
  const lines = problems.map(({ line, column, message }) => `  ${file}:${line}:${column} ${message[textLanguage]}`);
  if (lines.length > 0)
    throw new Refused(3, [say('Not deployed. These rules are at fault:', '没有部署。规则有误：'), ...lines].join('\n'));
}

/** Loads all of the bot without starting it, since a reload ends the processes that still run well. */
export async function checkCode(): Promise<void> {
  try {
    await import('../../app/main.ts');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Refused(
      3,
      say(
        `Not deployed. The program cannot be loaded: ${why}\nInstall what it needs, then deploy again: npm ci`,
        `没有部署。程序无法加载：${why}\n请先执行 npm ci 安装依赖，再重新部署。`,
      ),
    );
  }
}

export async function checkDaemon(): Promise<void> {
  const version = await daemonNode();
  if (version === '' || runsTypeScript(version)) return;
  throw new Refused(
    3,
    say(
      `Not deployed. The pm2 daemon runs Node.js ${version}, which cannot run this program; it needs 22.18 or newer.\nRun this, then deploy again: npx pm2 update`,
      `没有部署。pm2 守护进程的 Node.js 是 ${version}，不能运行本程序，需要 22.18 以上。\n请先执行 npx pm2 update，再重新部署。`,
    ),
  );
}
