import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { systemClock } from '../../app/clock.ts';
import type { FakeGitHub } from '../fake-github/fake-github.ts';
import { startFakeGitHub } from '../fake-github/start.ts';
import { Stage } from './stage.ts';

/** Reloads of a real bot under pm2 while signed deliveries come in without a pause. */
export interface Plan {
  readonly reloads: number;
  /** Deliveries a second. */
  readonly rate: number;
  /** `deploy`: all of `npm run deploy`; `pm2`: only the reload in it. */
  readonly by: 'deploy' | 'pm2';
  readonly tell?: (line: string) => void;
  /** Ends it early, and leaves nothing behind. */
  readonly signal?: AbortSignal;
}

export interface Figures {
  readonly reloads: number;
  readonly seconds: number;
  readonly sent: number;
  /** Answered with 202. */
  readonly accepted: number;
  /** Answered otherwise, or not at all. */
  readonly refused: number;
  /** Sent a second time, since a kept connection was closed while it was on its way. */
  readonly resent: number;
  /** Accepted, and not in the store or never considered. */
  readonly lost: number;
  /** Comments made more than once on a thread. */
  readonly doubled: number;
  /** Milliseconds from the first byte sent to the answer. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  /** What refused deliveries met, and how often. */
  readonly reasons: Readonly<Record<string, number>>;
}

interface Letter {
  readonly event: string;
  readonly payload: object;
}

/** A status, or what came instead. */
type Answer = number | string;
const closedMeanwhile = 'the kept connection was closed';

interface Sent {
  readonly guid: string;
  readonly answer: Answer;
  readonly ms: number;
}

const threads = 6;
/** As many as a proxy in front keeps open. */
export const keptConnections = 16;
/** How long the worker may take to work off what is left at the end. */
const patience = 180_000;

async function fill(fake: FakeGitHub): Promise<readonly Letter[]> {
  for (let n = 1; n <= threads; n++) {
    const files = { [`src/${n}.ts`]: `${n}` };
    await fake.act('open-pull', { by: 'bob', as: `pull-${n}`, title: `change number ${n}`, files });
  }
  while (fake.busy() > 0) await setTimeout(10);
  const bodies = fake.deliveries as unknown as readonly { readonly event: string; readonly body: string }[];
  const opened = bodies.filter(({ event }) => event === 'pull_request');
  return opened.map(({ event, body }) => ({ event, payload: JSON.parse(body) as object }));
}

/** A proxy in front keeps its connections, GitHub itself does not: every second delivery comes each way. */
class Load {
  readonly sent: Sent[] = [];
  resent = 0;
  readonly #kept = new Agent({ keepAlive: true, maxSockets: keptConnections });
  readonly #underWay = new Set<Promise<void>>();
  readonly #stage: Stage;
  readonly #letters: readonly Letter[];
  #goesOn = true;
  #count = 0;

  constructor(stage: Stage, letters: readonly Letter[]) {
    this.#stage = stage;
    this.#letters = letters;
  }

  /** One request, over the agent's kept connections or one of its own. */
  #post(headers: Readonly<Record<string, string | number>>, body: string, agent: Agent | false): Promise<Answer> {
    return new Promise((resolve) => {
      // As long as GitHub waits.
      const signal = AbortSignal.timeout(10_000);
      const where = { host: '127.0.0.1', port: this.#stage.port, path: '/webhook', method: 'POST' };
      const options = { ...where, headers, agent, signal };
      const call = request(options, (answer) => {
        answer.on('error', (error) => resolve(error.message));
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      });
      call.on('error', (error: NodeJS.ErrnoException) => {
        if (call.reusedSocket && error.code === 'ECONNRESET') return resolve(closedMeanwhile);
        resolve(
          `${signal.aborted ? 'no answer in 10 s' : (error.code ?? error.message)}${agent ? ', kept connection' : ''}`,
        );
      });
      call.end(body);
    });
  }

  /** A kept connection may be closed in the moment it is used; whoever keeps connections sends once more on a new one. */
  async #deliver({ event, payload }: Letter, guid: string): Promise<Answer> {
    // Each has bytes of its own, or they would fold into one delivery.
    const body = JSON.stringify({ ...payload, sent: this.#count });
    const signature = createHmac('sha256', this.#stage.webhookSecret).update(body).digest('hex');
    const headers = {
      ...{ 'content-type': 'application/json', 'x-github-event': event, 'x-github-delivery': guid },
      ...{ 'x-hub-signature-256': `sha256=${signature}`, 'content-length': Buffer.byteLength(body) },
    };
    const answer = await this.#post(headers, body, this.#count % 2 === 0 ? this.#kept : false);
    if (answer !== closedMeanwhile) return answer;
    this.resent += 1;
    return this.#post(headers, body, false);
  }

  async #send(letter: Letter): Promise<void> {
    const [guid, begun] = [randomUUID(), performance.now()];
    const answer = await this.#deliver(letter, guid);
    this.sent.push({ guid, answer, ms: performance.now() - begun });
  }

  /** Sends at an even pace until it is stopped, whether answers come or not. */
  async run(rate: number): Promise<void> {
    const begun = performance.now();
    while (this.#goesOn) {
      const due = ((performance.now() - begun) / 1_000) * rate;
      for (; this.#count < due; this.#count++) {
        const letter = this.#letters[this.#count % this.#letters.length];
        if (!letter) throw new Error('there is nothing to send');
        const sending = this.#send(letter).finally(() => this.#underWay.delete(sending));
        this.#underWay.add(sending);
      }
      await setTimeout(5);
    }
    await Promise.all(this.#underWay);
    this.#kept.destroy();
  }

  stop(): void {
    this.#goesOn = false;
  }
}

async function reload(stage: Stage, by: Plan['by']): Promise<void> {
  const { status, out, err } = await (by === 'deploy'
    ? stage.deploy()
    : stage.pm2(['reload', 'ecosystem.config.js', '--only', 'github-bot']));
  if (status !== 0) throw new Error(`the reload failed:\n${out}\n${err}`);
}

/** Waits until the worker has nothing left, then names the deliveries that are not done. */
async function unfinished(stage: Stage, guids: ReadonlySet<string>): Promise<string[]> {
  const db = new DatabaseSync(stage.database, { readOnly: true, timeout: 5_000 });
  const waiting = db.prepare(`SELECT count(*) AS n FROM deliveries WHERE state = 'waiting'`);
  for (const end = Date.now() + patience; Number(waiting.get()?.['n']) > 0 && Date.now() < end;) await setTimeout(200);
  const done = db.prepare(`SELECT guid FROM deliveries WHERE state = 'done'`).all();
  db.close();
  const known = new Set(done.map(({ guid }) => String(guid)));
  return [...guids].filter((guid) => !known.has(guid));
}

function doubledIn(fake: FakeGitHub, count: number): number {
  const comments = Array.from({ length: count }, (_, n) => fake.thread(`pull-${n + 1}`).comments);
  return comments.reduce((sum, all) => sum + Math.max(0, all.filter(({ us }) => us).length - 1), 0);
}

function summary(sent: readonly Sent[]): Omit<Figures, 'reloads' | 'seconds' | 'resent' | 'lost' | 'doubled'> {
  const refused = sent.filter(({ answer }) => answer !== 202);
  const times = sent.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((times[Math.floor((times.length - 1) * share)] ?? 0) * 10) / 10;
  const reasons = Map.groupBy(refused, ({ answer }) => String(answer));
  return {
    ...{ sent: sent.length, accepted: sent.length - refused.length, refused: refused.length },
    ...{ p50: at(0.5), p99: at(0.99), longest: at(1) },
    reasons: Object.fromEntries([...reasons].map(([reason, all]) => [reason, all.length])),
  };
}

async function underLoad(plan: Plan, stage: Stage, fake: FakeGitHub): Promise<Figures> {
  const tell = plan.tell ?? (() => {});
  const load = new Load(stage, await fill(fake));
  const begun = performance.now();
  const running = load.run(plan.rate);
  try {
    for (let count = 1; count <= plan.reloads; count++) {
      await setTimeout(500);
      plan.signal?.throwIfAborted();
      await reload(stage, plan.by);
      const { sent, reasons, p99 } = summary(load.sent);
      tell(`reload ${count} of ${plan.reloads}: ${sent} answered, refused ${JSON.stringify(reasons)}, p99 ${p99} ms`);
    }
    await setTimeout(500);
  } finally {
    load.stop();
    await running;
  }
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  const accepted = new Set(load.sent.filter(({ answer }) => answer === 202).map(({ guid }) => guid));
  const lost = await unfinished(stage, accepted);
  const [rest, { resent }] = [summary(load.sent), load];
  return { reloads: plan.reloads, seconds, ...rest, resent, lost: lost.length, doubled: doubledIn(fake, threads) };
}

/** Deploys a checkout in a folder of its own, with a pm2 and a pretended GitHub of its own, and plays the plan there. */
export async function playReloads(plan: Plan): Promise<Figures> {
  const stage = new Stage();
  const world = { people: { bob: 'read' }, files: { '.github/github-bot.yml': 'pr-title: true\n' } };
  const fake = await startFakeGitHub({ world, clock: systemClock, webhookSecret: stage.webhookSecret });
  try {
    await stage.writeSettings(fake);
    await reload(stage, 'deploy');
    return await underLoad(plan, stage, fake);
  } finally {
    await stage.close();
    await fake.stop();
  }
}
