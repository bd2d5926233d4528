/** One fault or note in both languages of the bot. */
export interface Said {
  readonly en: string;
  readonly zh: string;
}

export type Say = (setting: string) => Said;

const say =
  (en: string, zh: string): Say =>
  (setting) => ({ en: `${setting} ${en}`, zh: `${setting} ${zh}` });

const makeOne = `node -e "console.log(crypto.randomBytes(32).toString('hex'))"`;

/** What is wrong with a setting and how to mend it; never its value. */
export const words = {
  port: say(
    'is not a port. Write a whole number from 0 to 65535, for example 8000.',
    '不是端口号。请写 0 到 65535 的整数，例如 8000。',
  ),
  url: say(
    'is not a web address. Write it like https://bot.example.com, without user, query or fragment.',
    '不是网址。请写成 https://bot.example.com 这样，不带用户名、查询和片段。',
  ),
  plainHttp: say(
    'sends tokens over http. Write https://; http:// is for this machine only.',
    '会用 http 明文传送令牌。请改成 https://；http:// 只能用于本机。',
  ),
  appId: say(
    'is not the number of an App. Copy "App ID" from the settings page of the App.',
    '不是 App 的编号。请从 App 的设置页复制 “App ID”。',
  ),
  plainPages: say(
    'is http, so what operators read and their sessions travel in the open. Put the bot behind HTTPS.',
    '是 http，运维人员看到的内容和登录状态会明文传输。请改用 HTTPS。',
  ),
  operators: say(
    'holds something that is no GitHub login. Write logins with commas between them, without @.',
    '里有的不是 GitHub 用户名。请写用户名，用逗号隔开，不带 @。',
  ),
  trustProxy: say(
    'is neither true nor false. Write true only where a proxy in front sets the forwarded headers itself.',
    '不是 true 也不是 false。只有前面的代理会自己设置转发头时才写 true。',
  ),
  logType: say('is neither console nor file. Write one of them.', '既不是 console 也不是 file。请写其中一个。'),
  logLevel: say(
    'is not a level. Write one of trace, debug, info, warn, error, fatal, off.',
    '不是日志级别。可写 trace、debug、info、warn、error、fatal、off。',
  ),
  logFormat: say('is neither text nor json. Write one of them.', '既不是 text 也不是 json。请写其中一个。'),
  receive: say('is neither webhook nor pull. Write one of them.', '既不是 webhook 也不是 pull。请写其中一个。'),
  pullWithoutApp: say(
    'is pull, but only a GitHub App has a log of deliveries to fetch them from. Set GITHUB_APP_ID, or write webhook.',
    '是 pull，但只有 GitHub App 才有可以取回投递的记录。请设置 GITHUB_APP_ID，或改成 webhook。',
  ),
  database: say(
    'is set, but only the embedded database is there. Take the line out; DATA_DIR says where its file lives.',
    '已设置，但目前只有内嵌数据库。请删掉这一行；数据文件放在 DATA_DIR。',
  ),
  noSecret: say(
    `is missing: without it nobody could tell GitHub's webhooks from forged ones. Make one with ${makeOne}, write it into .env and into the webhook's settings on GitHub.`,
    `没有设置：没有它就分不清真假 webhook。用 ${makeOne} 生成一个，写进 .env 和 GitHub 的 webhook 设置。`,
  ),
  shortSecret: say(
    `is shorter than 32 characters and could be guessed. Make one with ${makeOne} and write it into .env and on GitHub.`,
    `不足 32 个字符，可能被猜出。用 ${makeOne} 生成一个，写进 .env 和 GitHub。`,
  ),
  defaultSecret: say(
    `looks like a placeholder that anybody could guess. Make one with ${makeOne} and write it into .env and on GitHub.`,
    `像是谁都猜得到的占位值。用 ${makeOne} 生成一个，写进 .env 和 GitHub。`,
  ),
  noIdentity: say(
    'is missing, and so is GITHUB_TOKEN: the bot could not speak to GitHub. Set GITHUB_APP_ID and GITHUB_PRIVATE_KEY_PATH for a GitHub App, or GITHUB_TOKEN for a personal token.',
    '没有设置，GITHUB_TOKEN 也没有：机器人无法访问 GitHub。用 GitHub App 请设置 GITHUB_APP_ID 和 GITHUB_PRIVATE_KEY_PATH；用个人令牌请设置 GITHUB_TOKEN。',
  ),
  keyWithoutApp: say(
    'is missing although a private key is set. Copy "App ID" from the settings page of the App.',
    '没有设置，却有私钥。请从 App 的设置页复制 “App ID”。',
  ),
  noKey: say(
    'is missing although GITHUB_APP_ID is set. Make a private key on the settings page of the App, save the .pem file here with mode 0600 and write its path.',
    '没有设置，却有 GITHUB_APP_ID。请在 App 的设置页生成私钥，把 .pem 文件存到本机（权限 0600），并写上它的路径。',
  ),
  unreadableKey: say(
    'names a file that cannot be read. Check the path and that the user the bot runs as owns the file.',
    '所指的文件读不到。请检查路径，以及文件是否属于运行机器人的用户。',
  ),
  badKey: say(
    'holds no RSA private key. It must be the .pem file as GitHub gave it, from "-----BEGIN" to the last line.',
    '里没有 RSA 私钥。它必须是 GitHub 给的 .pem 文件原文，从 “-----BEGIN” 到最后一行。',
  ),
  openFile: say(
    'names a file that others on this machine can read. Run chmod 600 on it.',
    '所指的文件能被本机其他用户读取。请对它执行 chmod 600。',
  ),
  openEnv: say(
    'holds secrets and others on this machine can read it. Run chmod 600 .env.',
    '里有密钥，却能被本机其他用户读取。请执行 chmod 600 .env。',
  ),
  bothIdentities: say(
    'is set besides GITHUB_APP_ID; the App is used and the token is not.',
    '和 GITHUB_APP_ID 都设置了；将使用 App，不用令牌。',
  ),
  inlineKey: say(
    'holds the key itself. In production keep it in a file of its own and name that in GITHUB_PRIVATE_KEY_PATH.',
    '直接写了私钥。生产环境请放进单独的文件，用 GITHUB_PRIVATE_KEY_PATH 指明。',
  ),
  fromEnvironment: say(
    'came from the environment, which other programs can see. In production write it into .env.',
    '来自环境变量，其他程序可能看到。生产环境请写进 .env。',
  ),
  noFile: say(
    'is not there yet. Run cp .env.example .env && chmod 600 .env, then fill it in.',
    '还没有。请执行 cp .env.example .env && chmod 600 .env，然后填写。',
  ),
  portTaken: say(
    'names a port on which another program listens. Stop that program, or write another port.',
    '指定的端口已被其他程序占用。请停止那个程序，或换一个端口。',
  ),
  unused: say('is set, but nothing reads it yet.', '已设置，但目前没有功能会用到。'),
} as const satisfies Readonly<Record<string, Say>>;

/** Nothing reads the first name; the second is the nearest one that something does read. */
export function unknownName(name: string, nearest: string): Said {
  return {
    en: `${name} in .env is read by nothing. Did you mean ${nearest}?`,
    zh: `.env 里的 ${name} 没有任何功能会读取。是想写 ${nearest} 吗？`,
  };
}
