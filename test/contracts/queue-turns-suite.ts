import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { InTurn } from '../../app/queue/queue.ts';
import { lanesOf, nothing, on, pull, work } from './ground.ts';
import type { Desk, Ground, MakeGround, OpenJob } from './ground.ts';
import { settle, until } from './manual-clock.ts';

const second = 1_000;
const minute = 60 * second;

const row = Array.from({ length: 23 }, (_, index) => pull(index + 1));
const inOrder = (from: number, to: number) =>
  lanesOf({ open: row.slice(from - 1, to).map((subject) => ({ subject })) });

async function inTurn({ start, clock }: Ground) {
  const life = start();
  const desk = work(life, 40);
  await life.queue.add(pull(99));
  await (await desk.job()).end({ inTurn: { subjects: row, gapMs: minute } });
  assert.deepEqual(lanesOf(desk), inOrder(1, 20));
  await clock.advance(59 * second);
  await life.queue.add(pull(50));
  await settle();
  assert.deepEqual(lanesOf(desk), [...inOrder(1, 20), '#50']);
  await clock.advance(second);
  assert.deepEqual(lanesOf(desk).slice(21), ['#21']);
  await clock.advance(2 * minute);
  assert.deepEqual(lanesOf(desk).slice(21), inOrder(21, 23));
  assert.ok(desk.open.slice(21).every(({ woken }) => woken));
}

/** Ends what is under way. */
const endAll = async (desk: Desk) => {
  for (const job of [...desk.open]) await job.end();
};

async function keepsTurns({ start, clock }: Ground) {
  const life = start();
  const desk = work(life, 40);
  const turns = { subjects: row, gapMs: minute };
  await life.queue.addInTurn(turns);
  await settle();
  await endAll(desk);
  await clock.advance(30 * second);
  await life.queue.addInTurn(turns);
  await life.queue.add(pull(23));
  await settle();
  assert.deepEqual(lanesOf(desk), ['#23']);
  await endAll(desk);
  await clock.advance(30 * second);
  assert.deepEqual(lanesOf(desk), ['#21']);
  await endAll(desk);
  await life.queue.addInTurn(turns);
  await clock.advance(3 * minute);
  assert.deepEqual(lanesOf(desk), ['#22', '#1', '#2']);
  await clock.advance(20 * minute);
  assert.deepEqual(lanesOf(desk).slice(-2), ['#21', '#23']);
  assert.equal(new Set(lanesOf(desk)).size, 23);
}

async function sharesRow({ start, clock }: Ground) {
  const life = start();
  const desk = work(life, 60);
  const of = (installation: number) =>
    desk.open.filter(({ subject }) => subject.installation === installation).map(({ subject }) => subject.repo.id);
  const repo = (id: number, installation: number, count: number): InTurn => ({
    subjects: Array.from({ length: count }, (_, index) => {
      return { ...pull(index + 1, installation), repo: { id, owner: 'acme', name: `r${id}` } };
    }),
    gapMs: minute,
  });
  await life.queue.addInTurn(repo(1, 1, 15));
  await life.queue.addInTurn(repo(2, 1, 7));
  await life.queue.addInTurn(repo(3, 1, 1));
  await life.queue.addInTurn(repo(4, 2, 22));
  await settle();
  const first = [...Array<number>(15).fill(1), ...Array<number>(5).fill(2)];
  assert.deepEqual([of(1), of(2)], [first, Array<number>(20).fill(4)]);
  assert.equal((await life.queue.depth()).later, 5);
  await clock.advance(minute);
  assert.deepEqual([of(1), of(2).length], [[...first, 2], 21]);
  await clock.advance(2 * minute);
  assert.deepEqual([of(1), of(2).length], [[...first, 2, 2, 3], 22]);
  assert.equal((await life.queue.depth()).later, 0);
}

async function survives({ start, clock }: Ground) {
  const first = start();
  await first.queue.addInTurn({ subjects: row, gapMs: minute });
  first.kill();
  await clock.advance(90 * second);
  const life = start();
  const desk = work(life, 60);
  await until(() => desk.open.length > 20, 'those whose turn has come begin');
  assert.deepEqual(lanesOf(desk), inOrder(1, 21));
  const fresh = Array.from({ length: 20 }, (_, index) => pull(index + 101));
  await life.queue.addInTurn({ subjects: fresh, gapMs: minute });
  await clock.advance(2 * minute);
  assert.deepEqual(lanesOf(desk).slice(21), ['#22', '#23']);
}

async function byTurns({ start, clock }: Ground) {
  const life = start();
  const desk = work(life, 60);
  await life.queue.addInTurn({ subjects: row, gapMs: minute });
  const asked = [pull(31), pull(32), pull(33)];
  await life.queue.addInTurn({ subjects: asked, gapMs: minute, ahead: true });
  await clock.advance(6 * minute);
  assert.deepEqual(lanesOf(desk).slice(20), ['#31', '#21', '#32', '#22', '#33', '#23']);
}

/** Only a look that counts is a turn, and one that was asked for while it was under way is another. */
async function hadTurn({ start, clock }: Ground) {
  const life = start();
  const desk = work(life, 60);
  await life.queue.addInTurn({ subjects: row, gapMs: minute });
  await settle();
  await endAll(desk);
  for (const number of [21, 22, 23]) await life.queue.add(pull(number));
  await settle();
  const [kept, had, again] = desk.open as [OpenJob, OpenJob, OpenJob];
  await life.queue.addInTurn({ subjects: [again.subject], gapMs: minute });
  await kept.end({ revisitAt: 'keep' });
  await had.end();
  await again.end();
  await clock.advance(10 * minute);
  assert.deepEqual(lanesOf(desk), ['#21', '#23']);
}

async function slowsDown({ start, clock }: Ground) {
  const life = start();
  const times: number[] = [];
  const handler = async () => {
    times.push(clock.now());
    return nothing;
  };
  life.queue.run(handler, { concurrency: 60 });
  const begun = clock.now();
  const looksWithin = (ms: number) => times.filter((at) => at <= begun + ms).length;
  const repo = (id: number) => row.map((subject) => ({ ...subject, repo: { ...subject.repo, id } }));
  for (let id = 1; id <= 40; id++) await life.queue.addInTurn({ subjects: repo(id), gapMs: second / 2 });
  await clock.advance(minute);
  const inMinute = looksWithin(minute);
  assert.ok(inMinute > 120 && inMinute <= 20 + 120, `${inMinute} looks in the first minute`);
  await clock.advance(9 * minute);
  const looks = looksWithin(10 * minute);
  assert.ok(looks > 480 && looks <= 200 + 300, `${looks} looks in ten minutes`);
  await clock.advance(20 * minute);
  assert.equal(times.length, 40 * row.length);
}

/** What every queue does with a long row of lanes. */
export function queueTurnsSuite(name: string, make: MakeGround): void {
  describe(`turns in the queue on ${name}`, () => {
    it('wakes a long row of lanes in turn, behind what people do', on(make, inTurn));
    it(
      'keeps the turn of a lane that is told of again, and takes it from one that was looked at',
      on(make, keepsTurns),
    );
    it('has one row for an installation, whoever put lanes there, and none for two', on(make, sharesRow));
    it('keeps the row and its pace over a restart', on(make, survives));
    it('lets what somebody waits for and all else go by turns', on(make, byTurns));
    it('takes a turn for had only by a look that is one', on(make, hadTurn));
    it('slows a row of hundreds down', on(make, slowsDown));
  });
}
