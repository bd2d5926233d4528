import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { isSameSite } from '../../app/receive/access.ts';
import type { Worlds } from './worlds.ts';

const local = /^(localhost|127\.0\.0\.1)(:\d+)?$/;

/** Whether a request is from this machine and, when it wants something done, from one of our own pages. */
export function isOurs(incoming: IncomingMessage): boolean {
  const { method, headers } = incoming;
  const isRead = method === 'GET' || method === 'HEAD';
  return local.test(headers.host ?? '') && (isRead || isSameSite(incoming));
}

/** Passes a request on to one of the servers of a world, as it came. */
function passOn(to: string, incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
  const { hostname, port } = new URL(to);
  const { method = 'GET', url = '/', headers } = incoming;
  return new Promise((resolve) => {
    const call = request({ hostname, port, method, path: url, headers, agent: false }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer).on('close', resolve);
    });
    call.on('error', () => {
      if (!answer.headersSent) answer.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' });
      answer.end('Nobody answers here now: Reset the scenario.\n此刻这里无人应答：请重置场景。\n');
      resolve();
    });
    incoming.pipe(call);
  });
}

/** Leads to the bot or the GitHub of one world: the one that `?story=` names, else the one that was wanted last. */
export async function leadOn(
  worlds: Worlds,
  side: 'bot' | 'fake',
  incoming: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const named = new URL(incoming.url ?? '/', 'http://localhost').searchParams.get('story');
  const world = (named === null ? null : await worlds.want(named)) ?? worlds.current;
  const address = world?.addresses[side] ?? '';
  if (address !== '') return passOn(address, incoming, answer);
  answer.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' });
  answer.end('The bot of this scenario is not running now.\n这个场景里的机器人此刻没有运行。\n');
}
