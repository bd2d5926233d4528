import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import dotenv from 'dotenv';
import type { Said } from '../../config/env-words.ts';
import { BadSettings, languageOf, loadSettings, type Settings } from '../../config/env.ts';
import { secretNames } from '../../config/secrets.ts';
import { daemonNode, listApps, type App } from '../pm2.ts';
import { AskGitHub, type Fetch } from './ask-github.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What the doctor asks of pm2; `isAlive` starts no daemon, the others would. */
export interface Pm2 {
  isAlive(): boolean;
  apps(): Promise<readonly App[]>;
  node(): Promise<string>;
}

/** All the checks look at. */
export interface Ground {
  readonly root: string;
  readonly language: keyof Said;
  /** `.env`, overruled by the environment. */
  readonly env: Env;
  /** The environment alone. */
  readonly shell: Env;
  /** Null when they keep the bot from starting; `faults` then says why. */
  readonly settings: Settings | null;
  readonly faults: readonly Said[];
  readonly notes: readonly string[];
  /** What would keep it from starting under pm2 only. */
  readonly strict: readonly Said[];
  readonly logsFolder: string;
  readonly nodeVersion: string;
  readonly fetch: Fetch;
  readonly now: () => number;
  readonly github: AskGitHub | null;
  readonly pm2: Pm2;
}

function isDaemonAlive(env: Env): boolean {
  try {
    const home = env['PM2_HOME'] || join(env['HOME'] || homedir(), '.pm2');
    return process.kill(Number(readFileSync(join(home, 'pm2.pid'), 'utf8')), 0);
  } catch {
    return false;
  }
}

function readAll(root: string, shell: Env) {
  const notes: string[] = [];
  const read = (more: Env, tell: (note: string) => void) => {
    try {
      return { settings: loadSettings('both', { root, env: { ...shell, ...more }, tell }), faults: [] };
    } catch (error) {
      if (!(error instanceof BadSettings)) throw error;
      return { settings: null, faults: error.faults };
    }
  };
  const asIs = read({}, (note) => notes.push(note));
  const { faults } = read({ NODE_ENV: 'production' }, () => {});
  const strict = faults.filter((fault) => !asIs.faults.some(({ en }) => en === fault.en));
  return { ...asIs, notes, strict };
}

/** The ground as it is; a test puts something else in the place of some of it. */
export function standOn(root: string, shell: Env, given: Partial<Ground> = {}): Ground {
  const file = join(root, '.env');
  const env = { ...(existsSync(file) ? dotenv.parse(readFileSync(file)) : {}), ...shell };
  const read = readAll(root, shell);
  const { fetch = globalThis.fetch, now = Date.now } = given;
  const { settings } = given.settings === undefined ? read : { settings: given.settings };
  return {
    ...{ root, shell, env, ...read, settings, fetch, now },
    language: languageOf(env),
    logsFolder: join(root, 'logs'),
    nodeVersion: process.versions.node,
    github: settings && new AskGitHub(settings, fetch, now),
    pm2: { isAlive: () => isDaemonAlive(shell), apps: listApps, node: daemonNode },
    ...given,
  };
}

/** Whatever must not be printed. */
export function secretsOf({ env, settings }: Ground) {
  const named = secretNames.flatMap((name) => env[name] || []);
  return {
    webhookSecrets: [...named, ...(settings?.webhookSecrets ?? [])],
    token: settings?.token ?? '',
    privateKey: settings?.privateKey ?? '',
  };
}
