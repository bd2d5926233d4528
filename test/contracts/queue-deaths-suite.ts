import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Later } from '../../app/queue/queue.ts';
import { lanesOf, on, pull, work } from './ground.ts';
import type { Desk, Ground, MakeGround } from './ground.ts';
import { settle } from './manual-clock.ts';

const second = 1_000;
const minute = 60 * second;

const hint = (name: string) => ({ delivery: name, event: 'push', action: null });

type End = (desk: Desk, ground: Ground) => Promise<void>;

/** One life in which the first lane is worked on until it ends; the lease is over when this resolves. */
async function live(ground: Ground, end: End): Promise<number> {
  const life = ground.start();
  const desk = work(life);
  const { attempt } = await desk.job();
  await end(desk, ground);
  life.kill();
  ground.clock.jump(61 * second);
  return attempt;
}

const dies: End = async () => {};
const stops: End = async ({ running }, { clock }) => {
  const stopped = running.stop(0);
  await clock.advance(0);
  await stopped;
};
const fails: End = async (desk) => (await desk.job()).fail(new Later('soon'));

async function liveAll(ground: Ground, ends: readonly End[]): Promise<number[]> {
  const attempts: number[] = [];
  for (const end of ends) attempts.push(await live(ground, end));
  return attempts;
}

const firstWork = async ({ start }: Ground) => {
  const life = start();
  await life.queue.add(pull(1), { hint: hint('a') });
  life.kill();
};

async function secondsUntil(desk: Desk, { clock }: Ground): Promise<number> {
  const before = clock.now();
  while (desk.open.length === 0 && clock.now() - before < 20 * minute) await clock.advance(second);
  return Math.round((clock.now() - before) / second);
}

async function backsOffForErrors(ground: Ground) {
  ground.clock.chance = 0.999999;
  await firstWork(ground);
  const attempts = await liveAll(ground, [stops, dies, stops, dies, dies, stops, stops]);
  assert.deepEqual(attempts, [1, 2, 3, 4, 5, 6, 7]);
  const desk = work(ground.start());
  assert.equal((await desk.job()).attempt, 8);
  await (await desk.job()).fail(new Later('GitHub is down'));
  assert.equal(await secondsUntil(desk, ground), 5);
  await (await desk.job()).fail(new Error('broke'));
  assert.equal(await secondsUntil(desk, ground), 10);
}

async function rests(ground: Ground) {
  const { start, clock } = ground;
  clock.chance = 0.999999;
  await firstWork(ground);
  await liveAll(ground, [dies, dies, dies, dies, dies]);
  const life = start();
  const desk = work(life);
  await settle();
  assert.match(life.problems.join(), /^lane \S+#1: rests until \S+Z, since the process died 5 times in a row/);
  await life.queue.add(pull(1), { hint: hint('b') });
  await life.queue.add(pull(2), { hint: hint('c') });
  const other = await desk.job();
  assert.deepEqual(lanesOf(desk), ['#2']);
  await other.end();
  assert.equal(await secondsUntil(desk, ground), 300);
  const job = await desk.job();
  assert.deepEqual([job.attempt, job.hints.map(({ delivery }) => delivery)], [6, ['a', 'b']]);
  life.kill();
  clock.jump(61 * second);
  const next = start();
  const again = work(next);
  await settle();
  assert.match(next.problems.join(), /died 6 times in a row/);
  await secondsUntil(again, ground);
  await (await again.job()).end();
  await next.queue.add(pull(1), { hint: hint('d') });
  assert.equal((await again.job()).attempt, 1);
  next.kill();
  clock.jump(61 * second);
  assert.equal((await work(start()).job()).attempt, 2);
}

async function inARowOnly(ground: Ground) {
  await firstWork(ground);
  await liveAll(ground, [dies, dies, dies, dies, stops, dies, dies, dies, dies, fails, dies, dies, dies, dies]);
  const life = ground.start();
  assert.equal((await work(life).job()).attempt, 15);
  assert.deepEqual(life.problems, []);
}

/** What every implementation of the queue must do about work that was under way when its process ended. */
export function queueDeathsSuite(name: string, make: MakeGround): void {
  describe(`the end of a process on ${name}`, () => {
    it('makes no backoff longer, for it is no error of the work', on(make, backsOffForErrors));
    it('lets a lane rest on which the process died five times in a row, and others go on', on(make, rests));
    it('counts no death before an error or an end in order', on(make, inARowOnly));
  });
}
