import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../config/env.ts';
import type { Check, Outcome } from '../../scripts/doctor/check.ts';
import { AskGitHub, type Fetch } from '../../scripts/doctor/ask-github.ts';
import type { Ground } from '../../scripts/doctor/ground.ts';

export const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs1', format: 'pem' })
  .toString();

/** An answer of GitHub by path, or of another address by the whole of it; a function fails or hangs. */
export type Answers = Readonly<Record<string, unknown>>;

export const noon = Date.UTC(2026, 0, 5, 12);

interface Whole {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const isWhole = (answer: unknown): answer is Whole =>
  typeof answer === 'object' && answer !== null && 'status' in answer && 'body' in answer;

/** Answers as GitHub does; what is not named is refused as a connection. */
export function fetchFrom(answers: Answers, heard: string[] = []): Fetch {
  return async (input, init) => {
    const whole = input instanceof Request ? input.url : input.toString();
    const address = whole.replace('https://api.github.com', '');
    heard.push(`${address} ${JSON.stringify(init?.headers)}`);
    const answer = answers[address];
    if (answer === undefined)
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: 'ECONNREFUSED' }) });
    if (typeof answer === 'function') return (answer as () => Promise<Response>)();
    const { status, body, headers = {} } = isWhole(answer) ? answer : { status: 200, body: answer };
    const isText = typeof body === 'string';
    return new Response(isText ? body : JSON.stringify(body), {
      status,
      headers: {
        date: new Date(noon).toUTCString(),
        'x-github-request-id': 'A:1',
        'content-type': isText ? 'text/plain' : 'application/json',
        ...headers,
      },
    });
  };
}

const folder = mkdtempSync(join(tmpdir(), 'github-bot-doctor-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

export const newFolder = (): string => mkdtempSync(join(folder, 'one-'));

export function settingsIn(root: string, change: Partial<Settings> = {}): Settings {
  return {
    ...{ role: 'both', production: true, host: '127.0.0.1', port: 0, publicUrl: 'https://bot.example.com' },
    ...{ appId: '7', privateKey, webhookSecrets: ['s'.repeat(40)], token: '', apiUrl: 'https://api.github.com' },
    ...{ dataDir: join(root, 'data'), rulesFile: join(root, 'config/rules.yml') },
    ...{ logType: 'file', logLevel: 'info', logFormat: 'text', operators: [], trustProxy: false },
    ...change,
  };
}

export interface Given extends Omit<Partial<Ground>, 'settings'> {
  readonly settings?: Partial<Settings> | null;
  readonly answers?: Answers;
  readonly rules?: string;
  readonly heard?: string[];
}

/** A ground on which everything is in order but for what a test changes. */
export function groundWith(given: Given = {}): Ground {
  const { settings: change, answers = {}, rules = '', heard, ...rest } = given;
  const root = given.root ?? newFolder();
  mkdirSync(join(root, 'config'), { recursive: true });
  writeFileSync(join(root, 'config/rules.yml'), rules);
  const settings = change === null ? null : settingsIn(root, change);
  const fetch = fetchFrom({ '/rate_limit': {}, ...answers }, heard);
  const now = given.now ?? (() => noon + 500);
  return {
    ...{ root, language: 'en', env: {}, shell: {}, settings, faults: [], notes: [], strict: [], fetch, now },
    ...{ logsFolder: join(root, 'logs'), nodeVersion: '24.1.0' },
    github: settings && new AskGitHub(settings, fetch, now),
    pm2: { isAlive: () => false, apps: async () => [], node: async () => '24.1.0' },
    ...rest,
  };
}

/** What a check says on such a ground, as `state: text -> fix`, in English. */
export async function told(check: Check, given: Given = {}): Promise<string> {
  const looked = await check.look(groundWith(given));
  const found: readonly Outcome[] = 'state' in looked ? [looked] : looked;
  const lines = found.map(({ state, says, fix }) => [`${state}: ${says.en}`, ...fix.map(({ en }) => en)].join(' -> '));
  const bilingual = found.every(({ says, fix }) => [says, ...fix].every(({ en, zh }) => en !== '' && zh !== ''));
  if (!bilingual) throw new Error('not in both languages');
  // Nothing is at fault without a way to mend it.
  const stuck = found.find(({ state, fix, says }) => state === 'fail' && fix.length === 0 && says.en !== '');
  if (stuck) throw new Error(`no fix: ${stuck.says.en}`);
  return lines.join('\n');
}
