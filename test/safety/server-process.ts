import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const main = join(import.meta.dirname, '../../app/main.ts');
const patience = 30_000;

export const webhookSecret = '5d0b7ce1f2a94836bb70e1c45a9d3f82670c14ee';

/** The server role in a process of its own, as an operator starts it. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** All it has printed so far. */
  printed(): string;
  end(): Promise<void>;
}

/** Starts the server with its files in `folder`; `wrap` is a program that starts it, with its arguments. */
export async function startServer(
  folder: string,
  wrap: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const env = {
    ...{ PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', LOG_LEVEL: 'debug', PORT: '0' },
    ...{ GITHUB_WEBHOOK_SECRET: webhookSecret, GITHUB_APP_ID: '42', DATA_DIR: join(folder, 'data') },
    ...more,
  };
  const [program = '', ...args] = [...wrap, process.execPath, '--disable-warning=ExperimentalWarning', main, 'server'];
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (text += part));
  const gone = once(child, 'exit');
  for (const end = Date.now() + patience; !text.includes('server is up'); await setTimeout(10)) {
    if (Date.now() > end || child.exitCode !== null) throw new Error(`the server did not start\n${text}`);
  }
  const end = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await gone;
  };
  return { child, url: /http:\/\/[\d.]+:\d+/.exec(text)?.[0] ?? '', printed: () => text, end };
}

/** The body of a comment nobody has made before. */
export const freshBody = (padding = 0) =>
  JSON.stringify({
    action: 'created',
    issue: { number: 3 },
    comment: { id: 1, body: `${randomUUID()}${'x'.repeat(padding)}` },
    repository: { id: 7, name: 'shop', owner: { login: 'acme' } },
    installation: { id: 5 },
  });

export function headersFor(body: string | Buffer, secret = webhookSecret): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-github-event': 'issue_comment',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
}

/** Sends a signed delivery over a connection of its own; its status. */
export async function deliver(url: string, body = freshBody()): Promise<number> {
  const call = request(`${url}/webhook`, { method: 'POST', headers: headersFor(body), agent: false });
  call.end(body);
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  return answer.statusCode ?? 0;
}
