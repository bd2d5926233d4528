import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { loadModules } from '../app/engine/load.ts';
import { readRules } from '../app/rules/read-rules.ts';
import { BadSettings, languageOf, loadSettings, type Settings } from '../config/env.ts';
import { secretNames } from '../config/secrets.ts';
import { daemonNode, handOn, listApps, pm2, runsTypeScript } from './pm2.ts';

const ecosystem = 'ecosystem.config.js';
const apps = ['github-bot', 'github-bot-worker'];
const patience = 30_000;
const language = languageOf(process.env);

/** One line in the reader's language. */
const say = (en: string, zh: string) => (language === 'zh' ? zh : en);

/** Something a person has to mend before the bot can run. 3: settings, rules or machine; 1: the bot itself did not come up. */
class Refused extends Error {
  readonly status: 1 | 3;
  constructor(status: 1 | 3, text: string) {
    super(text);
    this.status = status;
  }
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

/** The settings both processes will see. */
function checkSettings(): Settings {
  const notes = new Set(shellSecrets());
  const faults = new Set<string>();
  const read = (role: 'server' | 'worker') => {
    try {
      const env = { ...handOn(process.env), NODE_ENV: 'production' };
      return loadSettings(role, { env, tell: (note) => notes.add(note) });
    } catch (error) {
      if (!(error instanceof BadSettings)) throw error;
      for (const fault of error.faults) faults.add(`  - ${fault[language]}`);
      return null;
    }
  };
  const [server, worker] = [read('server'), read('worker')];
  for (const note of notes) console.error(note);
  if (server && worker) return server;
  const head = say('Not deployed. These settings are at fault:', '没有部署。下列设置有误：');
  throw new Refused(3, [head, ...faults].join('\n'));
}

async function checkRules(settings: Settings): Promise<void> {
  const file = 'config/rules.yml';
  const text = readFileSync(settings.rulesFile, 'utf8');
  const { problems } = readRules([{ name: 'operator', file, oid: '', text }], await loadModules());
  const lines = problems.map(({ line, column, message }) => {
    return `  ${file}:${line}:${column} ${message[language === 'zh' ? 'zh-CN' : 'en']}`;
  });
  if (lines.length > 0)
    throw new Refused(3, [say('Not deployed. These rules are at fault:', '没有部署。规则有误：'), ...lines].join('\n'));
}

async function checkDaemon(): Promise<void> {
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

function addressOf({ host, port }: Settings): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

async function isReady(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** Resolves with what is still missing when patience runs out; '' when both apps are online and the server is ready. */
async function waitUntilUp(address: string): Promise<string> {
  const end = Date.now() + patience;
  for (;;) {
    const listed = await listApps();
    const down = apps.filter((name) => !listed.some((app) => app.name === name && app.status === 'online'));
    if (down.length === 0 && (await isReady(address))) return '';
    if (Date.now() > end) return down.length > 0 ? down.join(', ') : `${address}/readyz`;
    await setTimeout(500);
  }
}

async function deploy(): Promise<void> {
  const settings = checkSettings();
  await checkRules(settings);
  await checkDaemon();
  const isReload = (await listApps()).some(({ name }) => apps.includes(name));
  const started = await pm2('startOrReload', ecosystem);
  if (!started.ok)
    throw new Refused(1, `${started.text}\n${say('pm2 could not start the bot.', 'pm2 无法启动机器人。')}`);
  const address = addressOf(settings);
  const missing = await waitUntilUp(address);
  if (missing) {
    const { text } = await pm2('logs', '--nostream', '--lines', '20');
    const what = say(
      `Not up after ${patience / 1000} s: ${missing}. pm2 keeps trying; the lines above say why.`,
      `${patience / 1000} 秒后仍未就绪：${missing}。pm2 会继续尝试；原因见上面的日志。`,
    );
    throw new Refused(1, `${text}\n${what}`);
  }
  await pm2('save');
  console.log(isReload ? say('Reloaded.', '已重新加载。') : say('Started.', '已启动。'));
  console.log(`  ${settings.publicUrl || address}`);
  console.log(`  npx pm2 ls    npx pm2 logs    ${settings.logType === 'file' ? 'logs/' : ''}`.trimEnd());
}

try {
  await deploy();
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(error.message);
  process.exitCode = error.status;
}
