import type { Story } from './stories.ts';
import { withRules } from './stories.ts';
import { DemoWorld } from './world.ts';

/** Each world is a server, a bot and a database. */
const mostAlive = 3;

type Listener = (id: string) => void;

/** The worlds of all stories: made when first wanted, put away when too many are alive, one at work at a time. */
export class Worlds {
  readonly stories: readonly Story[];
  readonly #publicUrl: string;
  readonly #worlds = new Map<string, DemoWorld>();
  readonly #listeners = new Set<Listener>();
  /** The ones that are alive, the one wanted last at the end. */
  #recent: DemoWorld[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(stories: readonly Story[], publicUrl: string) {
    this.stories = stories;
    this.#publicUrl = publicUrl;
  }

  world(id: string): DemoWorld | null {
    const known = this.#worlds.get(id);
    if (known) return known;
    const story = this.stories.find((each) => each.id === id);
    if (!story) return null;
    const made = new DemoWorld(story, this.#publicUrl);
    this.#worlds.set(id, made);
    return made;
  }

  /** The one that was wanted last, alive. */
  get current(): DemoWorld | null {
    return this.#recent.at(-1) ?? null;
  }

  /** Makes a world the current one, alive. */
  want(id: string): Promise<DemoWorld | null> {
    const { current } = this;
    if (current?.story.id === id && current.isAlive) return Promise.resolve(current);
    return this.#inTurn(id, async () => {});
  }

  step(id: string): Promise<DemoWorld | null> {
    return this.#inTurn(id, (world) => world.step());
  }

  /** Plays what is left of a story. */
  play(id: string): Promise<DemoWorld | null> {
    return this.#inTurn(id, async (world) => {
      while (!world.isOver && !this.#isClosed) {
        await world.step();
        this.#tell(id);
      }
    });
  }

  /** Begins a story anew, with the visitor's rules when they are given, played up to `place`. */
  reset(id: string, rules: string | null = null, place = 0): Promise<DemoWorld | null> {
    const old = this.world(id);
    const story = this.stories.find((each) => each.id === id);
    if (!old || !story) return Promise.resolve(null);
    return this.#inTurn(
      id,
      async (world) => {
        while (world.place < place && !world.isOver) await world.step();
      },
      async () => {
        await this.#putAway(this.#worlds.get(id) ?? old);
        const told = rules === null ? story : withRules(story, rules);
        this.#worlds.set(id, new DemoWorld(told, this.#publicUrl, rules !== null));
      },
    );
  }

  /** Calls back with a story's id whenever its world has changed; answers the end of that. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#turn;
    await Promise.all(this.#recent.map((world) => world.putAway()));
    this.#recent = [];
  }

  #tell(id: string): void {
    for (const listener of this.#listeners) listener(id);
  }

  async #putAway(world: DemoWorld): Promise<void> {
    this.#recent = this.#recent.filter((each) => each !== world);
    await world.putAway();
  }

  #inTurn(
    id: string,
    work: (world: DemoWorld) => Promise<void>,
    first: () => Promise<void> = async () => {},
  ): Promise<DemoWorld | null> {
    const turn = this.#turn.then(async () => {
      if (this.#isClosed) return null;
      await first();
      const world = this.world(id);
      if (!world) return null;
      this.#recent = [...this.#recent.filter((each) => each !== world), world];
      while (this.#recent.length > mostAlive && this.#recent[0]) await this.#putAway(this.#recent[0]);
      await world.wake();
      await work(world);
      this.#tell(id);
      return world;
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }
}
