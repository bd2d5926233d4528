import { App } from '@octokit/app';
import { Octokit } from '@octokit/core';
import type { Settings } from '../../config/env.ts';
import type { Clock } from '../clock.ts';
import type { Budget } from './budget.ts';
import { appCredential, signJwt, tokenCredential, Tokens, type Use } from './credentials.ts';
import { createDeliveryLog } from './delivery-log.ts';
import { findRepo } from './find-repo.ts';
import { Gateway } from './gateway.ts';
import type { GatewayPorts } from './gateway.ts';
import type { GitHub, Permissions } from './github.ts';
import { guardFetch, type Fetch } from './guarded-fetch.ts';
import { Installations } from './installations.ts';
import { parseJson } from './parse-json.ts';
import type { Answer } from './read-answer.ts';
import { createSend, type Exchange } from './sender.ts';

export interface GitHubOptions {
  readonly settings: Pick<Settings, 'appId' | 'privateKey' | 'token' | 'apiUrl'>;
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly budget: Budget;
  /** What the tokens are narrowed to, besides the one repository. */
  readonly permissions: Readonly<Record<Use, Permissions>>;
  /** For the log; never holds a token, a header or a body. */
  readonly onNotice: (text: string) => void;
}

const apiVersion = '2022-11-28';

function failed(error: unknown): Answer {
  // Octokit throws for 304 and from 400 on; the answer hangs on the error.
  const { response } = error as { response?: { status: number; headers: Answer['headers']; data: unknown } };
  if (response) return { status: response.status, headers: response.headers, data: response.data, snag: null };
  const reason = error instanceof Error ? error.message : 'an unknown failure';
  return { status: 0, headers: {}, data: null, snag: `no answer from GitHub: ${reason.slice(0, 200)}` };
}

/** Octokit without any plugin and with JSON read by us: its retries would repeat writes, and its throttling is per process instead of per installation. */
function createExchange(octokit: Octokit): Exchange {
  return async ({ route, params, headers }) => {
    try {
      const fixed = { accept: 'application/vnd.github+json', 'x-github-api-version': apiVersion };
      const request = { parseSuccessResponseBody: false };
      const answer = await octokit.request(route, { ...params, headers: { ...headers, ...fixed }, request });
      const text = Buffer.isBuffer(answer.data) ? answer.data.toString() : '';
      return { status: answer.status, headers: answer.headers, data: parseJson(text), snag: null };
    } catch (error) {
      return failed(error);
    }
  };
}

/**
 * Octokit's own JWT takes the time from the machine; ours comes from the clock port. Tokens are minted by us too: auth-app
 * repeats requests after a 401 by itself and shares its pending token requests between all Apps of a process.
 */
function createJwtSource(settings: GitHubOptions['settings'], base: object): (nowMs: number) => Promise<string> {
  let now = 0;
  const createJwt = async () => signJwt(settings.appId, settings.privateKey, now);
  const WithClock = Octokit.defaults((options: object) => ({
    ...options,
    ...base,
    auth: { appId: settings.appId, createJwt },
  }));
  const app = new App({ appId: settings.appId, privateKey: settings.privateKey, Octokit: WithClock });
  return async (nowMs) => {
    now = nowMs;
    const { token } = (await app.octokit.auth({ type: 'app' })) as { token: string };
    return token;
  };
}

function withToken(token: string, ports: Omit<GatewayPorts, 'access'>): GitHub {
  const access = { account: 'token', credential: tokenCredential(token) };
  const gateway = new Gateway({ ...ports, access: async () => access });
  return {
    identity: 'token',
    appId: null,
    deliveries: null,
    repo: (subject) => gateway.repo(subject),
    find: (asking, name) => findRepo(asking.repo.owner, name, access, ports),
    // A personal token belongs to no installation, and no webhook will speak of one.
    reachedBy: async () => [],
  };
}

/** The gateway in App mode, or with a personal token when the settings hold one instead. */
export function createGitHub(options: GitHubOptions): GitHub {
  const { settings, clock, budget, permissions, onNotice } = options;
  const apiUrl = settings.apiUrl.replace(/\/+$/, '');
  const fetch = guardFetch({ fetch: options.fetch, clock, origin: new URL(apiUrl).origin });
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: onNotice, error: onNotice };
  const base = { baseUrl: apiUrl, userAgent: 'github-bot', log, request: { fetch, log } };
  const send = createSend({ exchange: createExchange(new Octokit(base)), budget, clock });

  if (settings.appId === '') return withToken(settings.token, { send, clock, apiUrl });

  const app = appCredential(clock, createJwtSource(settings, base));
  const installations = new Installations({ app, send, clock, permissions, onNotice });
  const tokens = new Tokens(clock, (...which) => installations.mint(...which));
  const gateway = new Gateway({
    send,
    clock,
    apiUrl,
    async access(subject, use) {
      const installation = await installations.of(subject);
      return { account: String(installation), credential: tokens.credential(installation, subject.repo.id, use) };
    },
  });
  return {
    identity: 'app',
    appId: Number(settings.appId),
    deliveries: createDeliveryLog(app, { send, clock }),
    repo: (subject) => gateway.repo(subject),
    find: (asking, name) => installations.find(asking, name),
    reachedBy: (installation) => installations.reachedBy(installation),
  };
}
