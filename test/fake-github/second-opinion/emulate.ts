import { createEmulator } from 'emulate';
import { signJwt, startFixture, type Answer } from '../fake-github-fixture.ts';

/** A GitHub that a script can be played against. */
export interface Opinion {
  asApp(route: string, body?: unknown): Promise<Answer>;
  call(route: string, body?: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

const readme = '# shop\n';
const appId = '424242';
export const installation = 808080;

async function send(base: string, route: string, token: string, body?: unknown): Promise<Answer> {
  const [method = 'GET', path = ''] = route.split(' ');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const more = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(base + path, { method, headers, ...more });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text), headers: answer.headers };
}

/** The emulator of Vercel Labs, with the same organisation, repository and App as the fake. */
export async function startEmulate(): Promise<Opinion> {
  const permissions = { issues: 'write', contents: 'write', pull_requests: 'write', metadata: 'read', checks: 'write' };
  const installations = [{ installation_id: installation, account: 'acme', repository_selection: 'all' }];
  const github = {
    users: [{ login: 'lin' }],
    orgs: [{ login: 'acme', members: [{ login: 'lin', role: 'admin' }] }],
    repos: [{ owner: 'acme', name: 'shop', auto_init: true }],
    apps: [{ app_id: Number(appId), slug: 'github-bot', name: 'github-bot', permissions, events: [], installations }],
  };
  const emulator = await createEmulator({ service: 'github', port: 0, seed: { github } });
  const key = emulator.generatedSecrets.find(({ kind }) => kind === 'github.app_private_key')?.value ?? '';
  const asApp = (route: string, body?: unknown) => {
    const seconds = Math.floor(Date.now() / 1000);
    const jwt = signJwt(key, { iss: appId, iat: seconds - 30, exp: seconds + 500 });
    return send(emulator.url, route, jwt, body);
  };
  const made = await asApp(`POST /app/installations/${installation}/access_tokens`, {});
  const token = String(made.body.token);
  return { asApp, call: (route, body) => send(emulator.url, route, token, body), stop: () => emulator.close() };
}

export async function startOurs(): Promise<Opinion> {
  const ours = await startFixture({ people: { lin: 'admin' }, members: ['lin'], files: { 'README.md': readme } });
  return {
    asApp: (route, body) => ours.asApp(route, body),
    call: (route, body) => ours.call(route, body),
    stop: () => ours.stop(),
  };
}
