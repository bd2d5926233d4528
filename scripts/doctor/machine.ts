import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runsTypeScript } from '../pm2.ts';
import { fail, ok, say, warn, type Check } from './check.ts';

export const nodeVersion: Check = {
  id: 'node',
  async look({ nodeVersion: version }) {
    if (Number(version.split('.')[0]) >= 24) return ok(`Node.js ${version}`, `Node.js ${version}`);
    const fix = say(
      'Run npm ci, which brings Node.js 24, and start the bot by its npm scripts.',
      '请执行 npm ci（会带来 Node.js 24），并用 npm 脚本启动机器人。',
    );
    const old = say(`Node.js ${version} is older than 24`, `Node.js ${version} 早于 24`);
    return runsTypeScript(version) ? warn(old, fix) : fail(old, fix);
  },
};

interface Locked {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly link?: boolean;
}

function installed(root: string, path: string): string | null {
  try {
    return (JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as { version: string }).version;
  } catch {
    return null;
  }
}

export const dependencies: Check = {
  id: 'dependencies',
  async look({ root }) {
    const file = join(root, 'package-lock.json');
    const fix = say('Run npm ci.', '请执行 npm ci。');
    if (!existsSync(file)) return fail(say('package-lock.json is missing', '缺少 package-lock.json'), fix);
    const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Readonly<Record<string, Locked>> };
    const wanted = Object.entries(packages).filter(([path, { link }]) => path !== '' && !link);
    const odd = wanted.flatMap(([path, { version = '', dev, optional, devOptional }]) => {
      const have = installed(root, path);
      if (have === version || (have === null && (dev || optional || devOptional))) return [];
      return [`${path.replace(/^.*node_modules\//, '')} ${have ?? '–'} ≠ ${version}`];
    });
    if (odd.length === 0) return ok(`${wanted.length} packages as locked`, `${wanted.length} 个依赖与锁定版本一致`);
    const some = `${odd.slice(0, 3).join(', ')}${odd.length > 3 ? ' …' : ''}`;
    const says = say(
      `${odd.length} packages are not as locked: ${some}`,
      `${odd.length} 个依赖与锁定版本不一致：${some}`,
    );
    return fail(says, fix);
  },
};

const mega = 1024 * 1024;

/** The folder itself or, where it is not there yet, the nearest one above it. */
export function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

/** Whether files can be made in a folder, or a file can be written. */
export function isWritable(path: string, kind: 'folder' | 'file' = 'folder'): boolean {
  try {
    accessSync(path, kind === 'folder' ? constants.W_OK | constants.X_OK : constants.W_OK);
    return statSync(path).isDirectory() === (kind === 'folder');
  } catch {
    return false;
  }
}

/** Free space for whoever is not root; a database that cannot grow refuses deliveries. */
export function judgeSpace(freeBytes: number, where: string) {
  const free = Math.floor(freeBytes / mega);
  const [en, zh] = [`${free} MB free at ${where}`, `${where} 剩余 ${free} MB`];
  const fix = say(
    'Delete what is not needed there, or set DATA_DIR to a larger disk.',
    '请清理该磁盘，或把 DATA_DIR 设到更大的磁盘。',
  );
  if (free < 200) return fail(say(en, zh), fix);
  return free < 1024 ? warn(say(en, zh), fix) : ok(en, zh);
}

export const diskSpace: Check = {
  id: 'disk',
  async look({ root, settings }) {
    const at = nearest(settings?.dataDir ?? join(root, 'data'));
    const { bavail, bsize } = statfsSync(at);
    return judgeSpace(bavail * bsize, at);
  },
};

export const timeZone: Check = {
  id: 'time-zone',
  async look({ shell }) {
    const wanted = shell['TZ'];
    const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
    try {
      if (wanted) Intl.DateTimeFormat('en', { timeZone: wanted.replace(/^:/, '') });
      return ok(`time zone ${wanted || zone}; logs and reports are in UTC`, `时区 ${wanted || zone}；日志和报告用 UTC`);
    } catch {
      return warn(
        say(`TZ names no time zone, so ${zone} is used`, `TZ 不是有效的时区，实际使用 ${zone}`),
        say('Write one like TZ=Asia/Shanghai, or take TZ away.', '请写成 TZ=Asia/Shanghai 这样，或去掉 TZ。'),
      );
    }
  },
};

/** An address without user and password. */
function hostOf(address: string): string {
  const url = URL.parse(/^\w+:\/\//.test(address) ? address : `http://${address}`);
  return url ? `${url.protocol}//${url.host}` : '?';
}

export const proxy: Check = {
  id: 'proxy',
  async look({ env, shell }) {
    const name = ['HTTPS_PROXY', 'https_proxy'].find((one) => env[one]);
    if (name === undefined) return ok('no proxy is set', '没有设置代理');
    const where = hostOf(env[name] ?? '');
    const fix = say(
      `Set it where the bot is started, not in .env: export ${name}=… NODE_USE_ENV_PROXY=1, then npm run deploy.`,
      `请在启动机器人的环境里设置（写在 .env 里无效）：export ${name}=… NODE_USE_ENV_PROXY=1，然后 npm run deploy。`,
    );
    if (!shell[name])
      return warn(say(`${name} is only in .env, where it has no effect`, `${name} 只写在 .env 里，不起作用`), fix);
    if (shell['NODE_USE_ENV_PROXY'] !== '1')
      return warn(
        say(
          `${name} is set (${where}), but without NODE_USE_ENV_PROXY=1 it is not used`,
          `设置了 ${name}（${where}），但没有 NODE_USE_ENV_PROXY=1，不会被使用`,
        ),
        fix,
      );
    return ok(`proxy ${where}`, `代理 ${where}`);
  },
};
