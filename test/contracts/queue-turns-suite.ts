import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lanesOf, on, pull, work } from './ground.ts';
import type { Ground, MakeGround } from './ground.ts';
import { settle } from './manual-clock.ts';

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

async function keepsTurns({ start, clock }: Ground) {
  const life = start();
  const desk = work(life, 40);
  const turns = { subjects: row, gapMs: minute };
  const endAll = async () => {
    for (const job of [...desk.open]) await job.end();
  };
  await life.queue.addInTurn(turns);
  await settle();
  await endAll();
  await clock.advance(30 * second);
  await life.queue.addInTurn(turns);
  await life.queue.add(pull(23));
  await settle();
  assert.deepEqual(new Set(lanesOf(desk)), new Set([...inOrder(1, 20), '#23']));
  await endAll();
  await clock.advance(30 * second);
  assert.deepEqual(lanesOf(desk), ['#21']);
  await endAll();
  await clock.advance(10 * minute);
  assert.deepEqual(lanesOf(desk), ['#22']);
}

/** What every queue does with a long row of lanes. */
export function queueTurnsSuite(name: string, make: MakeGround): void {
  describe(`turns in the queue on ${name}`, () => {
    it('wakes a long row of lanes in turn, behind what people do', on(make, inTurn));
    it(
      'keeps the turn of a lane that is told of again, and takes it from one that was looked at',
      on(make, keepsTurns),
    );
  });
}
