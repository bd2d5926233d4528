import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileSize, isLogFile, keptFiles } from '../../config/log-files.ts';
import type { Settings } from '../../config/env.ts';
import { runsTypeScript } from '../pm2.ts';
import { ask } from './ask-github.ts';
import { fail, needsSettings, ok, say, skip, warn, type Check, type Outcome } from './check.ts';
import type { Ground } from './ground.ts';
import { isWritable, nearest } from './machine.ts';

/** Why nobody could listen there; '' when somebody could. The port is held for a moment only. */
async function obstacleAt({ host, port }: Settings): Promise<string> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    return '';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  } finally {
    server.close();
  }
}

function addressOf({ host, port }: Settings): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

/** The bot that answers on our port: whether it is there, and whether it can take deliveries. */
async function botAt(settings: Settings, fetch: Ground['fetch']): Promise<'up' | 'unready' | 'none'> {
  const health = await ask(fetch, `${addressOf(settings)}/healthz`);
  if (health.status !== 200 || String(health.data).trim() !== 'ok') return 'none';
  const { status, data } = await ask(fetch, `${addressOf(settings)}/readyz`);
  if (typeof (data as { ready?: unknown } | null)?.ready !== 'boolean') return 'none';
  return status === 200 ? 'up' : 'unready';
}

export const port: Check = {
  id: 'port',
  async look({ settings, fetch }) {
    if (!settings) return needsSettings;
    const at = `${settings.host}:${settings.port}`;
    const bot = await botAt(settings, fetch);
    if (bot === 'up') return ok(`the bot listens on ${at}`, `机器人在 ${at} 监听`);
    if (bot === 'unready')
      return fail(
        say(`the bot on ${at} takes no deliveries: it cannot write its data`, `${at} 上的机器人写不了数据，收不下投递`),
        say(
          'Look at the lines about disk, data folder and database in this list.',
          '请看本列表里磁盘、数据目录和数据库的行。',
        ),
      );
    const obstacle = await obstacleAt(settings);
    if (obstacle === '') return ok(`${at} is free; the bot is not running`, `${at} 空闲；机器人没有运行`);
    if (obstacle === 'EADDRINUSE')
      return fail(
        say(`another program listens on ${at}`, `${at} 被其他程序占用`),
        say(
          `Find it with ss -ltnp 'sport = :${settings.port}' and stop it, or write another PORT.`,
          `请用 ss -ltnp 'sport = :${settings.port}' 找到并停止它，或换一个 PORT。`,
        ),
      );
    return fail(
      say(`nobody may listen on ${at}: ${obstacle}`, `不能在 ${at} 监听：${obstacle}`),
      say(
        'Write a PORT of 1024 or more, and a HOST that is an address of this machine.',
        '请把 PORT 写成 1024 以上，HOST 写成本机的地址。',
      ),
    );
  },
};

const wanted = ['github-bot', 'github-bot-worker'] as const;
const deploy = say('Run npm run deploy.', '请执行 npm run deploy。');

/** More restarts than deploys make. */
const manyRestarts = 20;

async function judgeApps(pm2: Ground['pm2']): Promise<Outcome[]> {
  const version = await pm2.node();
  if (version !== '' && !runsTypeScript(version))
    return [
      fail(
        say(
          `the pm2 daemon runs Node.js ${version}, which cannot run the bot`,
          `pm2 守护进程的 Node.js 是 ${version}，不能运行机器人`,
        ),
        say('Run npx pm2 update, then npm run deploy.', '请执行 npx pm2 update，再执行 npm run deploy。'),
      ),
    ];
  const apps = await pm2.apps();
  const found = wanted.map((name): Outcome => {
    const app = apps.find((one) => one.name === name);
    const logs = say(
      `See why: npm run logs -- --level warn, or npx pm2 logs ${name}`,
      `原因见：npm run logs -- --level warn，或 npx pm2 logs ${name}`,
    );
    if (!app) return fail(say(`pm2 does not run ${name}`, `pm2 里没有 ${name}`), deploy);
    if (app.status !== 'online')
      return fail(say(`${name} is ${app.status}`, `${name} 的状态是 ${app.status}`), logs, deploy);
    const often = say(`${name} was restarted ${app.restarts} times`, `${name} 重启过 ${app.restarts} 次`);
    return app.restarts > manyRestarts ? warn(often, logs) : ok(`${name} is online`, `${name} 在线`);
  });
  const odd = found.filter(({ state }) => state !== 'ok');
  return odd.length > 0
    ? odd
    : [
        ok(
          `pm2 (Node.js ${version}): ${wanted.join(', ')} online`,
          `pm2（Node.js ${version}）：${wanted.join('、')} 在线`,
        ),
      ];
}

export const processes: Check = {
  id: 'pm2',
  async look({ pm2, settings, fetch }) {
    if (pm2.isAlive()) return judgeApps(pm2);
    const runs = settings !== null && (await botAt(settings, fetch)) !== 'none';
    if (runs) return skip('the bot runs without pm2', '机器人没有用 pm2 运行');
    return warn(say('the bot is not running, under pm2 or otherwise', '机器人没有运行'), deploy);
  },
};

/** Whether the files themselves can be written, and are as large as rotation lets them be. */
function judgeFiles(logsFolder: string, owner: ReturnType<typeof say>): Outcome {
  const files = existsSync(logsFolder) ? readdirSync(logsFolder).filter(isLogFile) : [];
  const locked = files.filter(
    (name) => /^github-bot(-worker)?\.log$/.test(name) && !isWritable(join(logsFolder, name), 'file'),
  );
  if (locked.length > 0)
    return fail(say(`${locked.join(', ')} cannot be written`, `${locked.join('、')} 不可写`), owner);
  const bytes = files.reduce((sum, name) => sum + statSync(join(logsFolder, name)).size, 0);
  const most = 2 * (keptFiles + 1) * fileSize;
  const [size, zh] = [
    `${files.length} files, ${Math.ceil(bytes / 1e6)} MB`,
    `${files.length} 个文件，${Math.ceil(bytes / 1e6)} MB`,
  ];
  if (bytes > most * 1.1)
    return warn(
      say(`logs are larger than rotation lets them be: ${size}`, `日志超过了轮换应有的大小：${zh}`),
      say(`Delete what is not needed in ${logsFolder}.`, `请清理 ${logsFolder} 里不需要的文件。`),
    );
  return ok(`logs can be written: ${size}`, `日志可写：${zh}`);
}

export const logs: Check = {
  id: 'logs',
  async look({ settings, logsFolder, pm2 }) {
    if (!settings) return needsSettings;
    if (settings.logType === 'console') {
      if (!pm2.isAlive()) return ok('the log goes to the console', '日志写到控制台');
      return warn(
        say('pm2 keeps the log, in files that only grow', '日志由 pm2 保存，文件会一直变大'),
        say('Set LOG_TYPE=file in .env, then npm run deploy.', '请在 .env 里设置 LOG_TYPE=file，然后 npm run deploy。'),
      );
    }
    const there = nearest(logsFolder);
    const owner = say(
      `Give it to the user the bot runs as: chown -R "$USER" ${there}`,
      `请让它属于运行机器人的用户：chown -R "$USER" ${there}`,
    );
    if (!isWritable(there)) return fail(say(`${there} cannot be written`, `${there} 不可写`), owner);
    return judgeFiles(logsFolder, owner);
  },
};
