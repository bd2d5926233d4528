import { spawn } from 'node:child_process';
import { createHmac, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseFile } from '../../app/store/open-sqlite.ts';
import type { FakeGitHub } from '../fake-github/fake-github.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** A port nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** A checkout of its own in a temporary folder, with a pm2 of its own. */
export class Stage {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'github-bot-deploy-')));
  readonly pm2Home = join(this.root, 'pm2');
  readonly webhookSecret = randomBytes(32).toString('hex');
  readonly key = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString();
  port = 0;

  constructor() {
    for (const name of ['app', 'config', 'scripts', 'package.json', 'ecosystem.config.js']) {
      cpSync(join(project, name), join(this.root, name), { recursive: true });
    }
    symlinkSync(join(project, 'node_modules'), join(this.root, 'node_modules'));
    writeFileSync(join(this.root, 'app.pem'), this.key, { mode: 0o600 });
  }

  /** Without a GitHub given, the settings name an address at which nobody answers. */
  async writeSettings(github?: { readonly url: string; readonly app: FakeGitHub['app'] }): Promise<void> {
    this.port = await freePort();
    if (github) writeFileSync(join(this.root, 'app.pem'), github.app.privateKey, { mode: 0o600 });
    const lines = [
      `GITHUB_APP_ID=${github?.app.id ?? '7'}`,
      ...['GITHUB_PRIVATE_KEY_PATH=app.pem', `GITHUB_WEBHOOK_SECRET=${this.webhookSecret}`],
      `GITHUB_API_URL=${github?.url ?? `http://127.0.0.1:${await freePort()}`}`,
      ...[`PORT=${this.port}`, 'LOG_TYPE=file', 'DATA_DIR=stored'],
    ];
    writeFileSync(join(this.root, '.env'), lines.join('\n'), { mode: 0o600 });
  }

  get database(): string {
    return join(this.root, 'stored', databaseFile);
  }

  /** Runs a program of the project as a person would in a shell that exports `extra`. */
  run(args: readonly string[], extra: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const path = [join(this.root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
    const env = { PATH: path, HOME: this.root, PM2_HOME: this.pm2Home, ...extra };
    return new Promise((resolve) => {
      const child = spawn('node', ['--disable-warning=ExperimentalWarning', ...args], { cwd: this.root, env });
      const seen = { out: '', err: '' };
      child.stdout.on('data', (chunk: Buffer) => (seen.out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (seen.err += chunk.toString()));
      child.on('close', (status) => resolve({ status, ...seen }));
    });
  }

  deploy(extra: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return this.run(['scripts/deploy.ts'], extra);
  }

  pm2(args: readonly string[], extra: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return this.run(['node_modules/pm2/bin/pm2', ...args], extra);
  }

  async list(): Promise<Record<string, { status: string; restarts: number; pid: number; mode: string }>> {
    const { out } = await this.pm2(['jlist', '--silent']);
    const apps = JSON.parse(out.slice(out.indexOf('[{'))) as any[];
    return Object.fromEntries(
      apps.map(({ name, pid, pm2_env }) => {
        return [name, { status: pm2_env.status, restarts: pm2_env.restart_time, pid, mode: pm2_env.exec_mode }];
      }),
    );
  }

  /** The status of a delivery as GitHub would send it. */
  async deliver(event: string, payload: unknown, signed: boolean): Promise<number> {
    const body = JSON.stringify(payload);
    const signature = `sha256=${createHmac('sha256', this.webhookSecret).update(body).digest('hex')}`;
    const headers = { 'content-type': 'application/json', 'x-github-event': event, 'x-github-delivery': randomUUID() };
    const answer = await fetch(`http://127.0.0.1:${this.port}/webhook`, {
      method: 'POST',
      body,
      headers: signed ? { ...headers, 'x-hub-signature-256': signature } : headers,
    });
    await answer.arrayBuffer();
    return answer.status;
  }

  /** Files below a folder of the stage that hold one of these texts. */
  filesWith(folder: string, texts: readonly string[]): string[] {
    const entries = readdirSync(join(this.root, folder), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return files.filter((file) => texts.some((text) => readFileSync(file).includes(text)));
  }

  async close(): Promise<void> {
    await this.pm2(['kill']);
    rmSync(this.root, { recursive: true, force: true });
  }
}
