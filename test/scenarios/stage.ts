import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../../config/env.ts';
import type { FakeGitHub, FakeOptions } from '../fake-github/fake-github.ts';
import { looksBack } from './fault-shape.ts';
import { type Life, type StartBot, startLife } from './life.ts';
import { memoryFolder } from './memory-folder.ts';
import { type Motion, Pace, type PaceOptions } from './pace.ts';
import type { Failure, Scenario } from './scenario.ts';
import type { VirtualClock } from './virtual-clock.ts';

export type StartFake = (options: FakeOptions) => Promise<FakeGitHub>;

export interface Cast extends PaceOptions {
  readonly startFake: StartFake;
  readonly startBot: StartBot;
  readonly seed?: number;
  /** `pull`: nobody can call the bot, and GitHub has no address to send to. Default `webhook`. */
  readonly receive?: 'webhook' | 'pull';
}

const webhookSecret = 'scenario-secret-0123456789-abcdefghijklm';

/** The fake GitHub, the bot and the clock of one scenario. */
export class Stage {
  readonly clock: VirtualClock;
  readonly fake: FakeGitHub;
  readonly pace: Pace;
  /** The answer to the last `http` step. */
  httpStatus: number | null = null;
  /** Requests of the bot in steps other than `wait` since the last `expect`. */
  calls = { all: 0, writes: 0 };
  /** The thread each named comment or review is on. */
  readonly threadOf = new Map<string, string>();
  #life: Life | null = null;
  #acting = 0;
  #changing = 0;
  #trouble: Error | null = null;
  readonly #folder: string;
  readonly #startBot: StartBot;
  readonly #receive: 'webhook' | 'pull';

  constructor(clock: VirtualClock, fake: FakeGitHub, folder: string, cast: Cast) {
    this.clock = clock;
    this.fake = fake;
    this.#folder = folder;
    this.#startBot = cast.startBot;
    this.#receive = cast.receive ?? 'webhook';
    this.pace = new Pace(clock, () => this.#motion(), cast);
  }

  /** '' while the bot is down. */
  get botUrl(): string {
    return this.#life?.url ?? '';
  }

  /** Where the bot keeps its files. */
  get dataDir(): string {
    return join(this.#folder, 'data');
  }

  get isUp(): boolean {
    return this.#life !== null;
  }

  async #motion(): Promise<Motion> {
    const trouble = this.#trouble ?? this.fake.trouble();
    if (trouble) throw trouble;
    const life = this.#changing > 0 ? null : this.#life;
    const { running, ready } = (await life?.pending()) ?? { running: 0, ready: 0 };
    const asking = this.#life?.asking() ?? 0;
    const seen = this.fake.journal.length + this.fake.deliveries.length;
    return { sending: this.fake.busy() + this.#acting, asking, running, ready, starting: this.#changing > 0, seen };
  }

  /** A change of life under way; `settle` waits for it and fails with it. */
  #change(work: () => Promise<void>): void {
    this.#changing += 1;
    void this.#watch(work()).finally(() => {
      this.#changing -= 1;
    });
  }

  /** Something happens in the world; `settle` waits for it and fails with it. */
  act(deed: Promise<void>): void {
    this.#acting += 1;
    void this.#watch(deed).finally(() => {
      this.#acting -= 1;
    });
  }

  #watch(work: Promise<void>): Promise<void> {
    return work.catch((error: unknown) => {
      this.#trouble = error instanceof Error ? error : new Error(String(error));
    });
  }

  async #start(): Promise<void> {
    this.#life = await startLife(this.#startBot, this.#settings(), this.clock.life());
    if (this.#receive === 'webhook') this.fake.sendTo(`${this.#life.url}/webhook`);
  }

  up(): void {
    if (this.#life) throw new Error('the bot is up already');
    this.#change(() => this.#start());
  }

  /** The fake goes on sending to the old address, as GitHub would. */
  down(): void {
    const life = this.#life;
    if (!life) throw new Error('the bot is down already');
    this.#change(async () => {
      await life.stop();
      this.#life = null;
    });
  }

  crash(): void {
    const life = this.#life;
    if (!life) throw new Error('the bot is down: it cannot crash');
    this.#life = null;
    life.kill();
    this.#change(() => this.#start());
  }

  /** The bot dies while its next write is in flight. */
  crashAtNextWrite(applied: boolean): void {
    this.fake.gate(() => {
      this.fake.gate(null);
      return { apply: applied, stopped: () => this.crash() };
    });
  }

  #settings(): Settings {
    const { app, url } = this.fake;
    return {
      ...{ role: 'both', production: false, host: '127.0.0.1', port: 0, publicUrl: '', receive: this.#receive },
      ...{ appId: app.id, privateKey: app.privateKey, webhookSecrets: [webhookSecret], token: '', apiUrl: url },
      ...{ dataDir: this.dataDir, rulesFile: rulesFile(this.#folder) },
      ...{ operators: [], trustProxy: false, logType: 'console', logLevel: 'off', logFormat: 'text' },
    };
  }

  /** What GitHub's published schemas say against the bot or the fake since the last call. */
  violations(): readonly Failure[] {
    const expected = 'what GitHub describes';
    return this.fake.takeViolations().map((seen) => ({ key: 'github', expected, seen }));
  }

  async strike(): Promise<void> {
    const life = this.#life;
    this.#life = null;
    life?.kill();
    await this.fake.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

const rulesFile = (folder: string) => join(folder, 'rules.yml');

/** Puts everything in place for a scenario and waits until the bot has started and is idle. */
export async function setStage(scenario: Scenario, clock: VirtualClock, cast: Cast): Promise<Stage> {
  const folder = await mkdtemp(join(memoryFolder(), 'github-bot-scenario-'));
  await writeFile(rulesFile(folder), scenario.rules);
  const remembers = scenario.steps.some(({ name, keys }) => looksBack(name, keys));
  const fake = await cast.startFake({ world: scenario.world, clock: clock.life(), webhookSecret, port: 0, remembers });
  const stage = new Stage(clock, fake, folder, cast);
  try {
    stage.up();
    await stage.pace.settle();
  } catch (error) {
    await stage.strike();
    throw error;
  }
  return stage;
}
