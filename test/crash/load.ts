import type { FakeGitHub } from '../fake-github/fake-github.ts';

type Deed = readonly [step: string, keys: Readonly<Record<string, unknown>>];

/** One thread and what people still do on it. */
interface Story {
  readonly as: string;
  readonly repo: string;
  readonly left: Deed[];
}

const repository = {
  labels: ['bug', 'need demo'],
  files: {
    '.github/github-bot.yml': [
      'pr-title: true',
      'title-label: true',
      'issue-template: {headings: [Version], grace: never}',
      'lgtm: true',
      // A branch brought up to date has to be looked at again, and nobody here would.
      'merge: {require: {up-to-date: "no"}}',
      'auto-reply: {rules: [{on: labeled, label: need demo, say: "Please add a link to a demo."}]}',
      '',
    ].join('\n'),
  },
};

/**
 * Owners, each with an installation and so with limits of its own at GitHub: those of one would decide how many threads
 * wait, and not the deaths of the bot.
 */
const owners = ['acme', 'north', 'east', 'south', 'west', 'upper', 'lower', 'inner'] as const;
const nameAt = (owner: string) => (owner === 'acme' ? 'shop' : `shop-${owner}`);
export const places = owners.map((owner) => `${owner}/${nameAt(owner)}`);

export const world = {
  people: { lin: 'admin', chen: 'write', bob: 'read' },
  ...repository,
  repositories: Object.fromEntries(owners.slice(1).map((owner) => [`acme/${nameAt(owner)}`, repository])),
};

/** Gives every owner the repository that is to be theirs. */
export async function handOver(fake: FakeGitHub): Promise<void> {
  for (const owner of owners.slice(1))
    await fake.act('transfer', { repo: `acme/${nameAt(owner)}`, by: 'lin', to: owner, installed: true });
}

const filled = '## Version\n1.0\n';

const plots: readonly ((as: string, repo: string) => Deed[])[] = [
  (as, repo) => [
    ['open-pull', { repo, by: 'bob', as, title: 'add search', files: { [`${as}.ts`]: '1' } }],
    ['edit', { of: as, by: 'bob', title: 'feat: add search' }],
    ['edit', { of: as, by: 'bob', title: 'add search again' }],
  ],
  (as, repo) => [
    ['open-pull', { repo, by: 'bob', as, title: 'add search', files: { [`${as}.ts`]: '1' } }],
    ['push', { of: as, by: 'bob', files: { [`${as}.ts`]: '2' } }],
    ['edit', { of: as, by: 'bob', title: 'fix: add search' }],
  ],
  (as, repo) => [
    ['open-pull', { repo, by: 'bob', as, title: 'feat: land it', files: { [`${as}.ts`]: '1' } }],
    ['comment', { of: as, by: 'chen', as: `${as} yes`, body: '/lgtm' }],
    ['check', { of: as, name: 'build', conclusion: 'success' }],
    ['review', { of: as, by: 'chen', state: 'approve' }],
  ],
  (as, repo) => [
    ['open-pull', { repo, by: 'bob', as, title: 'docs: say it', files: { [`${as}.md`]: '1' } }],
    ['comment', { of: as, by: 'bob', as: `${as} no`, body: '/lgtm' }],
    ['comment', { of: as, by: 'chen', as: `${as} yes`, body: '/lgtm' }],
    ['push', { of: as, by: 'bob', files: { [`${as}.md`]: '2' } }],
  ],
  (as, repo) => [
    ['open-issue', { repo, by: 'bob', as, title: 'It breaks', body: 'Help' }],
    ['label', { of: as, by: 'lin', labels: ['need demo'] }],
    ['edit', { of: as, by: 'bob', body: filled }],
  ],
  (as, repo) => [
    ['open-issue', { repo, by: 'bob', as, title: 'It breaks', body: filled }],
    ['edit', { of: as, by: 'bob', body: 'Never mind' }],
  ],
];

/** How many threads have things happening on them at once. */
const atOnce = 6;

/** People who open threads and go on with them, in an order of chance. */
export class Load {
  /** Every thread opened so far, and the repository it is in. */
  readonly threads = new Map<string, string>();
  readonly #fake: FakeGitHub;
  readonly #chance: () => number;
  readonly #stories: Story[] = [];
  /** Heads a pull request has had so far, which the bot may have judged. */
  readonly heads = new Map<string, Set<string>>();

  constructor(fake: FakeGitHub, chance: () => number) {
    this.#fake = fake;
    this.#chance = chance;
  }

  async #act({ as, repo, left }: Story): Promise<void> {
    const deed = left.shift();
    if (!deed) return;
    try {
      await this.#fake.act(...deed);
    } catch (error) {
      // The bot was quicker: what is merged takes no more pushes.
      if (this.#fake.thread(as).state === 'open') throw error;
    }
    if (deed[0].startsWith('open-')) this.threads.set(as, repo);
    const { head } = this.#fake.thread(as);
    if (head !== null) this.heads.set(as, (this.heads.get(as) ?? new Set<string>()).add(head));
  }

  /** One thing happens: a new thread, or the next on one that is there. */
  async step(): Promise<void> {
    const open = this.#stories.filter(({ left }) => left.length > 0);
    if (open.length < atOnce) {
      const as = `t${this.#stories.length + 1}`;
      const plot = plots[Math.floor(this.#chance() * plots.length)] ?? (() => []);
      const repo = places[this.#stories.length % places.length] ?? '';
      const story = { as, repo, left: plot(as, repo) };
      this.#stories.push(story);
      return this.#act(story);
    }
    const story = open[Math.floor(this.#chance() * open.length)];
    if (story) await this.#act(story);
  }

  /** Whatever is still to happen happens. */
  async finish(): Promise<void> {
    for (const story of this.#stories) while (story.left.length > 0) await this.#act(story);
  }
}
