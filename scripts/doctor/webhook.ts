import { ask } from './ask-github.ts';
import { fail, needsSettings, ok, say, skip, warn, type Check, type Outcome } from './check.ts';
import { forToken, unreachable } from './github.ts';
import type { Ground } from './ground.ts';

/** https://docs.github.com/rest/apps/webhooks#get-a-webhook-configuration-for-an-app */
interface HookConfig {
  readonly url?: string;
  readonly content_type?: string;
  readonly insecure_ssl?: string | number;
  readonly secret?: string;
}

const onPage = ['on the App\'s settings page, "Webhook"', '在 App 设置页的 “Webhook” 一节'] as const;

function judgeForm({ content_type: type, insecure_ssl: insecure }: HookConfig): Outcome[] {
  const found: Outcome[] = [];
  if (type !== undefined && type !== 'json')
    found.push(
      fail(
        say(`the webhook sends ${type}, not JSON`, `webhook 的内容类型是 ${type}，不是 JSON`),
        say('Set its content type to application/json.', '请把内容类型改为 application/json。'),
      ),
    );
  if (String(insecure ?? '0') !== '0')
    found.push(
      warn(
        say('GitHub does not verify the certificate of the webhook address', 'GitHub 没有校验 webhook 地址的证书'),
        say('Enable SSL verification.', '请启用 SSL 校验。'),
      ),
    );
  return found;
}

/** What GitHub says of the webhook's settings, against ours; of the secret it only says whether there is one. */
export function judgeHook(
  { url = '', content_type: type, insecure_ssl: insecure, secret }: HookConfig,
  publicUrl: string,
): Outcome[] {
  const wanted = `${publicUrl || 'https://YOUR-HOST'}/webhook`;
  const write = say(
    `Write ${wanted} as Webhook URL and tick Active, ${onPage[0]}.`,
    `请${onPage[1]}把 Webhook URL 写成 ${wanted}，并勾选 Active。`,
  );
  if (url === '') return [fail(say('the App has no webhook address', 'App 没有设置 webhook 地址'), write)];
  const found: Outcome[] = [];
  const root = publicUrl === '' ? '' : `${publicUrl}/`;
  if (publicUrl !== '' && url !== wanted && url !== root && url !== publicUrl)
    found.push(
      warn(
        say(
          `GitHub sends to ${url}, and PUBLIC_URL is ${publicUrl}`,
          `GitHub 发往 ${url}，而 PUBLIC_URL 是 ${publicUrl}`,
        ),
        write,
      ),
    );
  if (!secret)
    found.push(
      fail(
        say(
          'the webhook has no secret on GitHub, so every delivery is refused',
          'GitHub 上的 webhook 没有密钥，所有投递都会被拒绝',
        ),
        say(
          `Write the value of GITHUB_WEBHOOK_SECRET there, ${onPage[0]}.`,
          `请${onPage[1]}填入 GITHUB_WEBHOOK_SECRET 的值。`,
        ),
      ),
    );
  found.push(...judgeForm({ ...(type !== undefined && { content_type: type }), insecure_ssl: insecure ?? '0' }));
  return found.length > 0 ? found : [ok(`the webhook is set: ${url}`, `webhook 已设置：${url}`)];
}

export const hook: Check = {
  id: 'webhook',
  async look({ github, settings }) {
    if (!github || !settings) return needsSettings;
    if (!settings.appId) return forToken;
    const { status, data } = await github.get('/app/hook/config');
    return status === 200 ? judgeHook(data as HookConfig, settings.publicUrl) : unreachable;
  },
};

/** https://docs.github.com/rest/apps/webhooks#list-deliveries-for-an-app-webhook */
export interface Sent {
  readonly delivered_at: string;
  readonly status: string;
  readonly status_code: number;
  readonly event: string;
}

const remedies: Readonly<Record<number, readonly [string, string]>> = {
  400: [
    'Something between GitHub and the bot changes the requests; let the proxy pass them as they are.',
    'GitHub 和机器人之间有东西改动了请求；请让代理原样转发。',
  ],
  401: [
    "The secrets differ: write the value of GITHUB_WEBHOOK_SECRET into the webhook's settings on GitHub.",
    '两边密钥不同：请把 GITHUB_WEBHOOK_SECRET 的值填到 GitHub 的 webhook 设置里。',
  ],
  404: ['The address has another path: it must end in /webhook.', '地址的路径不对：必须以 /webhook 结尾。'],
  405: ['The address has another path: it must end in /webhook.', '地址的路径不对：必须以 /webhook 结尾。'],
  413: [
    'The proxy takes no bodies of 25 MB: raise its limit (nginx: client_max_body_size 26m).',
    '代理不接受 25 MB 的请求体：请调大限制（nginx：client_max_body_size 26m）。',
  ],
  415: ['Set the content type of the webhook to application/json.', '请把 webhook 的内容类型改为 application/json。'],
  502: [
    'The address cannot be reached from outside, or the bot is down behind its proxy: open the port, start the bot.',
    '外面连不到该地址，或代理后面的机器人没有运行：请放通端口、启动机器人。',
  ],
  503: [
    'The bot could not save them: look at the lines about disk and database in this list.',
    '机器人没能保存：请看本列表里磁盘和数据库的行。',
  ],
};
const otherwise = [
  'Look at the answers under "Recent Deliveries" on GitHub, and send them again from there.',
  '请看 GitHub 的 “Recent Deliveries” 里的应答，并在那里重新投递。',
] as const;

/** What became of the deliveries GitHub sent last, newest first. */
export function judgeSent(sent: readonly Sent[]): Outcome {
  const [newest] = sent;
  if (!newest)
    return warn(
      say('GitHub has sent nothing in the last three days', 'GitHub 最近三天没有发送过投递'),
      say(
        "Open an issue where the App is installed; if nothing comes, tick Active in the webhook's settings.",
        '请在安装了 App 的仓库新建一个 issue；若仍没有，请在 webhook 设置里勾选 Active。',
      ),
    );
  const isRefused = ({ status_code: code }: Sent) => code < 200 || code >= 400;
  const refused = sent.filter(isRefused);
  if (refused.length === 0)
    return ok(`the last ${sent.length} deliveries arrived`, `最近 ${sent.length} 次投递全部送达`);
  const [worst = newest] = refused;
  const remedy = remedies[worst.status_code] ?? otherwise;
  const [en, zh] = [
    `${refused.length} of the last ${sent.length} deliveries failed, the newest with ${worst.status_code} (${worst.status})`,
    `最近 ${sent.length} 次投递有 ${refused.length} 次失败，最近一次是 ${worst.status_code}（${worst.status}）`,
  ];
  // What is over by now still left events behind.
  if (!isRefused(newest)) return warn(say(`${en}; newer ones arrived`, `${zh}；之后的已送达`), say(...otherwise));
  return fail(say(en, zh), say(...remedy));
}

export const deliveries: Check = {
  id: 'deliveries',
  async look({ github, settings }) {
    if (!github || !settings) return needsSettings;
    if (!settings.appId) return forToken;
    const { status, data } = await github.get('/app/hook/deliveries?per_page=50');
    return status === 200 ? judgeSent(data as readonly Sent[]) : unreachable;
  },
};

export const publicUrl: Check = {
  id: 'public-url',
  async look({ settings, fetch }: Ground) {
    if (!settings) return needsSettings;
    if (settings.publicUrl === '') return skip('PUBLIC_URL is not set', '没有设置 PUBLIC_URL');
    const { status, data, why } = await ask(fetch, `${settings.publicUrl}/healthz`);
    if (status === 200 && String(data).trim() === 'ok')
      return ok(`the bot answers at ${settings.publicUrl}`, `机器人在 ${settings.publicUrl} 应答`);
    const got = status === 0 ? why : `${status}`;
    return warn(
      say(
        `from here, ${settings.publicUrl}/healthz does not answer as the bot does (${got})`,
        `从本机访问 ${settings.publicUrl}/healthz，不是机器人的应答（${got}）`,
      ),
      say(
        'Start the bot and its reverse proxy, or correct PUBLIC_URL. From outside it may be different.',
        '请启动机器人和反向代理，或改正 PUBLIC_URL。从外面访问时结果可能不同。',
      ),
    );
  },
};
