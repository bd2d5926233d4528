import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Deed, Fault } from '../fake-github/fault-kinds.ts';
import { seededRandom } from '../fake-github/seeded-random.ts';
import { VirtualClock } from '../scenarios/virtual-clock.ts';
import { installDate } from '../scenarios/virtual-date.ts';
import { drawDeed, drawFault, drawPlan, lengthOf } from './deeds.ts';
import { epilogueCount, liveEpilogue } from './epilogues.ts';
import { overtaken } from './door.ts';
import { brokenAtRest } from './invariants.ts';
import { brokenInStore, lateInStore } from './invariants-of-store.ts';
import { sightOf } from './sight.ts';
import { SimStage, type Plant } from './sim-stage.ts';
import { Truth } from './truth.ts';
import { Watch } from './watch.ts';
import { issues, pulls, rules, rulesFiles, rulesPath, threads, world } from './world.ts';

export interface Outcome {
  readonly seed: number;
  /** Deeds that were done. */
  readonly steps: number;
  readonly crashes: number;
  readonly merges: number;
  /** Requests of the bot while the script was played. */
  readonly requests: number;
  /** What people see in the end. */
  readonly sight: string;
  /** Of all the bot asked of GitHub and what came of it. */
  readonly hash: string;
  /** The step after which it was seen, and what was; the end is one more than the last step. */
  readonly violations: readonly { readonly step: number; readonly what: string }[];
}

const [betweenSteps, hour] = [61_000, 3_600_000];
/** So many deliveries reach back to one of every thread. */
const recent = 8;

/** One history of a repository: its people, the bot and the troubles, all drawn from one seed. */
class SimulatedLife {
  readonly #chance: () => number;
  /** Told of everything, for whoever replays one life. */
  readonly #tell: (line: string) => void;
  readonly #until: string | undefined;
  readonly #clock: VirtualClock;
  readonly #stage: SimStage;
  readonly #truth: Truth;
  readonly #watch: Watch;
  readonly #comments: string[] = [];
  /** What somebody is about to do, step by step, while others do what they like. */
  #plan: Deed[] = [];
  readonly #violations: { step: number; what: string }[] = [];
  #step = 0;
  #found = false;
  #requests = 0;
  /** Forged deliveries to come. */
  #forgeries = 0;
  /** It dies in its next write. */
  #dying = false;
  #merges = 0;

  constructor(seed: number, clock: VirtualClock, stage: SimStage, { tell = () => {}, until, script }: Manner) {
    this.#until = until;
    this.#tell = tell;
    this.#chance = seededRandom(seed * 2 + 1);
    this.#clock = clock;
    this.#stage = stage;
    const now = () => clock.now();
    this.#truth = new Truth(stage.fake, now);
    const broken = (what: string) => this.#broken(what);
    this.#watch = new Watch({ fake: stage.fake, truth: this.#truth, now, broken });
    stage.witness = this.#watch;
    const forging = seededRandom(seed * 2);
    stage.mail = (deliver) => overtaken(deliver, () => this.#isForged(script ? 1 : forging()), broken);
    stage.fake.gate(({ route }) => {
      if (route.endsWith('/merge')) this.#merging();
      if (!this.#dying) return 'pass';
      this.#dying = false;
      return { apply: true, stopped: () => stage.crash() };
    });
  }

  #isForged(chance: number): boolean {
    if (this.#forgeries === 0) return chance < 0.04;
    this.#forgeries -= 1;
    return true;
  }

  #broken(what: string): void {
    if (this.#until !== undefined && what.includes(this.#until)) this.#found = true;
    if (!this.#violations.some((one) => one.what === what)) this.#violations.push({ step: this.#step, what });
  }

  /** A merge is about to be tried: it must be right by what anybody could read until now. */
  #merging(): void {
    const { fake } = this.#stage;
    const entry = fake.journal.findLast(({ route, status }) => route.endsWith('/merge') && status === 0);
    const [, repo, number] = /^\/repos\/([^/]+\/[^/]+)\/pulls\/(\d+)\//.exec(entry?.path ?? '') ?? [];
    const as = pulls.find(
      (name) => this.#truth.repositoryOf(name) === repo && fake.thread(name).number === Number(number),
    );
    if (this.#watch.refused) return;
    const why = as === undefined ? 'I-09: it is nobody’s' : this.#truth.whyNotMerge(as);
    this.#merges += 1;
    if (why) this.#broken(`merge of ${as}: ${why}`);
  }

  async #act(deed: Deed): Promise<boolean> {
    const done = this.#truth.before(deed);
    try {
      await this.#stage.fake.act(deed.step, deed.keys);
    } catch {
      // Nobody can do that now: the thread is closed, or merged, or there is no such comment any more.
      return false;
    }
    done();
    this.#tell(`${this.#step}: ${deed.step} ${JSON.stringify(deed.keys)}`);
    if (deed.step === 'comment') this.#comments.push(String(deed.keys['as']));
    return true;
  }

  async #open(): Promise<void> {
    const title = () => (this.#chance() < 0.5 ? 'feat: begin' : 'begin');
    for (const as of pulls) {
      const repo = this.#truth.repositoryOf(as);
      const files = { [`${as}.ts`]: '1' };
      await this.#act({ step: 'open-pull', keys: { repo, by: 'bob', as, title: title(), files } });
    }
    await this.#act({ step: 'open-issue', keys: { by: 'bob', as: 'i1', title: 'It breaks', body: 'Help' } });
    await this.#act({ step: 'comment', keys: { of: 'i1', by: 'bob', as: 'c0', body: 'hello' } });
  }

  async #next(troubled: boolean): Promise<void> {
    this.#stage.skip(betweenSteps);
    const cast = { pulls, issues, comments: this.#comments };
    if (troubled && this.#chance() < 0.25) {
      const soon = this.#clock.now() + 5 * betweenSteps;
      const fault = drawFault(this.#chance, cast, this.#step, soon);
      this.#tell(`${this.#step}: fault ${JSON.stringify(fault)}`);
      this.#stage.fake.fault(fault);
    }
    if (troubled && this.#chance() < 0.1) this.#stage.crashIn = Math.floor(this.#chance() * 80);
    if (this.#plan.length === 0 && this.#chance() < 0.12) this.#plan = drawPlan(this.#chance, cast);
    await this.#act(this.#plan.shift() ?? drawDeed(this.#chance, cast, this.#step));
    // Now and then two things happen at once.
    if (this.#chance() < 0.2) await this.#act(drawDeed(this.#chance, cast, this.#step + 1_000));
    const before = this.#stage.fake.journal.length;
    await this.#stage.settle();
    for (const { at, method, path, status, note } of this.#stage.fake.journal.slice(before))
      this.#tell(`    ${new Date(at).toISOString()} ${method} ${path} ${status} ${note}`);
    if (this.#chance() < 0.1) await this.#stage.wait(10 * 60_000);
    await this.#mendRules();
  }

  /** A pull request that was merged may have brought other rules. */
  async #mendRules(): Promise<void> {
    for (const { repo, text } of rulesFiles) {
      if (this.#stage.fake.repository(repo).file('main', rulesPath) === text) continue;
      await this.#act({ step: 'push-base', keys: { repo, by: 'lin', files: { [rulesPath]: text } } });
      await this.#stage.settle();
    }
  }

  /** The newest deliveries once more: nobody sees a difference, and who remembers writes nothing. */
  async #quietly(what: string, remembers: boolean): Promise<void> {
    const { fake } = this.#stage;
    const [from, before] = [fake.journal.length, sightOf(fake, this.#truth, remembers)];
    await fake.redeliver({ count: recent });
    await this.#stage.wait(hour / 6);
    const after = sightOf(fake, this.#truth, remembers);
    const written = fake.journal.slice(from).filter(({ write, applied }) => write && applied);
    const writes = written.map(({ route }) => route).join(', ');
    if (after !== before) this.#tell(`    before: ${before}\n    after:  ${after}`);
    if (after !== before) this.#broken(`${what} changes what people see: ${writes}`);
    else if (remembers && writes !== '') this.#broken(`${what} writes: ${writes}`);
  }

  #atRest(): void {
    const { fake, database } = this.#stage;
    for (const lie of brokenAtRest(fake, threads, this.#truth)) this.#broken(lie);
    for (const lie of brokenInStore(database, fake, this.#watch.secrets)) this.#broken(lie);
  }

  async #epilogue(which: number): Promise<void> {
    const { fake } = this.#stage;
    await liveEpilogue(which, {
      ...{ fake, truth: this.#truth, rules: rules.shop },
      act: (step, keys) => this.#act({ step, keys }),
      wait: (ms) => this.#stage.wait(ms),
      broken: (what) => this.#broken(what),
    });
  }

  /** Time passes, what GitHub could not deliver is delivered again, as its log allows, and all is looked at once more. */
  async #rest(ms: number): Promise<void> {
    await this.#stage.wait(ms);
    await this.#mendRules();
    for (const lie of lateInStore(this.#stage.database, this.#stage.skipped)) this.#broken(lie);
    const failed = this.#stage.fake.deliveries.some(({ status }) => status !== 202);
    if (failed) await this.#stage.fake.redeliver({ all: true });
    for (const as of threads)
      await this.#act({ step: 'comment', keys: { of: as, by: 'bob', as: `${as} end`, body: 'That is all.' } });
    await this.#stage.wait(ms / 4);
    this.#atRest();
  }

  /** One line of a script: what people do, or what befalls the bot. */
  async #play({ step, keys }: Deed): Promise<void> {
    this.#stage.skip(betweenSteps);
    const all = step === 'together' ? (keys['deeds'] as readonly Deed[]) : [{ step, keys }];
    if (step === 'fault') this.#stage.fake.fault(keys as unknown as Fault);
    else if (step === 'crash') this.#dying = true;
    else if (step === 'forge') this.#forgeries += 1;
    else if (step === 'epilogue') await this.#epilogue(Number(keys['which']));
    else for (const deed of all) assert.ok(await this.#act(deed), `the script cannot ${JSON.stringify(deed)}`);
    // What befalls it befalls what comes next.
    if (!['fault', 'crash', 'forge'].includes(step)) await this.#stage.settle();
  }

  async #unscripted(length: number): Promise<void> {
    for (this.#step = 1; this.#step <= length; this.#step++) {
      if (this.#found) return;
      await this.#next(this.#step <= length - 5);
    }
    await this.#rest(2 * hour);
    if (this.#found) return;
    await this.#quietly('I-16: the same deliveries again', true);
    // Every other life has one.
    const which = Math.floor(this.#chance() * 2 * epilogueCount);
    if (which < epilogueCount) {
      await this.#epilogue(which);
      this.#atRest();
    }
    await this.#stage.replace();
    this.#truth.forgotten();
    await this.#quietly('I-15: a bot that remembers nothing', false);
  }

  async #scripted(script: readonly Deed[], dies: Manner['dies']): Promise<void> {
    const seen = { asked: 0, answered: 0 };
    this.#watch.counting = (when) => {
      seen[when] += 1;
      if (dies?.when === when && dies.at === seen[when]) this.#stage.crash();
    };
    for (const deed of script) await this.#play(deed);
    this.#watch.counting = () => {};
    this.#requests = seen.asked;
    await this.#rest(hour);
  }

  async live({ length = 0, script, dies }: Manner): Promise<Omit<Outcome, 'seed'>> {
    await this.#open();
    await this.#stage.settle();
    if (script) await this.#scripted(script, dies);
    else await this.#unscripted(length);
    const lines = this.#stage.fake.journal.map(({ at, route, path, status, as, applied, note }) =>
      [at, route, path, status, as, applied, note].join(' '),
    );
    const hash = createHash('sha256').update(lines.join('\n')).digest('hex');
    const { crashes, fake } = this.#stage;
    const counts = { steps: length, crashes, merges: this.#merges, requests: this.#requests };
    return { ...counts, sight: sightOf(fake, this.#truth, true), hash, violations: this.#violations };
  }
}

export interface Manner {
  /** How many steps; else as many as the seed says. */
  readonly length?: number;
  /** What happens, instead of what chance draws; `fault`, `crash`, `forge` and `epilogue` befall the bot, `together` is several deeds. */
  readonly script?: readonly Deed[];
  /** The process dies with this request of the script's, counted from 1: before GitHub has it, or with its answer. */
  readonly dies?: { readonly at: number; readonly when: 'asked' | 'answered' };
  /** Nothing more happens once something is broken that says this. */
  readonly until?: string;
  /** Told of everything that happens. */
  readonly tell?: (line: string) => void;
}

const nothing = { steps: 0, crashes: 0, merges: 0, requests: 0, sight: '', hash: '' };

/** Lives one life from start to end. */
export async function simulate(seed: number, plant: Plant = {}, manner: Manner = {}): Promise<Outcome> {
  const clock = new VirtualClock(seed);
  const restoreDate = installDate(() => clock.now());
  // Traces are a good part of what a life costs, and errors say enough.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  let stage: SimStage | null = null;
  try {
    stage = await SimStage.open(clock, world, plant);
    const life = new SimulatedLife(seed, clock, stage, manner);
    return { seed, ...(await life.live({ length: lengthOf(seed), ...manner })) };
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...nothing, seed, violations: [{ step: 0, what: `I-07: ${what}` }] };
  } finally {
    await stage?.strike();
    Error.stackTraceLimit = stackTraceLimit;
    restoreDate();
  }
}
