import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Tempo } from './fast-clock.ts';

export type RoleName = 'server' | 'worker';

const folder = import.meta.dirname;
const main = join(folder, '../../app/main.ts');
const longestTail = 4_000;

/** One role of the bot as a process, started and killed over and over. */
export class RoleProcess {
  readonly role: RoleName;
  /** What the processes wrote last. */
  tail = '';
  /** Lives that ended though nobody had killed them. */
  readonly deaths: string[] = [];
  startedAt = 0;
  /** Resolves when the newest life says that it is up, or ends. */
  up: Promise<void> = Promise.resolve();
  #child: ChildProcess | null = null;
  #killed = false;
  readonly #env: Readonly<Record<string, string>>;
  readonly #preload: string;

  constructor(role: RoleName, env: Readonly<Record<string, string>>, { epoch, speed }: Tempo) {
    this.role = role;
    this.#env = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', LOG_LEVEL: 'info', ...env };
    this.#preload = `${pathToFileURL(join(folder, 'fast-time.ts')).href}?epoch=${epoch}&speed=${speed}`;
  }

  get isUp(): boolean {
    return this.#child !== null;
  }

  start(): void {
    if (this.#child) return;
    const options = { env: this.#env, stdio: 'pipe' as const };
    const child = spawn(process.execPath, ['--import', this.#preload, main, this.role], options);
    Object.assign(this, { startedAt: Date.now() });
    this.#child = child;
    this.#killed = false;
    const up = Promise.withResolvers<void>();
    this.up = up.promise;
    let own = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        own = (own + chunk.toString()).slice(-longestTail);
        this.tail = own;
        if (own.includes(`${this.role} is up`)) up.resolve();
      });
    }
    child.once('exit', (code) => {
      up.resolve();
      if (!this.#killed) this.deaths.push(`the ${this.role} ended by itself with ${code}: ${own}`);
      if (this.#child === child) this.#child = null;
    });
  }

  /** Resolves once the process is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#killed = true;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
}
