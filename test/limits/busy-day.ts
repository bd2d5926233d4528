import type { FakeGitHub, JournalEntry } from '../fake-github/fake-github.ts';
import { seededRandom } from '../fake-github/seeded-random.ts';
import { people, usualRepository } from '../recovery/usual-repository.ts';
import { VirtualClock } from '../scenarios/virtual-clock.ts';
import { installDate } from '../scenarios/virtual-date.ts';
import { SimStage } from '../sim/sim-stage.ts';

const minute = 60_000;
const hour = 60 * minute;

const repository = usualRepository('title-label: true');
const world = {
  ...repository,
  people,
  repositories: { 'acme/docs': repository, 'acme/tools': repository },
};
/** Each in an installation of its own. */
const places = ['acme/shop', 'umbrella/docs', 'initech/tools'] as const;

/** GitHub takes no writes of somebody for a while, though no limit was reached. */
const limit = {
  kind: 'secondary-limit',
  'retry-after': 300,
  caller: 'installation',
  only: 'writes',
  times: 1,
} as const;

export interface Day {
  readonly hours: number;
  readonly seed: number;
  /** What people do in an installation in a minute, on average. */
  readonly perMinute: number;
  /** How many issues come at once, in one installation after the other, every hour; every six hours eight times as many. */
  readonly burst: number;
}

export interface BusyDay {
  readonly accounts: readonly string[];
  readonly journal: readonly JournalEntry[];
  readonly deeds: number;
  readonly deliveries: number;
  /** Threads that are not as the rules want them at the end. */
  readonly late: readonly string[];
}

type Deed = readonly [step: string, keys: Readonly<Record<string, unknown>>];

class Crowd {
  readonly #chance: () => number;
  readonly #fake: FakeGitHub;
  readonly #open = new Map<string, string[]>();
  #count = 0;
  deeds = 0;

  constructor(seed: number, fake: FakeGitHub) {
    this.#chance = seededRandom(seed);
    this.#fake = fake;
  }

  #pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.#chance() * all.length)] as T;
  }

  async #act(step: string, keys: Readonly<Record<string, unknown>>): Promise<void> {
    this.deeds += 1;
    // Nobody can do that now: it is closed, or merged.
    await this.#fake.act(step, keys).catch(() => {});
  }

  async issue(repo: string): Promise<void> {
    const as = `${repo.split('/')[1]}-i${++this.#count}`;
    await this.#act('open-issue', { repo, by: 'bob', as, title: 'It breaks', body: 'Help' });
    this.#open.set(as, []);
  }

  async #pull(repo: string, pulls: string[]): Promise<void> {
    const as = `${repo.split('/')[1]}-p${++this.#count}`;
    const title = this.#pick(['add search', 'feat: add search', 'fix: mend it']);
    await this.#act('open-pull', { repo, by: 'bob', as, title, files: { [`f${this.#count}.ts`]: '1' } });
    pulls.push(as);
    if (pulls.length > 12) pulls.shift();
  }

  /** One of the usual things somebody does. */
  async something(repo: string, pulls: string[]): Promise<void> {
    if (pulls.length < 3 || this.#chance() < 0.25) return this.#pull(repo, pulls);
    if (this.#chance() < 0.3) return this.issue(repo);
    const of = this.#pick(pulls);
    const files = { [`g${++this.#count}.ts`]: '1' };
    const deeds = [
      ['edit', { of, by: 'bob', title: this.#pick(['add search', 'feat: add search', 'fix: mend it']) }],
      ['push', { of, by: 'bob', files }],
      ['comment', { of, by: 'alice', body: this.#pick(['/lgtm', '/hold', '/unhold', 'Fine.', '/nonsense']) }],
      ['label', { of, by: 'lin', labels: [this.#pick(['need demo', 'bug'])] }],
      ['review', { of, by: 'alice', state: this.#pick(['approve', 'comment', 'comment']) }],
      ['check', { of, name: 'build', conclusion: this.#pick(['success', 'failure']) }],
      ['close', { of, by: 'bob' }],
    ] as const;
    const [step, keys] = this.#pick<Deed>(deeds);
    await this.#act(step, keys);
  }

  /** Open issues without the label that the rules ask for. */
  late(): string[] {
    return [...this.#open.keys()].filter((as) => !this.#fake.thread(as).labels.includes('invalid'));
  }
}

/** Lives through hours of three installations whose people do a lot, on a clock that moves as fast as the work gets done. */
export async function liveThrough({ hours, seed, perMinute, burst }: Day): Promise<BusyDay> {
  const clock = new VirtualClock(seed);
  const restoreDate = installDate(() => clock.now());
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const stage = await SimStage.open(clock, world, {});
  try {
    const { fake } = stage;
    await fake.act('transfer', { repo: 'acme/docs', by: 'lin', to: 'umbrella', installed: true });
    await fake.act('transfer', { repo: 'acme/tools', by: 'lin', to: 'initech', installed: true });
    const crowd = new Crowd(seed, fake);
    const pulls = new Map(places.map((place) => [place, [] as string[]]));
    const chance = seededRandom(seed + 1);
    for (let now = 0; now < hours * 60; now++) {
      const place = places[Math.floor(now / 60) % places.length] ?? places[0];
      const isFlood = now % 360 === 310;
      if (now % 60 === 10 || isFlood)
        for (let one = 0; one < burst * (isFlood ? 8 : 1); one++) await crowd.issue(place);
      if (now % 240 === 11) fake.fault({ ...limit, from: clock.now() + minute / 2 });
      for (const place of places) {
        const count = Math.floor(perMinute * 2 * chance() + chance());
        for (let one = 0; one < count; one++) await crowd.something(place, pulls.get(place) ?? []);
      }
      await stage.wait(minute);
    }
    await stage.wait(hour / 2);
    const { journal, deliveries } = fake;
    const accounts = [...new Set(journal.map(({ account }) => account))].filter((one) => one.startsWith('inst'));
    return { accounts, journal, deeds: crowd.deeds, deliveries: deliveries.length, late: crowd.late() };
  } finally {
    await stage.strike();
    Error.stackTraceLimit = stackTraceLimit;
    restoreDate();
  }
}
