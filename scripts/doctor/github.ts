import { fail, needsSettings, ok, say, skip, warn, type Check, type Outcome } from './check.ts';
import type { Ground } from './ground.ts';

export const unreachable = skip('not looked at: GitHub did not let us in', '未检查：没能登录 GitHub');
export const forToken = skip('not looked at: it is for GitHub Apps only', '未检查：仅适用于 GitHub App');

export const reach: Check = {
  id: 'github',
  async look({ github, settings, env }) {
    if (!github || !settings) return needsSettings;
    const { status, why, headers } = await github.reach();
    const at = settings.apiUrl;
    const viaProxy = ['HTTPS_PROXY', 'https_proxy'].some((name) => env[name]);
    if (status === 0)
      return fail(
        say(`${at} cannot be reached: ${why}`, `${at} 连不上：${why}`),
        viaProxy
          ? say(
              'Look at the proxy: the line about it in this list says whether it is used.',
              '请检查代理：本列表里关于代理的一行会说明是否在用。',
            )
          : say(
              'Let this machine reach that address, or set HTTPS_PROXY and NODE_USE_ENV_PROXY=1 where the bot is started.',
              '请放通本机到该地址的访问，或在启动机器人的环境里设置 HTTPS_PROXY 和 NODE_USE_ENV_PROXY=1。',
            ),
      );
    if (!headers.has('x-github-request-id'))
      return fail(
        say(
          `something else than GitHub answers at ${at} (status ${status})`,
          `${at} 的应答不是 GitHub 的（状态 ${status}）`,
        ),
        say(
          'Correct GITHUB_API_URL; a GitHub Enterprise Server needs https://HOST/api/v3. A proxy that asks for a login answers like this too.',
          '请改正 GITHUB_API_URL；GitHub Enterprise Server 要写 https://主机名/api/v3。需要登录的代理也会这样应答。',
        ),
      );
    return ok(`GitHub answers at ${at}`, `GitHub 可达：${at}`);
  },
};

/** The JWT of an App is dated a minute back and good for nine; the timers of the rules have no such room. */
export function judgeSkew(ms: number): Outcome {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const [en, zh] = ms > 0 ? ['ahead of', '比 GitHub 快'] : ['behind', '比 GitHub 慢'];
  const says = say(`the clock of this machine is ${seconds} s ${en} GitHub's`, `本机时钟${zh} ${seconds} 秒`);
  const fix = say(
    'Let the machine set its clock: timedatectl set-ntp true (or chronyc makestep).',
    '请启用对时：timedatectl set-ntp true（或 chronyc makestep）。',
  );
  if (seconds > 60) return fail(says, fix);
  return seconds > 10 ? warn(says, fix) : ok("the clock agrees with GitHub's", '时钟与 GitHub 一致');
}

export const clock: Check = {
  id: 'clock',
  async look({ github }) {
    if (!github) return needsSettings;
    const { headers, at } = await github.reach();
    const date = Date.parse(headers.get('date') ?? '');
    if (Number.isNaN(date))
      return skip('not looked at: GitHub did not say what time it is', '未检查：GitHub 没有给出时间');
    // The header has whole seconds.
    return judgeSkew(at - date - 500);
  },
};

async function withToken({ github }: Ground): Promise<Outcome> {
  const { status, data } = (await github?.get('/user')) ?? { status: 0, data: null };
  const login = (data as { login?: string } | null)?.login;
  if (status === 200) return ok(`GitHub knows the token: ${login}`, `GitHub 认得这个令牌：${login}`);
  if (status !== 401) return unreachable;
  return fail(
    say('GitHub does not take the token', 'GitHub 不接受这个令牌'),
    say(
      'Make a new one at https://github.com/settings/tokens and write it into GITHUB_TOKEN; it may have expired.',
      '请在 https://github.com/settings/tokens 生成新的，写进 GITHUB_TOKEN；旧的可能已过期。',
    ),
  );
}

/** What GitHub says of the App itself. */
export interface AppSeen {
  readonly id: number;
  readonly slug: string;
  readonly html_url: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

/** Null where GitHub did not let us in. */
export async function appSeen({ github, settings }: Ground): Promise<AppSeen | null> {
  if (!github || !settings?.appId) return null;
  const { status, data } = await github.get('/app');
  return status === 200 ? (data as AppSeen) : null;
}

/** Why nothing is known of the App. */
export function absent({ settings }: Ground): Outcome {
  if (!settings) return needsSettings;
  return settings.appId === '' ? forToken : unreachable;
}

export const app: Check = {
  id: 'app',
  async look(ground) {
    const { github, settings } = ground;
    if (!github || !settings) return needsSettings;
    if (!settings.appId) return withToken(ground);
    const { status, data } = await github.get('/app');
    const { message = '' } = (data ?? {}) as { message?: string };
    const seen = data as AppSeen | null;
    if (status === 0 || status >= 500) return unreachable;
    if (status !== 200)
      return fail(
        say(
          `GitHub does not know App ${settings.appId} by this key (status ${status}: ${message})`,
          `GitHub 不认得 App ${settings.appId} 的这个私钥（状态 ${status}：${message}）`,
        ),
        say(
          'Compare GITHUB_APP_ID with "App ID" on the App\'s settings page, and make a new private key there when they agree.',
          '请核对 GITHUB_APP_ID 和 App 设置页上的 “App ID”；若一致，请在该页生成新的私钥。',
        ),
      );
    if (String(seen?.id) !== settings.appId)
      return fail(
        say(
          `the key belongs to App ${seen?.id}, not ${settings.appId}`,
          `私钥属于 App ${seen?.id}，不是 ${settings.appId}`,
        ),
        say(
          `Write GITHUB_APP_ID=${seen?.id}, or the key of the other App.`,
          `请写 GITHUB_APP_ID=${seen?.id}，或换成另一个 App 的私钥。`,
        ),
      );
    return ok(
      `GitHub knows the App: ${seen?.slug} (${settings.appId})`,
      `GitHub 认得 App：${seen?.slug}（${settings.appId}）`,
    );
  },
};
