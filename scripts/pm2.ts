import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
/** Where the person stood who called npm, which runs scripts in the project's folder. */
export const calledFrom = process.env['INIT_CWD'] ?? process.cwd();

/** What pm2 and its daemon get of the caller's environment; the daemon keeps it for good, so no secret may be in it. */
const handedOn =
  /^(PATH|HOME|USER|LOGNAME|PWD|TMPDIR|TZ|LANG|LC_\w+|PM2_HOME|NODE_USE_ENV_PROXY|NODE_EXTRA_CA_CERTS|(HTTPS?|NO)_PROXY)$/i;

export function handOn(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => handedOn.test(name));
  const path = [join(root, 'node_modules', '.bin'), dirname(process.execPath), env['PATH']].join(delimiter);
  // Without the last one the daemon asks a server of its makers for its newest version.
  return { ...Object.fromEntries(kept), PATH: path, PM2_DISABLE_VERSION_CHECK: 'true' };
}

export interface Ran {
  readonly ok: boolean;
  /** What it printed on both streams, without colours. */
  readonly text: string;
}

/** Runs the project's own pm2 on the Node.js this process runs on; a daemon it has to start gets the same one. */
export function pm2(...args: string[]): Promise<Ran> {
  const program = join(root, 'node_modules', 'pm2', 'bin', 'pm2');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: root, env: handOn(process.env) });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const text = Buffer.concat(chunks)
        .toString('utf8')
        .replace(/\u001b\[[\d;]*m/g, '');
      resolve({ ok: code === 0, text });
    });
  });
}

export interface App {
  readonly name: string;
  readonly status: string;
  readonly restarts: number;
}

interface Listed {
  readonly name: string;
  readonly pm2_env: { readonly status: string; readonly restart_time: number };
}

/** The apps the daemon runs. */
export async function listApps(): Promise<readonly App[]> {
  const { text } = await pm2('jlist', '--silent');
  // pm2 may print lines of its own before the list.
  const line = text.split('\n').findLast((line) => line.startsWith('[{') || line === '[]') ?? '[]';
  const listed = JSON.parse(line) as readonly Listed[];
  return listed.map(({ name, pm2_env: { status, restart_time } }) => ({ name, status, restarts: restart_time }));
}

/** The version of Node.js the daemon runs on, as `24.21.0`; '' when pm2 does not say. Starts the daemon when there is none. */
export async function daemonNode(): Promise<string> {
  const { text } = await pm2('report');
  const daemon = /--- Daemon -[\s\S]*?(?:===|$)/.exec(text)?.[0] ?? '';
  return /^node version\s*: v?([\d.]+)/m.exec(daemon)?.[1] ?? '';
}

/** Whether a Node.js of this version runs TypeScript sources without being asked to. */
export function runsTypeScript(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 22) return minor >= 18;
  return major === 23 ? minor >= 6 : major > 23;
}
