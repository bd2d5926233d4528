import './in-memory.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../app/clock.ts';
import type { Log } from '../../app/log.ts';
import { start } from '../../app/main.ts';
import type { World } from '../../app/main.ts';
import { databaseFile } from '../../app/store/open-sqlite.ts';
import type { Settings } from '../../config/env.ts';
import type { FakeGitHub, World as GitHubWorld } from '../fake-github/fake-github.ts';
import { startFakeGitHub } from '../fake-github/start.ts';
import { memoryFolder } from '../scenarios/memory-folder.ts';
import { startLife, type Life } from '../scenarios/life.ts';
import type { VirtualClock } from '../scenarios/virtual-clock.ts';
import { forgetDatabases } from './memory-sqlite.ts';
import { openDoor, posting, type Deliver, type Door } from './door.ts';
import { tapped, type Listener } from './wiretap.ts';

const webhookSecret = 'sim-secret-0123456789-abcdefghijklmnopq';
const stillTurns = 4;
const stalledTurns = 12;
const longestDeadline = 120_000;
const minute = 60_000;
/** In a wait of this length or more, what the bot does every minute it does less often: nothing new happens in between. */
const [longWait, loopsEvery] = [10 * minute, 5 * minute];
const mostTurns = 200_000;

/** A bug put between the bot and its world, to see that it is found. */
export interface Plant {
  /** Stands between the bot and GitHub; another for each process. */
  readonly fetch?: (real: typeof fetch, clock: Clock) => typeof fetch;
  /** Stands between GitHub and the bot's door. */
  readonly door?: (real: Deliver) => Deliver;
  /** Happens to the files of a bot that was killed. */
  readonly atCrash?: (database: string) => void;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Who looks at all that goes in and out of the bot. */
export interface Witness extends Listener {
  logged(text: string): void;
  /** The process is gone; what it had kept is there. */
  died(database: string): void;
}

/** When time went by, and how much, in which the bot could do nothing that it had put off. */
export interface Skipped {
  readonly from: number;
  readonly ms: number;
}

/** The bot, the fake GitHub and the clock of one simulated life, moved on turn by turn of the event loop. */
export class SimStage {
  readonly clock: VirtualClock;
  readonly fake: FakeGitHub;
  /** The bot dies in so many turns. */
  crashIn = Infinity;
  crashes = 0;
  readonly skipped: Skipped[] = [];
  witness: Witness | null = null;
  /** What may happen to a delivery before it is at the bot's door. */
  mail: (deliver: Deliver) => Deliver = (deliver) => deliver;
  readonly #folder = mkdtempSync(join(memoryFolder(), 'sim-'));
  readonly #plant: Plant;
  #door: Door | null = null;
  #data = 1;
  #life: Life | null = null;
  #starting = 0;

  static async open(clock: VirtualClock, world: GitHubWorld, plant: Plant): Promise<SimStage> {
    const fake = await startFakeGitHub({ world, clock: clock.life(), webhookSecret });
    const stage = new SimStage(clock, fake, plant);
    await stage.#openDoor();
    await stage.#start();
    await stage.settle();
    return stage;
  }

  private constructor(clock: VirtualClock, fake: FakeGitHub, plant: Plant) {
    this.clock = clock;
    this.fake = fake;
    this.#plant = plant;
    writeFileSync(join(this.#folder, 'rules.yml'), '');
  }

  async #openDoor(): Promise<void> {
    const real = posting(() => (this.#life ? `${this.#life.url}/webhook` : ''));
    const planted = this.#plant.door?.(real) ?? real;
    this.#door = await openDoor((letter) => this.mail(planted)(letter));
    this.fake.sendTo(this.#door.url);
  }

  async #start(): Promise<void> {
    this.#starting += 1;
    const clock = this.clock.life();
    const startBot = (settings: Settings, world: Partial<World>) =>
      start(settings, { ...world, ...this.#watched(world, clock) });
    this.#life = await startLife(startBot, this.#settings(), clock);
    this.#starting -= 1;
  }

  /** The plant is a part of the bot: what is seen of the bot is what comes out of it. */
  #watched({ fetch = globalThis.fetch }: Partial<World>, clock: Clock): Partial<World> {
    const seen = tapped(fetch, {
      asked: (call) => this.witness?.asked(call),
      answered: (...answer) => this.witness?.answered(...answer),
    });
    const line = (text: string) => this.witness?.logged(text);
    const log: Log = { debug: line, info: line, warn: line, error: line };
    // What was on its way when the process died reaches nobody.
    const [planted, process] = [this.#plant.fetch?.(seen, clock) ?? seen, this.crashes];
    const fetchInLife: typeof planted = async (...call) => {
      const answer = await planted(...call);
      return process === this.crashes ? answer : new Promise<never>(() => {});
    };
    return { log, fetch: fetchInLife };
  }

  /** The bot's own memory. */
  get database(): string {
    return join(this.#folder, String(this.#data), databaseFile);
  }

  #settings(): Settings {
    const { app, url } = this.fake;
    return {
      ...{ role: 'both', production: false, host: '127.0.0.1', port: 0, publicUrl: '' },
      ...{ appId: app.id, privateKey: app.privateKey, webhookSecrets: [webhookSecret], token: '', apiUrl: url },
      ...{ dataDir: join(this.#folder, String(this.#data)), rulesFile: join(this.#folder, 'rules.yml') },
      ...{ operators: [], trustProxy: false, logType: 'console', logLevel: 'off', logFormat: 'text' },
    };
  }

  crash(): void {
    const life = this.#life;
    if (!life) return;
    this.crashes += 1;
    this.#life = null;
    life.kill();
    this.witness?.died(this.database);
    this.#plant.atCrash?.(this.database);
    void this.#start();
  }

  /** Another bot takes the place of this one: it remembers nothing. */
  async replace(): Promise<void> {
    this.#life?.kill();
    this.#life = null;
    this.#data += 1;
    await this.#start();
    await this.settle();
  }

  async #motion(): Promise<{ text: string; waiting: number; idle: boolean }> {
    const trouble = this.fake.trouble();
    if (trouble) throw trouble;
    const waiting = this.fake.busy() + (this.#life?.asking() ?? 0);
    const seen = this.fake.journal.length + this.fake.deliveries.length;
    // Whatever is on its way will be seen to arrive: only when nothing is, the queue says whether the bot goes on.
    const asks = waiting + this.#starting === 0;
    const { running, ready } = (asks && (await this.#life?.pending())) || { running: 0, ready: 0 };
    const busy = waiting + running + ready + this.#starting;
    return { text: `${waiting} ${running} ${ready} ${this.#starting} ${seen}`, waiting, idle: busy === 0 };
  }

  /** Resolves when the bot is idle, timers aside. */
  async settle(): Promise<void> {
    for (let turns = 0, still = 0, before = ''; turns < mostTurns; turns++) {
      const { text, waiting, idle } = await this.#motion();
      still = text === before ? still + 1 : 0;
      before = text;
      if (this.crashIn-- <= 0) {
        this.crashIn = Infinity;
        this.crash();
      } else if (still >= stillTurns && this.#starting === 0) {
        const passed = waiting > 0 ? still >= stalledTurns && this.clock.passAny(longestDeadline) : this.#passPause();
        if (passed) still = 0;
        else if (idle) return;
      }
      await turn();
    }
    throw new Error(`the bot did not become idle (${this.clock.describe()})`);
  }

  #passPause(): boolean {
    if (this.clock.pauses() === 0) return false;
    this.clock.passPause();
    return true;
  }

  /** Time goes by in which no timer of the bot ends. */
  skip(ms: number): void {
    const from = this.clock.now();
    this.clock.moveTo(from + ms);
    this.skipped.push({ from, ms });
  }

  async wait(ms: number): Promise<void> {
    await this.settle();
    const end = this.clock.now() + ms;
    if (ms >= longWait) this.clock.beginLongWait(loopsEvery);
    while (this.clock.fireNext(end)) await this.settle();
    this.clock.endWait();
    this.clock.moveTo(end);
  }

  async strike(): Promise<void> {
    this.#life?.kill();
    this.#life = null;
    this.#door?.close();
    await this.fake.stop();
    forgetDatabases(this.#folder);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
