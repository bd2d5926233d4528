import dotenv from 'dotenv';
import { distance } from 'fastest-levenshtein';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { unknownName, words, type Said, type Say } from './env-words.ts';
import { isAppKey, isOpenToOthers, readText, secretNames, weaknessOf } from './secrets.ts';

export type Role = 'server' | 'worker' | 'both';

/** The checked settings of one process; see `.env.example` for what each means. */
export interface Settings {
  readonly role: Role;
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** No slash at the end; '' when the bot has no public address. */
  readonly publicUrl: string;
  /** '' when a personal token is used instead of an App. */
  readonly appId: string;
  /** PEM text; '' with a personal token and in the server role, which must never hold it. */
  readonly privateKey: string;
  /** `pull`: GitHub cannot reach the bot, so that deliveries are fetched. Left out: they are sent to it. */
  readonly receive?: 'webhook' | 'pull';
  /** Today's, then the one before it if it still counts; empty in the worker role. */
  readonly webhookSecrets: readonly string[];
  /** Personal access token; '' in App mode and in the server role. */
  readonly token: string;
  /** No slash at the end. */
  readonly apiUrl: string;
  /** Absolute. */
  readonly dataDir: string;
  /** Absolute. */
  readonly rulesFile: string;
  /** GitHub logins of those who may see everything on the pages. */
  readonly operators: readonly string[];
  /** A proxy stands in front that sets the forwarded headers. */
  readonly trustProxy: boolean;
  readonly logType: 'console' | 'file';
  readonly logLevel: string;
  readonly logFormat: 'text' | 'json';
}

type Env = Readonly<Record<string, string | undefined>>;

/** Everything that is wrong with the settings, in the reader's language: never a value. Whoever starts a process exits with 3. */
export class BadSettings extends Error {
  override readonly name = 'BadSettings';
  readonly faults: readonly Said[];
  constructor(faults: readonly Said[], language: keyof Said) {
    const head = { en: 'These settings keep the bot from starting:', zh: '下列设置有误，机器人无法启动：' };
    super([head[language], ...faults.map((fault) => `  - ${fault[language]}`)].join('\n'));
    this.faults = faults;
  }
}

export interface Reading {
  /** Where `env` was read from, to check who else may read it. */
  readonly file?: string;
  /** Gets what the operator should know although the bot can start. */
  readonly tell?: (note: string) => void;
  /** Relative paths start here; the project's folder. */
  readonly root?: string;
}

const projectRoot = fileURLToPath(new URL('..', import.meta.url));
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
const unusedYet = ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET', 'METRICS_TOKEN'] as const;

function isAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
}

const isSafe = (address: string) => !/^http:/i.test(address) || loopback.has(URL.parse(address)?.hostname ?? '');
const address = z
  .string()
  .refine((text) => text === '' || isAddress(text), 'url')
  .transform((text) => text.replace(/\/+$/, ''));
const orElse = (fallback: string) => (text: unknown) => (text === undefined || text === '' ? fallback : text);
const choice = <const C extends readonly string[]>(values: C, fallback: C[number], fault: string) =>
  z.preprocess(orElse(fallback), z.string().toLowerCase().pipe(z.enum(values, fault)));

/** As GitHub's logins are, those of managed users among them. */
const loginForm = /^[a-z\d](?:[a-z\d_-]{0,99})$/i;

// The message of each check is its key in `words`.
const shape = z.object({
  HOST: z.preprocess(orElse('127.0.0.1'), z.string().trim()),
  PORT: z.preprocess(
    orElse('8000'),
    z
      .string()
      .regex(/^\d{1,5}$/, 'port')
      .transform(Number)
      .refine((port) => port <= 65535, 'port'),
  ),
  PUBLIC_URL: address.default(''),
  GITHUB_API_URL: z.preprocess(orElse('https://api.github.com'), address),
  GITHUB_APP_ID: z.string().trim().regex(/^\d*$/, 'appId').default(''),
  RECEIVE: choice(['webhook', 'pull'], 'webhook', 'receive'),
  DATABASE_URL: z.literal('', 'database').default(''),
  DATA_DIR: z.preprocess(orElse('data'), z.string().trim()),
  OPERATORS: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter((login) => login !== ''))
    .refine((logins) => logins.every((login) => loginForm.test(login)), 'operators'),
  TRUST_PROXY: choice(['false', 'true'], 'false', 'trustProxy'),
  LOG_TYPE: choice(['console', 'file'], 'console', 'logType'),
  LOG_LEVEL: choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'off'], 'info', 'logLevel'),
  LOG_FORMAT: choice(['text', 'json'], 'text', 'logFormat'),
});

/** Names this file reads, for `.env.example` and typing mistakes. */
export const settingNames: readonly string[] = [
  'NODE_ENV',
  'GITHUB_PRIVATE_KEY_PATH',
  ...Object.keys(shape.shape),
  ...secretNames,
  ...unusedYet,
].filter((name, index, all) => all.indexOf(name) === index);

/** Collects what is wrong and what is worth knowing while settings are read. */
class Findings {
  readonly faults: Said[] = [];
  readonly notes: Said[] = [];
  readonly production: boolean;
  constructor(production: boolean) {
    this.production = production;
  }
  fault(say: Say, setting: string): void {
    this.faults.push(say(setting));
  }
  note(say: Say, setting: string): void {
    this.notes.push(say(setting));
  }
  /** A fault in production, elsewhere a note. */
  risk(say: Say, setting: string): void {
    (this.production ? this.faults : this.notes).push(say(setting));
  }
}

interface Identity {
  readonly appId: string;
  readonly privateKey: string;
  readonly token: string;
}

function readKey(env: Env, root: string, findings: Findings): string {
  const path = env['GITHUB_PRIVATE_KEY_PATH'] ?? '';
  const inline = env['GITHUB_PRIVATE_KEY'] ?? '';
  const setting = path ? 'GITHUB_PRIVATE_KEY_PATH' : 'GITHUB_PRIVATE_KEY';
  if (!path && !inline) {
    findings.fault(words.noKey, 'GITHUB_PRIVATE_KEY_PATH');
    return '';
  }
  if (!path && findings.production) findings.note(words.inlineKey, setting);
  const file = resolve(root, path);
  const text = path ? readText(file) : inline.replaceAll('\\n', '\n');
  if (text === null) findings.fault(words.unreadableKey, setting);
  else if (!isAppKey(text)) findings.fault(words.badKey, setting);
  if (path && isOpenToOthers(file)) findings.risk(words.openFile, setting);
  return text ?? '';
}

/** As whom the bot speaks to GitHub; the server role speaks to nobody and reads no key. */
function readIdentity(role: Role, env: Env, root: string, findings: Findings): Identity {
  const appId = (env['GITHUB_APP_ID'] ?? '').trim();
  const token = (env['GITHUB_TOKEN'] ?? '').trim();
  if (role === 'server') return { appId, privateKey: '', token: '' };
  const hasKey = Boolean(env['GITHUB_PRIVATE_KEY_PATH'] || env['GITHUB_PRIVATE_KEY']);
  if (appId) {
    if (token) findings.note(words.bothIdentities, 'GITHUB_TOKEN');
    return { appId, privateKey: readKey(env, root, findings), token: '' };
  }
  if (!token) findings.fault(hasKey ? words.keyWithoutApp : words.noIdentity, 'GITHUB_APP_ID');
  return { appId: '', privateKey: '', token };
}

function readSecrets(role: Role, env: Env, findings: Findings): string[] {
  if (role === 'worker') return [];
  const names = ['GITHUB_WEBHOOK_SECRET', 'GITHUB_WEBHOOK_SECRET_PREVIOUS'] as const;
  return names.flatMap((name, index) => {
    const secret = env[name] ?? '';
    const isNeeded = index === 0 && env['RECEIVE']?.toLowerCase() !== 'pull';
    if (!isNeeded && secret === '') return [];
    const weakness = weaknessOf(secret);
    if (weakness === 'noSecret') findings.fault(words.noSecret, name);
    else if (weakness) findings.risk(words[weakness], name);
    return [secret];
  });
}

function addressesAndRest(env: Env, settings: z.output<typeof shape>, findings: Findings): void {
  if (!isSafe(settings.GITHUB_API_URL)) findings.risk(words.plainHttp, 'GITHUB_API_URL');
  if (settings.OPERATORS.length > 0 && !isSafe(settings.PUBLIC_URL)) findings.note(words.plainPages, 'PUBLIC_URL');
  const isApp = settings.GITHUB_APP_ID !== '';
  if (settings.RECEIVE === 'pull' && !isApp) findings.fault(words.pullWithoutApp, 'RECEIVE');
  for (const name of unusedYet) if (env[name]) findings.note(words.unused, name);
}

function faultsOf(error: z.ZodError | undefined, findings: Findings): void {
  for (const { message, path } of error?.issues ?? []) {
    findings.fault(words[message as keyof typeof words], String(path[0]));
  }
}

/** The language of the person at the terminal. */
export const languageOf = (env: Env): keyof Said =>
  /^zh/i.test(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ? 'zh' : 'en';

/** What is said to the person at the terminal. */
export const toReader = (said: Said): string => said[languageOf(process.env)];

/** Checks everything at once. Throws `BadSettings` with all faults; the result is frozen. */
export function readSettings(role: Role, env: Env, reading: Reading = {}): Settings {
  const { root = projectRoot, tell = () => {}, file } = reading;
  const findings = new Findings(env['NODE_ENV'] === 'production');
  const { data, error } = shape.safeParse(env);
  faultsOf(error, findings);
  const webhookSecrets = readSecrets(role, env, findings);
  const identity = readIdentity(role, env, root, findings);
  if (file && secretNames.some((name) => env[name]) && isOpenToOthers(file)) findings.risk(words.openEnv, '.env');
  if (data) addressesAndRest(env, data, findings);
  const language = languageOf(env);
  for (const note of findings.notes) tell(note[language]);
  if (!data || findings.faults.length > 0) throw new BadSettings(findings.faults, language);
  return Object.freeze({
    role,
    production: findings.production,
    host: data.HOST,
    port: data.PORT,
    publicUrl: data.PUBLIC_URL,
    ...identity,
    receive: data.RECEIVE,
    webhookSecrets: Object.freeze(webhookSecrets),
    apiUrl: data.GITHUB_API_URL,
    dataDir: resolve(root, data.DATA_DIR),
    rulesFile: resolve(root, 'config/rules.yml'),
    operators: Object.freeze(data.OPERATORS),
    trustProxy: data.TRUST_PROXY === 'true',
    logType: data.LOG_TYPE,
    logLevel: data.LOG_LEVEL,
    logFormat: data.LOG_FORMAT,
  });
}

/** Names in `.env` that look like one of ours and are not. */
function typingMistakes(names: readonly string[]): Said[] {
  return names.flatMap((name) => {
    if (settingNames.includes(name)) return [];
    const nearest = settingNames.find((known) => distance(known, name) <= 2);
    return nearest ? [unknownName(name, nearest)] : [];
  });
}

export interface Loading {
  readonly env?: NodeJS.ProcessEnv;
  /** The folder of `.env`. */
  readonly root?: string;
  readonly tell?: (note: string) => void;
}

/**
 * The settings of this process: `.env` in the project's folder, overruled by the environment. Secrets are taken out of the
 * environment, so that no child and no process list shows them.
 */
export function loadSettings(role: Role, loading: Loading = {}): Settings {
  const { env = process.env, root = projectRoot, tell = (note) => console.error(note) } = loading;
  const file = resolve(root, '.env');
  const written: Record<string, string> = {};
  dotenv.config({ path: file, quiet: true, processEnv: written });
  const all = { ...written, ...env };
  const language = languageOf(all);
  for (const mistake of typingMistakes(Object.keys(written))) tell(mistake[language]);
  if (!existsSync(file) && !secretNames.some((name) => env[name])) tell(words.noFile('.env')[language]);
  for (const name of secretNames) {
    if (env[name] && all['NODE_ENV'] === 'production') tell(words.fromEnvironment(name)[language]);
    delete env[name];
  }
  return readSettings(role, all, { file, tell, root });
}

/** Where an error says that the port is taken, what to do about it; any other error as it is. */
export function orPortTaken(error: unknown): unknown {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  return isTaken ? new BadSettings([words.portTaken('PORT')], languageOf(process.env)) : error;
}

/** Whether this process was started to run `file`: by Node.js, or by pm2, which runs a file of its own that imports it. */
export function isStartedAs(file: string): boolean {
  return process.argv[1] === file || process.env['pm_exec_path'] === file;
}
