import { setTimeout } from 'node:timers/promises';
import type { Settings } from '../config/env.ts';
import { placesIn } from './backup/places.ts';
import { pruneDeployBackups } from './backup/read-backup.ts';
import { checkCode, checkDaemon, checkRules, checkSettings } from './deploy/check.ts';
import { reachGitHub } from './deploy/reach-github.ts';
import { noteDeployed, saveAndMigrate } from './deploy/upgrade.ts';
import { commitOf } from './git.ts';
import { handOn, listApps, pm2, root } from './pm2.ts';
import { takeNoArguments } from './usage.ts';
import { Refused, runScript, say } from './words.ts';

/** `npm run deploy`: check, save, migrate, start or reload, wait until it serves. It can be run at any time. */

const ecosystem = 'ecosystem.config.js';
const apps = ['github-bot', 'github-bot-worker'];
const patience = 60_000;
/** Backups made before deployments that are kept. */
const backupsKept = 10;

function addressOf({ host, port }: Settings): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

async function isReady(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(5_000) })).ok;
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

async function startOrReload(server: Settings): Promise<void> {
  const started = await pm2('startOrReload', ecosystem);
  if (!started.ok)
    throw new Refused(1, `${started.text}\n${say('pm2 could not start the bot.', 'pm2 无法启动机器人。')}`);
  const missing = await waitUntilUp(addressOf(server));
  if (missing === '') return;
  const { text } = await pm2('logs', '--nostream', '--lines', '20');
  const what = say(
    `Not up after ${patience / 1000} s: ${missing}. pm2 keeps trying; the lines above say why. To go back: npm run rollback`,
    `${patience / 1000} 秒后仍未就绪：${missing}。pm2 会继续尝试；原因见上面的日志。如需退回：npm run rollback`,
  );
  throw new Refused(1, `${text}\n${what}`);
}

function greet(server: Settings, isReload: boolean): void {
  console.log(isReload ? say('Reloaded.', '已重新加载。') : say('Started.', '已启动。'));
  console.log(`  ${server.publicUrl || addressOf(server)}`);
  console.log(`  npx pm2 ls    npx pm2 logs    ${server.logType === 'file' ? 'logs/' : ''}`.trimEnd());
}

async function deploy(): Promise<void> {
  const { server, worker } = checkSettings();
  await checkRules(server);
  await checkCode();
  await checkDaemon();
  const warning = await reachGitHub(worker, handOn(process.env));
  if (warning !== null) console.error(warning);
  const places = placesIn(root, handOn(process.env));
  saveAndMigrate(places);
  const isReload = (await listApps()).some(({ name }) => apps.includes(name));
  await startOrReload(server);
  noteDeployed(places, { commit: commitOf(root), at: new Date().toISOString() });
  pruneDeployBackups(places.backups, backupsKept);
  await pm2('save');
  greet(server, isReload);
}

takeNoArguments(say('usage: npm run deploy', '用法：npm run deploy'));
await runScript(deploy);
