import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { Later } from '../../app/queue/queue.ts';
import type { Report } from '../../app/engine/report.ts';
import { laneOf } from '../../app/subject.ts';
import { delivery, finished, memory, on, pull, report, work } from './ground.ts';
import type { Desk, Ground, Life, MakeGround, OpenJob } from './ground.ts';
import { settle } from './manual-clock.ts';

const minute = 60_000;

type Act =
  | { readonly kind: 'deliver'; readonly by: number; readonly numbers: readonly number[]; readonly again: boolean }
  | { readonly kind: 'timer'; readonly by: number; readonly number: number; readonly ms: number }
  | {
      readonly kind: 'end';
      readonly pick: number;
      readonly revisit: number | null | 'keep';
      readonly wake: number | null;
    }
  | { readonly kind: 'fail'; readonly pick: number; readonly later: boolean }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'stall'; readonly ms: number }
  | { readonly kind: 'crash' | 'stop'; readonly by: number };

const number = fc.integer({ min: 1, max: 3 });
const by = fc.integer({ min: 0, max: 1 });
const pick = fc.nat(5);
const ms = fc.integer({ min: 0, max: 90_000 });
const revisit = fc.constantFrom(null, null, 'keep' as const, 1_000, 40_000);

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('deliver'), by, numbers: fc.uniqueArray(number), again: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('timer'), by, number, ms }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('end'), pick, revisit, wake: fc.option(number, { freq: 4 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('fail'), pick, later: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass'), ms }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stall'), ms }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('crash', 'stop'), by }) },
);

interface Saved {
  readonly given: ReturnType<typeof delivery>;
  readonly lanes: readonly string[];
  /** How often its lanes were queued. */
  asked: number;
}

/** Two processes on one store, and what was promised to those who sent deliveries. */
class Play {
  readonly #ground: Ground;
  readonly #lives: { life: Life; desk: Desk }[];
  readonly #saved: Saved[] = [];
  #reports = 0;
  #stalled = false;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#lives = [this.#start(), this.#start()];
  }

  #start(): { life: Life; desk: Desk } {
    const life = this.#ground.start();
    return { life, desk: work(life, 2) };
  }

  #at(by: number): { life: Life; desk: Desk } {
    return this.#lives[by] as { life: Life; desk: Desk };
  }

  get #open(): readonly OpenJob[] {
    return this.#lives.flatMap(({ desk }) => desk.open);
  }

  async do(act: Act): Promise<void> {
    switch (act.kind) {
      case 'deliver':
        return this.#deliver(act.by, act.numbers, act.again);
      case 'timer': {
        const notBefore = this.#ground.clock.now() + act.ms;
        return this.#at(act.by).life.queue.add(pull(act.number), { notBefore });
      }
      case 'end':
        return this.#end(this.#open[act.pick % this.#open.length], act.revisit, act.wake);
      case 'fail':
        return this.#open[act.pick % this.#open.length]?.fail(act.later ? new Later('later') : new Error('broke'));
      case 'pass':
        return this.#ground.clock.advance(act.ms);
      case 'stall':
        this.#stalled = true;
        return this.#ground.clock.jump(act.ms);
      case 'crash':
      case 'stop':
        return this.#replace(act.by, act.kind);
    }
  }

  async #deliver(by: number, numbers: readonly number[], again: boolean): Promise<void> {
    const { store } = this.#at(by).life;
    const last = this.#saved.at(-1);
    if (!again || last === undefined) {
      const given = delivery(this.#ground.clock);
      assert.equal(
        await store.saveDelivery(
          given,
          numbers.map((one) => pull(one)),
        ),
        'new',
      );
      this.#saved.push({ given, lanes: numbers.map((one) => laneOf(pull(one))), asked: 1 });
      return;
    }
    await this.#committed();
    const state = (await store.deliveries({ limit: 1 }))[0]?.state;
    assert.equal(await store.saveDelivery(last.given, []), 'again');
    if (state === 'done' || state === 'aside') last.asked += 1;
  }

  async #committed(): Promise<void> {
    for (const { life, desk } of this.#lives) await finished(life, () => desk.open.length);
  }

  async #end(job: OpenJob | undefined, revisit: number | null | 'keep', wake: number | null): Promise<void> {
    if (job === undefined) return;
    const id = `r${(this.#reports += 1)}`;
    const revisitAt = typeof revisit === 'number' ? this.#ground.clock.now() + revisit : revisit;
    const wakes = wake === null ? [] : [pull(wake)];
    await job.end({ memory: memory(report(id, job.subject, job.hints)), revisitAt, wake: wakes });
  }

  async #replace(by: number, how: 'crash' | 'stop'): Promise<void> {
    const { life, desk } = this.#at(by);
    if (how === 'stop') {
      const stopped = desk.running.stop(0);
      await this.#ground.clock.advance(0);
      await stopped;
    }
    life.kill();
    this.#lives[by] = this.#start();
    await settle();
  }

  /** A handler that stalled may go on with a lane that others have by now; it is the fence that keeps it from finishing. */
  check(): void {
    if (this.#stalled) return;
    const lanes = this.#open.map(({ lane }) => lane);
    assert.equal(new Set(lanes).size, lanes.length, `two hold one lane: ${lanes.join()}`);
  }

  async drain(): Promise<void> {
    const { queue } = this.#at(0).life;
    for (let round = 0; round < 60; round++) {
      for (const job of [...this.#open]) await this.#end(job, null, null);
      await this.#committed();
      await this.#ground.clock.advance(minute);
      const { ready, later } = await queue.depth();
      if (ready + later + this.#open.length === 0) return;
    }
    assert.fail(`not empty: ${JSON.stringify(await queue.depth())}`);
  }

  async checkPromises(): Promise<void> {
    const { store } = this.#at(0).life;
    const rows = new Map((await store.deliveries({ limit: 1_000 })).map((row) => [row.guid, row]));
    const reports = await store.reports({ limit: 1_000 });
    for (const { given, lanes, asked } of this.#saved) {
      const row = rows.get(given.guid);
      assert.ok(row?.state === 'done' || row?.state === 'aside', `${given.guid} is ${row?.state}`);
      for (const lane of lanes) {
        const times = timesIn(reports, lane, row.id);
        if (row.state === 'done' && asked === 1) assert.equal(times, 1, `${row.id} was finished ${times} times`);
        assert.ok(times <= asked, `${row.id} was asked for ${asked} times and finished ${times} times`);
      }
    }
  }
}

const timesIn = (reports: readonly Report[], lane: string, id: string) =>
  reports.filter(({ subject, hints }) => laneOf(subject) === lane && hints.some((hint) => hint.delivery === id)).length;

/** Whatever happens in whatever order: what was acknowledged is finished, and each time it was asked for once. */
export function queueModel(name: string, make: MakeGround, numRuns: number): void {
  it(`loses nothing and finishes nothing twice on ${name}`, async () => {
    const property = fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 60 }), (acts) =>
      on(make, async (ground) => {
        const play = new Play(ground);
        for (const one of acts) {
          await play.do(one);
          play.check();
        }
        await play.drain();
        await play.checkPromises();
      })(),
    );
    await fc.assert(property, { numRuns });
  });
}
