import type { FakeGitHub } from '../fake-github/fake-github.ts';

type Deed = readonly [step: string, keys: Readonly<Record<string, unknown>>];

/** One thread and what people still do on it. */
interface Story {
  readonly as: string;
  readonly left: Deed[];
}

export const world = {
  people: { lin: 'admin', chen: 'write', bob: 'read' },
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
} as const;

const filled = '## Version\n1.0\n';

const plots: readonly ((as: string) => Deed[])[] = [
  (as) => [
    ['open-pull', { by: 'bob', as, title: 'add search', files: { [`${as}.ts`]: '1' } }],
    ['edit', { of: as, by: 'bob', title: 'feat: add search' }],
    ['edit', { of: as, by: 'bob', title: 'add search again' }],
  ],
  (as) => [
    ['open-pull', { by: 'bob', as, title: 'add search', files: { [`${as}.ts`]: '1' } }],
    ['push', { of: as, by: 'bob', files: { [`${as}.ts`]: '2' } }],
    ['edit', { of: as, by: 'bob', title: 'fix: add search' }],
  ],
  (as) => [
    ['open-pull', { by: 'bob', as, title: 'feat: land it', files: { [`${as}.ts`]: '1' } }],
    ['comment', { of: as, by: 'chen', as: `${as} yes`, body: '/lgtm' }],
    ['check', { of: as, name: 'build', conclusion: 'success' }],
    ['review', { of: as, by: 'chen', state: 'approve' }],
  ],
  (as) => [
    ['open-pull', { by: 'bob', as, title: 'docs: say it', files: { [`${as}.md`]: '1' } }],
    ['comment', { of: as, by: 'bob', as: `${as} no`, body: '/lgtm' }],
    ['comment', { of: as, by: 'chen', as: `${as} yes`, body: '/lgtm' }],
    ['push', { of: as, by: 'bob', files: { [`${as}.md`]: '2' } }],
  ],
  (as) => [
    ['open-issue', { by: 'bob', as, title: 'It breaks', body: 'Help' }],
    ['label', { of: as, by: 'lin', labels: ['need demo'] }],
    ['edit', { of: as, by: 'bob', body: filled }],
  ],
  (as) => [
    ['open-issue', { by: 'bob', as, title: 'It breaks', body: filled }],
    ['edit', { of: as, by: 'bob', body: 'Never mind' }],
  ],
];

/** How many threads have things happening on them at once. */
const atOnce = 6;

/** People who open threads and go on with them, in an order of chance. */
export class Load {
  /** Every thread opened so far. */
  readonly threads: string[] = [];
  readonly #fake: FakeGitHub;
  readonly #chance: () => number;
  readonly #stories: Story[] = [];
  /** Heads a pull request has had so far, which the bot may have judged. */
  readonly heads = new Map<string, Set<string>>();

  constructor(fake: FakeGitHub, chance: () => number) {
    this.#fake = fake;
    this.#chance = chance;
  }

  async #act({ as, left }: Story): Promise<void> {
    const deed = left.shift();
    if (!deed) return;
    try {
      await this.#fake.act(...deed);
    } catch (error) {
      // The bot was quicker: what is merged takes no more pushes.
      if (this.#fake.thread(as).state === 'open') throw error;
    }
    if (deed[0].startsWith('open-')) this.threads.push(as);
    const { head } = this.#fake.thread(as);
    if (head !== null) this.heads.set(as, (this.heads.get(as) ?? new Set<string>()).add(head));
  }

  /** One thing happens: a new thread, or the next on one that is there. */
  async step(): Promise<void> {
    const open = this.#stories.filter(({ left }) => left.length > 0);
    if (open.length < atOnce) {
      const as = `t${this.#stories.length + 1}`;
      const plot = plots[Math.floor(this.#chance() * plots.length)] ?? (() => []);
      const story = { as, left: plot(as) };
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
