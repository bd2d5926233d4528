import { randomBytes } from 'node:crypto';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { deliver, freshBody, headersFor, startServer } from '../test/safety/server-process.ts';
import type { ServerProcess } from '../test/safety/server-process.ts';
import { takeNoArguments } from './usage.ts';

/** One connection of an attack. */
interface Attacker {
  readonly destroyed: boolean;
  destroy(): unknown;
}

/** What an attack does while ordinary deliveries go on coming in. */
interface Attack {
  readonly name: string;
  readonly start: (url: string) => readonly Attacker[];
  /** Its connections do nothing wrong but wait, so the server must end them. */
  readonly waits?: true;
}

const mebibyte = 1024 * 1024;
const most = { rss: 400, ms: 1_000, seconds: 22 };

function unsigned(url: string, size: number, more: Readonly<Record<string, string>>): Attacker {
  const headers = { ...headersFor('', randomBytes(20).toString('hex')), ...more };
  const call = request(`${url}/webhook`, { method: 'POST', headers, agent: false }, (answer) => answer.resume());
  call.on('error', () => {});
  const chunk = Buffer.alloc(64 * 1024, 32);
  let left = size;
  const push = (): void => {
    while (left > 0 && !call.destroyed) {
      left -= chunk.length;
      if (!call.write(chunk)) return void call.once('drain', push);
    }
    if (left <= 0) call.end();
  };
  push();
  return call;
}

function slow(url: string, start: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname, () => socket.write(start));
  return socket.on('error', () => {}).resume();
}

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const partOfHead = 'POST /webhook HTTP/1.1\r\nhost: a\r\n';
const head = `${partOfHead}content-type: application/json\r\nx-hub-signature-256: sha256=${'0'.repeat(64)}\r\ncontent-length: 1000\r\n\r\n{`;

const attacks: readonly Attack[] = [
  {
    name: '32 unsigned bodies of 25 MB',
    start: (url) => times(32, () => unsigned(url, 25 * mebibyte, { 'content-length': String(25 * mebibyte) })),
  },
  {
    name: '32 chunked bodies without an end',
    start: (url) => times(32, () => unsigned(url, Infinity, { 'transfer-encoding': 'chunked' })),
  },
  {
    name: '32 zipped bodies',
    start: (url) => times(32, () => unsigned(url, mebibyte, { 'content-encoding': 'gzip' })),
  },
  {
    name: '1,000 connections that are slow, each in its way',
    waits: true,
    start: (url) =>
      times(1_000, (at) => slow(url, ['', partOfHead, head, 'GET / HTTP/1.1\r\nhost: a\r\n\r\n'][at % 4] ?? '')),
  },
];

const rssOf = ({ child }: ServerProcess): number => {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) / 1024;
};

async function secondsUntilCut(attackers: readonly Attacker[], begun: number): Promise<number> {
  const seconds = () => (performance.now() - begun) / 1_000;
  while (attackers.some(({ destroyed }) => !destroyed) && seconds() < 60) await setTimeout(100);
  return seconds();
}

async function measure(attack: Attack): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'github-bot-flood-'));
  const server = await startServer(folder, [], { LOG_LEVEL: 'info' });
  const waits: number[] = [];
  let refused = 0;
  try {
    const begun = performance.now();
    const attackers = attack.start(server.url);
    for (const end = Date.now() + 8_000; Date.now() < end; await setTimeout(40)) {
      const sent = performance.now();
      const status = await deliver(server.url, freshBody(12_000)).catch(() => 0);
      waits.push(performance.now() - sent);
      if (status !== 202) refused += 1;
    }
    const cut = attack.waits ? await secondsUntilCut(attackers, begun) : 0;
    for (const attacker of attackers) attacker.destroy();
    const sorted = waits.toSorted((a, b) => a - b);
    const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? NaN;
    const rss = rssOf(server);
    const figures = `${waits.length} ordinary deliveries, ${refused} refused, p99 ${p99.toFixed(0)} ms, memory at most ${rss.toFixed(0)} MB`;
    const ended = attack.waits ? `, all cut after ${cut.toFixed(0)} s` : '';
    console.log(`${attack.name}: ${figures}${ended}`);
    return refused === 0 && rss <= most.rss && p99 <= most.ms && cut <= most.seconds;
  } finally {
    await server.end();
    rmSync(folder, { recursive: true });
  }
}

takeNoArguments('usage: npm run flood');
let isFine = true;
for (const attack of attacks) isFine = (await measure(attack)) && isFine;
if (!isFine) {
  console.error(
    `More than ${most.rss} MB, more than ${most.ms} ms, a connection that waits for ever, or an ordinary delivery that was refused.`,
  );
  process.exitCode = 1;
}
