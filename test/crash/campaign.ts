import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import type { FakeGitHub } from '../fake-github/fake-github.ts';
import { seededRandom } from '../fake-github/seeded-random.ts';
import { startFakeGitHub } from '../fake-github/start.ts';
import { doubledIn, lostIn } from './demands.ts';
import { fastAt, fastClock, realAt } from './fast-clock.ts';
import type { Tempo } from './fast-clock.ts';
import { handOver, Load, places, world } from './load.ts';
import { RoleProcess } from './role-process.ts';

export interface CampaignOptions {
  readonly kills: number;
  readonly seed: number;
  /** Told after every kill. */
  readonly tell?: (line: string) => void;
}

export interface CampaignResult {
  readonly kills: number;
  readonly lost: number;
  readonly doubled: number;
  /** Kills while a write was in flight. */
  readonly inWrites: number;
  readonly threads: number;
  readonly acknowledged: number;
  readonly refused: number;
  /** From the start of a worker to its first call, in milliseconds. */
  readonly firstCall: { readonly median: number; readonly longest: number };
  readonly integrity: string;
  readonly troubles: readonly string[];
}

const webhookSecret = '3f9a1c7e5b2d8046af13ce5790b8d264e1f7a35c';
const speed = 10;
const [shortest, longest] = [20, 2_000];
const betweenDeeds = 200;
/** GitHub bears 500 new comments and the like an hour of an installation; the bot keeps below 400. */
const contentPerHour = 250 * places.length;
/** While so many threads wait for the bot, people rest: else its limits, not its deaths, decide how many wait at the end. */
const mostOwed = 40;
/** So long nothing may be done of what is still owed: what failed often rests for five minutes of the bot's. */
const patience = 300_000 / speed + 60_000;
const quiet = 2_000;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

function contentOf({ journal }: FakeGitHub, since: number): number {
  return journal.filter(({ at, method, applied }) => applied && method === 'POST' && at > since).length;
}

/** Both roles as processes of their own under load, killed at moments of chance until enough have died. */
class Campaign {
  readonly #options: CampaignOptions;
  readonly #chance: () => number;
  readonly #folder = mkdtempSync(join(tmpdir(), 'crash-test-'));
  readonly #tempo: Tempo = { epoch: Date.now(), speed };
  readonly #firstCalls: number[] = [];
  #kills = 0;
  #inWrites = 0;
  readonly #fake: FakeGitHub;
  readonly #load: Load;
  readonly #roles: Readonly<Record<'server' | 'worker', RoleProcess>>;

  static async open(options: CampaignOptions): Promise<Campaign> {
    const tempo = { epoch: Date.now(), speed };
    const fake = await startFakeGitHub({ world, clock: fastClock(tempo), webhookSecret });
    await handOver(fake);
    return new Campaign(options, fake, tempo, await freePort());
  }

  private constructor(options: CampaignOptions, fake: FakeGitHub, tempo: Tempo, port: number) {
    this.#options = options;
    this.#chance = seededRandom(options.seed);
    this.#tempo = tempo;
    this.#fake = fake;
    this.#load = new Load(fake, seededRandom(options.seed + 1));
    writeFileSync(join(this.#folder, 'app.pem'), fake.app.privateKey, { mode: 0o600 });
    const env = {
      ...{ PORT: String(port), GITHUB_WEBHOOK_SECRET: webhookSecret, GITHUB_APP_ID: fake.app.id },
      ...{ GITHUB_API_URL: fake.url, GITHUB_PRIVATE_KEY_PATH: join(this.#folder, 'app.pem') },
      ...{ DATA_DIR: join(this.#folder, 'data'), NODE_COMPILE_CACHE: join(this.#folder, 'compiled') },
    };
    fake.sendTo(`http://127.0.0.1:${port}/webhook`);
    const role = (name: 'server' | 'worker') => new RoleProcess(name, env, tempo);
    this.#roles = { server: role('server'), worker: role('worker') };
  }

  get #going(): boolean {
    return this.#kills < this.#options.kills;
  }

  #owed(): number {
    return lostIn(this.#fake, this.#load).length;
  }

  #died(what: string): void {
    this.#kills += 1;
    this.#options.tell?.(`kill ${this.#kills}: ${what}`);
  }

  async #deeds(): Promise<void> {
    while (this.#going) {
      const hourAgo = this.#fake.journal.at(-1)?.at ?? 0;
      const isCalm = contentOf(this.#fake, hourAgo - 3_600_000) < contentPerHour && this.#owed() < mostOwed;
      if (isCalm) await this.#load.step();
      await setTimeout(betweenDeeds);
    }
  }

  /** Every third life is killed at a moment of its start, the others some time after it. */
  async #live(role: RoleProcess, turn: number): Promise<string> {
    const ms = shortest + this.#chance() * (longest - shortest);
    if (turn % 3 > 0) await role.up;
    await setTimeout(ms);
    return `${Math.round(ms)} ms after ${turn % 3 > 0 ? 'it was up' : 'its start'}`;
  }

  async #killServer(): Promise<void> {
    const { server } = this.#roles;
    for (let turn = 0; this.#going; turn++) {
      server.start();
      const when = await this.#live(server, turn);
      if (this.#going) this.#died(`the server ${when}`);
      await server.kill();
    }
  }

  /** Resolves when the worker is in its write `skip`, or after the longest time. */
  async #inWrite(skip: number, applied: boolean): Promise<string | null> {
    await this.#roles.worker.up;
    const { promise, resolve } = Promise.withResolvers<string | null>();
    let left = skip;
    this.#fake.gate(({ route }) => (left-- > 0 ? 'pass' : { apply: applied, stopped: () => resolve(route) }));
    const waited = new AbortController();
    const late = setTimeout(2 * longest, null, { signal: waited.signal }).catch(() => null);
    const route = await Promise.race([promise, late]);
    waited.abort();
    this.#fake.gate(null);
    return route;
  }

  async #killWorker(): Promise<void> {
    const { server, worker } = this.#roles;
    for (let turn = 0; this.#going; turn++) {
      const before = this.#fake.journal.length;
      worker.start();
      const [skip, applied] = [Math.floor(this.#chance() * 4), this.#chance() < 0.5];
      const route = turn % 2 === 1 ? await this.#inWrite(skip, applied) : null;
      const where = route ? `in ${route}, ${applied ? '' : 'not '}applied` : await this.#live(worker, turn / 2);
      const both = turn % 6 === 2;
      if (this.#going) this.#died(`the worker ${where}${both ? ', and the server' : ''}`);
      if (route) this.#inWrites += 1;
      this.#noteFirstCall(before);
      await Promise.all([worker.kill(), both && server.kill()]);
    }
  }

  #noteFirstCall(from: number): void {
    const first = this.#fake.journal[from];
    const at = first && realAt(this.#tempo, first.at) - this.#roles.worker.startedAt;
    if (at !== undefined && at > 0) this.#firstCalls.push(Math.round(at));
  }

  /** Both are started for good; resolves when all is as it should be and stays so, or when nothing more is done. */
  async #settle(): Promise<void> {
    const { server, worker } = this.#roles;
    worker.start();
    server.start();
    await Promise.all([worker.up, server.up]);
    await this.#load.finish();
    let [end, least] = [Infinity, Infinity];
    for (let still = 0, seen = -1; still < quiet && Date.now() < end; await setTimeout(100)) {
      const now = this.#fake.journal.length + this.#fake.deliveries.length;
      const owed = this.#owed();
      if (owed < least) [end, least] = [Date.now() + patience, owed];
      still = now === seen && this.#fake.busy() === 0 && owed === 0 ? still + 100 : 0;
      seen = now;
    }
  }

  /** What was written to each of these threads, and how their lanes wait. */
  #storyOf(db: DatabaseSync, lies: readonly string[]): string[] {
    const lane = db.prepare('SELECT * FROM lanes WHERE subject LIKE ? AND lane LIKE ?');
    const now = fastAt(this.#tempo, Date.now());
    return lies.flatMap((lie) => {
      const [, repo = '', number = ''] = /\((\S+)#(\d+)\)/.exec(lie) ?? [];
      const path = new RegExp(`^/repos/${repo}/.*/${number}(/|$)`);
      const own = this.#fake.journal.filter((entry) => entry.write && path.test(entry.path));
      const writes = own.map(({ at, method, path, status, note }) => `  ${at} ${method} ${path} ${status} ${note}`);
      return [...writes, `  ${now} ${JSON.stringify(lane.all(`%"${repo.split('/')[1]}"%`, `%#${number}`))}`];
    });
  }

  async run(): Promise<CampaignResult> {
    const { server, worker } = this.#roles;
    await Promise.all([this.#deeds(), this.#killServer(), this.#killWorker()]);
    await this.#settle();
    const [lost, doubled] = [lostIn(this.#fake, this.#load), doubledIn(this.#fake, this.#load)];
    await Promise.all([worker.kill(), server.kill()]);
    const db = new DatabaseSync(join(this.#folder, 'data', 'github-bot.sqlite'));
    const [checked] = db.prepare('PRAGMA integrity_check').all();
    const statuses = this.#fake.deliveries.map(({ status }) => status);
    const calls = this.#firstCalls.toSorted((one, other) => one - other);
    const median = calls[Math.floor(calls.length / 2)] ?? 0;
    return {
      ...{ kills: this.#kills, lost: lost.length, doubled: doubled.length, inWrites: this.#inWrites },
      ...{ threads: this.#load.threads.size, acknowledged: statuses.filter((one) => one === 202).length },
      refused: statuses.filter((one) => one !== 202).length,
      firstCall: { median, longest: calls.at(-1) ?? 0 },
      integrity: String(checked?.['integrity_check']),
      troubles: [...lost, ...this.#storyOf(db, lost), ...doubled, ...worker.deaths, ...server.deaths],
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.#roles.worker.kill(), this.#roles.server.kill()]);
    await this.#fake.stop();
    rmSync(this.#folder, { recursive: true });
  }
}

/** Kills server and worker under load, then looks at GitHub for what was acknowledged and is not done, or is done twice. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const campaign = await Campaign.open(options);
  try {
    return await campaign.run();
  } finally {
    await campaign.close();
  }
}
