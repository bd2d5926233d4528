import { createHash } from 'node:crypto';
import type { Deed } from '../fake-github/fault-kinds.ts';
import { seededRandom } from '../fake-github/seeded-random.ts';
import { VirtualClock } from '../scenarios/virtual-clock.ts';
import { installDate } from '../scenarios/virtual-date.ts';
import { drawDeed, drawFault, drawPlan, people } from './deeds.ts';
import { epilogueCount, liveEpilogue } from './epilogues.ts';
import { overtaken } from './door.ts';
import { brokenAtRest } from './invariants.ts';
import { brokenInStore, lateInStore } from './invariants-of-store.ts';
import { SimStage, type Plant } from './sim-stage.ts';
import { Truth } from './truth.ts';
import { Watch } from './watch.ts';

export interface Outcome {
  readonly seed: number;
  /** Deeds that were done. */
  readonly steps: number;
  readonly crashes: number;
  readonly merges: number;
  /** Of all the bot asked of GitHub and what came of it. */
  readonly hash: string;
  /** The step after which it was seen, and what was; the end is one more than the last step. */
  readonly violations: readonly { readonly step: number; readonly what: string }[];
}

const rulesPath = '.github/github-bot.yml';
const rules = [
  'pr-title: {types: [feat, fix, docs]}',
  'title-label: true',
  'issue-template: {headings: [Version], grace: never}',
  'lgtm: true',
  'merge: {require: {checks: required}}',
  // What the bot says may read like a command.
  'auto-reply: {rules: [{on: labeled, label: need demo, say: "Please add a link to a demo.\\n\\n/lgtm"}]}',
  '',
].join('\n');
const repository = {
  labels: ['bug', 'need demo', 'needs-rebase', 'do-not-merge/wait', 'lgtm'],
  protection: { main: { checks: [{ name: 'build', app: 'ci' }], approvals: 0 } },
  files: { [rulesPath]: rules },
};
const world = { people, bots: ['helper'], ...repository, repositories: { 'acme/other': repository } };
const betweenSteps = 61_000;
const hour = 3_600_000;
/** So many deliveries reach back to one of every thread. */
const recent = 8;
const [pulls, issues] = [['p1', 'p2', 'q1'], ['i1']] as const;
const threads = [...pulls, ...issues];

/** One history of a repository: its people, the bot and the troubles, all drawn from one seed. */
class SimulatedLife {
  readonly #chance: () => number;
  /** Told of everything, for whoever replays one life. */
  readonly #tell: (line: string) => void;
  readonly #clock: VirtualClock;
  readonly #stage: SimStage;
  readonly #truth: Truth;
  readonly #watch: Watch;
  readonly #comments: string[] = [];
  /** What somebody is about to do, step by step, while others do what they like. */
  #plan: Deed[] = [];
  readonly #violations: { step: number; what: string }[] = [];
  #step = 0;
  #merges = 0;

  constructor(seed: number, clock: VirtualClock, stage: SimStage, tell: Manner['tell'] = () => {}) {
    this.#tell = tell;
    this.#chance = seededRandom(seed * 2 + 1);
    this.#clock = clock;
    this.#stage = stage;
    const now = () => clock.now();
    this.#truth = new Truth(stage.fake, { threads, people, now });
    const broken = (what: string) => this.#broken(what);
    this.#watch = new Watch({ fake: stage.fake, truth: this.#truth, now, broken });
    stage.witness = this.#watch;
    const forging = seededRandom(seed * 2);
    stage.mail = (deliver) => overtaken(deliver, forging, broken);
    stage.fake.gate(({ route }) => {
      if (route.endsWith('/merge')) this.#merging();
      return 'pass';
    });
  }

  #broken(what: string): void {
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
    this.#clock.moveTo(this.#clock.now() + betweenSteps);
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
    for (const repo of this.#truth.repositories.map((name) => `acme/${name}`)) {
      if (this.#stage.fake.repository(repo).file('main', rulesPath) === rules) continue;
      await this.#act({ step: 'push-base', keys: { repo, by: 'lin', files: { [rulesPath]: rules } } });
      await this.#stage.settle();
    }
  }

  /**
   * What people see on each thread. A bot that remembers nothing answers commands of long ago anew, so for it their answers
   * and what came of them are left out.
   */
  #sight(remembers: boolean): string {
    const { fake } = this.#stage;
    const views = threads.map((as) => {
      const { state, title, labels, comments, head } = fake.thread(as);
      const again = (body: string) => body.startsWith('<!-- github-bot:say-') || this.#truth.hasDeleted(as);
      const mine = comments.filter(({ us, body }) => us && (remembers || !again(body)));
      const said = mine.map(({ body, minimized }) => [body, minimized]);
      const reactions = remembers
        ? comments.flatMap(({ id, reactions }) => reactions.map((one) => `${id} ${one}`))
        : [];
      const checks = state === 'open' && head !== null ? Object.values(fake.commit(as).checks) : [];
      const seen = remembers ? checks : checks.map((one) => one === 'failure');
      const shown = labels.filter((label) => remembers || label !== 'lgtm').toSorted();
      return { state, title, labels: shown, said, reactions, seen };
    });
    return JSON.stringify(views);
  }

  /** The newest deliveries once more: nobody sees a difference, and who remembers writes nothing. */
  async #quietly(what: string, remembers: boolean): Promise<void> {
    const { fake } = this.#stage;
    const [from, before] = [fake.journal.length, this.#sight(remembers)];
    await fake.redeliver({ count: recent });
    await this.#stage.wait(hour / 6);
    const after = this.#sight(remembers);
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

  /** Every other life has one. */
  #epilogue(): Promise<boolean> {
    const { fake } = this.#stage;
    return liveEpilogue(Math.floor(this.#chance() * 2 * epilogueCount), {
      ...{ fake, truth: this.#truth, rules },
      act: (step, keys) => this.#act({ step, keys }),
      wait: (ms) => this.#stage.wait(ms),
      broken: (what) => this.#broken(what),
    });
  }

  async live(length: number): Promise<Omit<Outcome, 'seed'>> {
    await this.#open();
    await this.#stage.settle();
    for (this.#step = 1; this.#step <= length; this.#step++) await this.#next(this.#step <= length - 5);
    await this.#stage.wait(2 * hour);
    for (const lie of lateInStore(this.#stage.database)) this.#broken(lie);
    const failed = this.#stage.fake.deliveries.some(({ status }) => status !== 202);
    // Whatever GitHub could not deliver is delivered again, as its log allows.
    if (failed) await this.#stage.fake.redeliver({ all: true });
    for (const as of threads)
      await this.#act({ step: 'comment', keys: { of: as, by: 'bob', as: `${as} end`, body: 'That is all.' } });
    await this.#stage.wait(hour / 2);
    this.#atRest();
    await this.#quietly('I-16: the same deliveries again', true);
    if (await this.#epilogue()) this.#atRest();
    await this.#stage.replace();
    this.#truth.forgotten();
    await this.#quietly('I-15: a bot that remembers nothing', false);
    const { journal } = this.#stage.fake;
    const lines = journal.map(({ at, route, path, status, as, applied, note }) =>
      [at, route, path, status, as, applied, note].join(' '),
    );
    const hash = createHash('sha256').update(lines.join('\n')).digest('hex');
    const { crashes } = this.#stage;
    return { steps: length, crashes, merges: this.#merges, hash, violations: this.#violations };
  }
}

export interface Manner {
  /** How many steps. */
  readonly length?: number;
  /** Told of everything that happens. */
  readonly tell?: (line: string) => void;
}

/** Lives one life from start to end. */
export async function simulate(seed: number, plant: Plant = {}, { length = 40, tell }: Manner = {}): Promise<Outcome> {
  const clock = new VirtualClock(seed);
  const restoreDate = installDate(() => clock.now());
  // Traces are a good part of what a life costs, and errors say enough.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  let stage: SimStage | null = null;
  try {
    stage = await SimStage.open(clock, world, plant);
    return { seed, ...(await new SimulatedLife(seed, clock, stage, tell).live(length)) };
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...{ seed, steps: 0, crashes: 0, merges: 0, hash: '' }, violations: [{ step: 0, what: `I-07: ${what}` }] };
  } finally {
    await stage?.strike();
    Error.stackTraceLimit = stackTraceLimit;
    restoreDate();
  }
}
