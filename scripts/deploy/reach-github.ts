import { signJwt } from '../../app/github/credentials.ts';
import type { Settings } from '../../config/env.ts';
import { say } from '../words.ts';

type Env = Readonly<Record<string, string | undefined>>;

const patience = 5_000;
const proxyNames = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy'] as const;

/** A proxy's address may hold a password. */
const withoutUser = (address: string) => address.replace(/^(\w+:\/\/)?[^/@]*@/, '$1');

/** What decides the way to GitHub, as the bot will see it. */
function proxySettings(env: Env): string {
  const set = proxyNames.filter((name) => env[name]).map((name) => `${name}=${withoutUser(env[name] ?? '')}`);
  const isUsed = env['NODE_USE_ENV_PROXY'] === '1';
  if (set.length === 0) {
    return say(
      'No proxy is set. If this machine needs one, run deploy with HTTPS_PROXY=http://HOST:PORT NODE_USE_ENV_PROXY=1 in its environment.',
      '没有设置代理。如果本机需要代理，请在环境变量里设置 HTTPS_PROXY=http://主机:端口 和 NODE_USE_ENV_PROXY=1 再部署。',
    );
  }
  const list = set.join(' ');
  if (isUsed) return say(`Proxy: ${list} NODE_USE_ENV_PROXY=1`, `代理：${list} NODE_USE_ENV_PROXY=1`);
  return say(
    `Proxy: ${list}, which Node.js does not use without NODE_USE_ENV_PROXY=1.`,
    `代理：${list}；没有设置 NODE_USE_ENV_PROXY=1，Node.js 不会使用它。`,
  );
}

function unreachable(address: string, why: string, env: Env): string {
  return say(
    `GitHub did not answer at ${address}: ${why}. The bot is deployed all the same: it keeps what it receives, and works it off once GitHub answers.\n${proxySettings(env)}`,
    `${address} 没有应答：${why}。仍继续部署：收到的内容会保存，GitHub 恢复后再处理。\n${proxySettings(env)}`,
  );
}

function unknown(address: string, { appId }: Settings): string {
  if (appId === '')
    return say(
      `GitHub at ${address} does not accept GITHUB_TOKEN. Make a new one and write it into .env.`,
      `GitHub（${address}）不接受 GITHUB_TOKEN。请新建一个并写进 .env。`,
    );
  return say(
    `GitHub at ${address} does not know App ${appId} by this key. Check GITHUB_APP_ID and GITHUB_PRIVATE_KEY_PATH, and the clock of this machine.`,
    `GitHub（${address}）不认识使用此私钥的 App ${appId}。请检查 GITHUB_APP_ID、GITHUB_PRIVATE_KEY_PATH 和本机时钟。`,
  );
}

/** The name of what went wrong below `fetch`, as `ECONNREFUSED`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError')
    return say(`no answer in ${patience / 1_000} s`, `${patience / 1_000} 秒内没有应答`);
  const cause = error.cause;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.message;
}

/**
 * Asks GitHub once, as the worker will, who it is. Returns what the operator should know, or null when all is well; never a
 * reason not to deploy, since GitHub may be away for a while.
 */
export async function reachGitHub(worker: Settings, env: Env): Promise<string | null> {
  const { apiUrl, appId, privateKey, token } = worker;
  const address = `${apiUrl}${appId ? '/app' : '/user'}`;
  try {
    const proof = appId ? `Bearer ${signJwt(appId, privateKey, Date.now()).jwt}` : `token ${token}`;
    const headers = { authorization: proof, accept: 'application/vnd.github+json', 'user-agent': 'github-bot' };
    const answer = await fetch(address, { headers, redirect: 'manual', signal: AbortSignal.timeout(patience) });
    await answer.body?.cancel();
    if (answer.ok) return null;
    const isRefusal = answer.status === 401 || answer.status === 404;
    return isRefusal ? unknown(address, worker) : unreachable(address, `HTTP ${answer.status}`, env);
  } catch (error) {
    return unreachable(address, reasonOf(error), env);
  }
}
