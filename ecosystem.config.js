/**
 * What pm2 runs: `npm run deploy`, or `npx pm2 startOrReload ecosystem.config.js`.
 *
 * pm2 copies the environment of whoever calls it into files of its own and shows it in its lists; its `filter_env` works only
 * at the first start, not at a reload (seen with 7.0.4). This file runs inside the calling pm2, so it drops there whatever
 * is not named here. The bot's processes read their settings from `.env` themselves.
 */
const handedOn = new Set([
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'PWD', 'TMPDIR', 'TZ', 'LANG', 'LC_ALL', 'LC_MESSAGES'],
  ...['NODE_USE_ENV_PROXY', 'HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy'],
  'NODE_EXTRA_CA_CERTS',
]);

for (const name of Object.keys(process.env))
  if (!handedOn.has(name) && !name.startsWith('PM2_')) delete process.env[name];

const shared = {
  cwd: import.meta.dirname,
  script: 'app/main.ts',
  node_args: ['--disable-warning=ExperimentalWarning'],
  env: { NODE_ENV: 'production' },
  instances: 1,
  wait_ready: true,
  // After this the old process is stopped even if the new one does not listen yet: a slow machine must not lose by it.
  listen_timeout: 60_000,
  kill_timeout: 15_000,
  max_memory_restart: '400M',
  exp_backoff_restart_delay: 100,
};

export const apps = [
  // In cluster mode a reload starts the new process before the old one stops: no webhook is refused.
  // It runs on the Node.js of the pm2 daemon, which must be 22.18 or newer.
  { ...shared, name: 'github-bot', args: 'server', exec_mode: 'cluster' },
  // Alone holds the key of the App, and listens on nothing.
  { ...shared, name: 'github-bot-worker', args: 'worker', exec_mode: 'fork', interpreter: 'node_modules/.bin/node' },
];
