import { start } from '../../app/main.ts';
import { startFakeGitHub } from '../../test/fake-github/start.ts';
import type { Failure, Step } from '../../test/scenarios/scenario.ts';
import { setStage, type Stage } from '../../test/scenarios/stage.ts';
import { takeStep } from '../../test/scenarios/steps.ts';
import { VirtualClock } from '../../test/scenarios/virtual-clock.ts';
import { installDate } from '../../test/scenarios/virtual-date.ts';
import { lookAround, notesIn, repository, type Moment } from './moment.ts';
import type { Beat, Story } from './stories.ts';

interface Alive {
  readonly stage: Stage;
  readonly dataDir: string;
}

interface Taken {
  /** When it had happened, before anybody looked. */
  readonly at: number;
  readonly failures: readonly Failure[];
  readonly error: string | null;
}

interface Counts {
  readonly at: number;
  /** Everything that reached GitHub, the making of tokens too. */
  readonly calls: number;
  readonly events: number;
  readonly requests: number;
  readonly writes: number;
}

const said = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * One story with a fake GitHub, a bot, files and a clock of its own, played beat by beat.
 *
 * While one of its methods runs the global `Date` is that of this world: only one world may be at work at a time.
 */
export class DemoWorld {
  readonly story: Story;
  /** The visitor's rules judge: the story's own expectations need not hold. */
  readonly hasOwnRules: boolean;
  readonly moments: Moment[] = [];
  /** The colours of the labels, as the fake GitHub has them. */
  labelStyles = '';
  readonly #publicUrl: string;
  #alive: Alive | null = null;
  #clock = new VirtualClock();

  constructor(story: Story, publicUrl: string, hasOwnRules = false) {
    this.story = story;
    this.hasOwnRules = hasOwnRules;
    this.#publicUrl = publicUrl;
  }

  get isAlive(): boolean {
    return this.#alive !== null;
  }

  /** How many beats have been played; -1 before the world was made. */
  get place(): number {
    return (this.moments.at(-1)?.place ?? 0) - (this.moments.length === 0 ? 1 : 0);
  }

  get hasFailed(): boolean {
    const last = this.moments.at(-1);
    return last !== undefined && (last.error !== null || last.failures.length > 0);
  }

  get isOver(): boolean {
    return this.hasFailed || this.place === this.story.beats.length;
  }

  /** Where its bot and its GitHub listen; '' while they do not. */
  get addresses(): { readonly bot: string; readonly fake: string } {
    return { bot: this.#alive?.stage.botUrl ?? '', fake: this.#alive?.stage.fake.url ?? '' };
  }

  /** Makes the world, or makes it anew up to the place it was put away at. */
  async wake(): Promise<void> {
    if (this.#alive) return;
    const place = Math.max(this.place, 0);
    this.moments.length = 0;
    this.#clock = new VirtualClock();
    await this.#atOwnTime(async () => {
      await this.#begin();
      while (this.place < place && !this.isOver) await this.#play();
    });
  }

  /** Plays the next beat. */
  async step(): Promise<void> {
    await this.wake();
    if (!this.isOver) await this.#atOwnTime(() => this.#play());
  }

  /** Ends its GitHub, bot and files; what was seen stays. */
  async putAway(): Promise<void> {
    const alive = this.#alive;
    this.#alive = null;
    await alive?.stage.strike();
  }

  async #atOwnTime(work: () => Promise<void>): Promise<void> {
    const restore = installDate(() => this.#clock.now());
    try {
      await work();
    } finally {
      restore();
    }
  }

  async #begin(): Promise<void> {
    let dataDir = '';
    const stage = await setStage(this.story.scenario, this.#clock, {
      startFake: (options) => startFakeGitHub({ ...options, proof: false }),
      startBot: (settings, world) => {
        dataDir = settings.dataDir;
        return start({ ...settings, publicUrl: this.#publicUrl }, world);
      },
    });
    this.#alive = { stage, dataDir };
    const before = this.#counts();
    await this.#remember(null, { at: before.at, failures: [], error: null }, before);
  }

  async #play(): Promise<void> {
    const beat = this.story.beats[this.place];
    if (!beat) return;
    const before = this.#counts();
    const taken = await this.#take([beat.act, ...beat.looks]);
    await this.#remember(beat, taken, before);
  }

  async #take(steps: readonly Step[]): Promise<Taken> {
    const failures: Failure[] = [];
    let at = this.#clock.now();
    try {
      for (const step of steps) {
        if (this.#alive) failures.push(...(await takeStep(this.#alive.stage, step)));
        if (step === steps[0]) at = this.#clock.now();
      }
      return { at, failures: this.hasOwnRules ? [] : failures, error: null };
    } catch (error) {
      return { at, failures: [], error: said(error) };
    }
  }

  #counts(): Counts {
    const { journal = [], deliveries = [] } = this.#alive?.stage.fake ?? {};
    const own = journal.filter(({ as }) => as === 'installation');
    const writes = own.filter(({ write }) => write).length;
    const [calls, events] = [journal.length, deliveries.length];
    return { at: this.#clock.now(), calls, events, requests: own.length, writes };
  }

  async #remember(beat: Beat | null, taken: Taken, before: Counts): Promise<void> {
    if (!this.#alive) return;
    const { stage, dataDir } = this.#alive;
    const place = this.moments.length;
    const threads = this.story.beats.slice(0, place).flatMap(({ act }) => openedBy(act));
    const told = new Set(this.moments.flatMap(({ shown }) => shown.flatMap(({ fresh }) => fresh.map(({ id }) => id))));
    const since = beat ? before.at + 1 : Infinity;
    const { reports, pausedUntil } = await notesIn(dataDir, this.#clock.now());
    const shown = await lookAround({ stage, reports, threads, since, told });
    this.labelStyles = await (await fetch(`${stage.fake.url}/web/assets/labels.css`)).text();
    const { events, requests, writes } = this.#counts();
    const { journal, deliveries } = stage.fake;
    this.moments.push({
      ...{ place, shown, looks: beat?.looks.length ?? 0, ...taken, isUp: stage.isUp, pausedUntil },
      focus: beat?.focus == null ? repository : String(stage.fake.thread(beat.focus).number),
      events: events - before.events,
      lost: deliveries.slice(before.events).filter(({ status }) => status === 0).length,
      requests: requests - before.requests,
      writes: writes - before.writes,
      wasKilled: journal.slice(before.calls).some(({ note }) => note.startsWith('held')),
      answer: beat?.act.name === 'http' ? stage.httpStatus : null,
    });
  }
}

const openedBy = ({ name, keys }: Step): string[] =>
  name.startsWith('open-') && typeof keys['as'] === 'string' ? [keys['as']] : [];
