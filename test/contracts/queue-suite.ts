import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Later } from '../../app/queue/queue.ts';
import { laneOf } from '../../app/subject.ts';
import { delivery, finished, lanesOf, memory, on, pull, report, work } from './ground.ts';
import type { Ground, Life, MakeGround } from './ground.ts';
import { settle, until } from './manual-clock.ts';

const second = 1_000;
const minute = 60 * second;

const hint = (name: string) => ({ delivery: name, event: 'push', action: null });
const hintsOf = (job: { hints: readonly { delivery: string }[] }) => job.hints.map((one) => one.delivery).join();
const add = ({ queue }: Life, number: number, name: string) => queue.add(pull(number), { hint: hint(name) });

function lanes(make: MakeGround): void {
  it('makes one job of all that waits, oldest first, and another of what comes later', on(make, oneJob));
  it('tells when what waits was received', on(make, tellsReceived));
  it('changes nothing by adding what already waits', on(make, addsOnce));
  it('takes a hint that comes back while it is worked on once more', on(make, takesOnceMore));
  it('holds a lane once and as many lanes as it may', on(make, holdsOnce));
  it('lets installations take turns', on(make, takesTurns));
  it('gives the newest name of the subject', on(make, newestName));
  it('tells a job that its lane was woken, beside what the hints say', on(make, tellsWoken));
  it('wakes other lanes, and its own, when a job is finished', on(make, wakes));
}

async function oneJob({ start }: Ground) {
  const life = start();
  for (const name of ['b', 'a', 'c']) await add(life, 1, name);
  const desk = work(life);
  const first = await desk.job();
  assert.deepEqual([first.lane, first.attempt, hintsOf(first)], [laneOf(pull(1)), 1, 'b,a,c']);
  await add(life, 1, 'd');
  await add(life, 1, 'e');
  await settle();
  assert.equal(desk.open.length, 1);
  await first.end();
  const next = await desk.job();
  assert.deepEqual([hintsOf(next), next.attempt], ['d,e', 1]);
  await next.end();
  assert.equal(desk.open.length, 0);
}

async function tellsReceived({ start, clock }: Ground) {
  const { store, queue } = start();
  const began = clock.now();
  await store.saveDelivery(delivery(clock), [pull(1)]);
  clock.jump(minute);
  await store.saveDelivery(delivery(clock), [pull(1)]);
  await queue.add(pull(1), { hint: hint('of which nothing is known') });
  const job = await work({ queue }).job();
  assert.deepEqual([job.hints.length, job.receivedAt], [3, [began, began + minute]]);
}

async function addsOnce({ start }: Ground) {
  const life = start();
  await add(life, 1, 'a');
  await add(life, 1, 'a');
  await life.queue.add(pull(1));
  assert.equal((await life.queue.depth()).ready, 1);
  const desk = work(life);
  const job = await desk.job();
  assert.equal(hintsOf(job), 'a');
  await job.end();
  assert.equal(desk.open.length, 0);
}

async function takesOnceMore({ start }: Ground) {
  const life = start();
  await add(life, 1, 'a');
  const desk = work(life);
  const job = await desk.job();
  await add(life, 1, 'a');
  await job.end();
  assert.equal(hintsOf(await desk.job()), 'a');
}

async function holdsOnce({ start }: Ground) {
  const life = start();
  for (const number of [1, 1, 2, 3, 4]) await life.queue.add(pull(number));
  const desk = work(life, 2);
  await settle();
  assert.deepEqual(lanesOf(desk), ['#1', '#2']);
  assert.deepEqual(await life.queue.depth(), { ready: 2, running: 2, later: 0, aside: 0, oldest: null });
  await desk.open[1]?.end();
  assert.deepEqual(lanesOf(desk), ['#1', '#3']);
}

async function takesTurns({ start, clock }: Ground) {
  const life = start();
  const ofInstallation = [1, 1, 1, 1, 2, 2, null];
  for (const [number, installation] of ofInstallation.entries()) {
    await life.queue.add(pull(number, installation));
    clock.jump(1);
  }
  const desk = work(life, 1);
  const order: string[] = [];
  while (order.length < ofInstallation.length) {
    const job = await desk.job();
    order.push(job.lane.slice(2));
    await job.end();
  }
  assert.deepEqual(order, ['6', '0', '4', '1', '5', '2', '3']);
}

async function newestName({ start }: Ground) {
  const life = start();
  await life.queue.add(pull(1, 1, 'old'), { hint: hint('a') });
  await life.queue.add(pull(1, 1, 'new'), { hint: hint('b') });
  assert.deepEqual((await work(life).job()).subject, pull(1, 1, 'new'));
}

async function tellsWoken({ start }: Ground) {
  const life = start();
  await add(life, 1, 'a');
  const desk = work(life);
  const job = await desk.job();
  assert.equal(job.woken, false);
  await add(life, 1, 'b');
  await life.queue.add(pull(1));
  await job.end();
  const next = await desk.job();
  assert.deepEqual([hintsOf(next), next.woken], ['b', true]);
}

async function wakes({ start }: Ground) {
  const life = start();
  await add(life, 1, 'a');
  const desk = work(life, 1);
  await (await desk.job()).end({ wake: [pull(2), pull(1)] });
  const seen = [await desk.job()];
  await seen[0]?.end();
  seen.push(await desk.job());
  assert.deepEqual(seen.map((job) => `${job.lane}${hintsOf(job)}`).toSorted(), [laneOf(pull(1)), laneOf(pull(2))]);
}

function processes(make: MakeGround): void {
  it('takes a dead process’s lanes when their leases expire', on(make, takesExpired));
  it('leaves a living process’s lanes to it, however long it takes', on(make, leavesLiving));
  it('drops what a process brings that lost its lease', on(make, dropsLate));
  it('finds what another process adds', on(make, watches));
  it('waits for jobs when it stops, and gives back those that do not end', on(make, stops));
  it('is quiet after a kill', on(make, quietAfterKill));
  it('commits what is remembered with the end of the job', on(make, remembers));
}

async function takesExpired({ start, clock }: Ground) {
  const life = start();
  await add(life, 1, 'a');
  await work(life).job();
  life.kill();
  const next = start();
  const desk = work(next);
  await clock.advance(59 * second);
  assert.equal(desk.open.length, 0);
  assert.equal((await next.queue.depth()).running, 0);
  await clock.advance(second);
  const job = await desk.job();
  assert.deepEqual([hintsOf(job), job.attempt], ['a', 2]);
  next.kill();
  clock.jump(61 * second);
  assert.equal((await work(start()).job()).attempt, 3);
}

async function leavesLiving({ start, clock }: Ground) {
  const [one, two] = [start(), start()];
  await add(one, 1, 'a');
  const [first, second_] = [work(one), work(two)];
  const job = await first.job();
  await clock.advance(10 * minute);
  assert.equal(second_.open.length, 0);
  assert.equal(job.held(), true);
  await job.end();
  assert.deepEqual([one.problems, two.problems], [[], []]);
  await clock.advance(10 * minute);
  assert.equal(first.open.length + second_.open.length, 0);
}

async function dropsLate({ start, clock }: Ground) {
  const [one, two] = [start(), start()];
  await add(one, 1, 'a');
  const late = await work(one).job();
  // One hangs: no timer of its own runs, so that it does not renew its lease.
  clock.jump(61 * second);
  const desk = work(two);
  const job = await desk.job();
  assert.equal(hintsOf(job), 'a');
  assert.deepEqual([late.held(), job.held()], [false, true]);
  await clock.advance(50 * second);
  assert.deepEqual([late.held(), job.held()], [false, true]);
  await late.end({ memory: memory(report('late', pull(1))), wake: [pull(9)] });
  await until(() => one.problems.length === 1, 'the loss is told');
  assert.equal(await two.store.report('late'), null);
  assert.deepEqual([(await two.queue.depth()).ready, desk.open.length], [0, 1]);
  await job.end({ memory: memory(report('right', pull(1))) });
  await finished(two);
  assert.equal(two.problems.length, 0);
  assert.equal((await two.store.report('right'))?.id, 'right');
}

async function watches({ start, clock }: Ground) {
  const door = start();
  const desk = work(start({ watch: true }));
  await clock.advance(second);
  await door.store.saveDelivery(delivery(clock), [pull(1)]);
  await settle();
  assert.equal(desk.open.length, 0);
  await clock.advance(100);
  assert.deepEqual(lanesOf(desk), ['#1']);
  assert.equal((await door.queue.depth()).running, 1);
}

async function stops({ start, clock }: Ground) {
  const life = start();
  await add(life, 1, 'a');
  await add(life, 2, 'b');
  const desk = work(life);
  await until(() => desk.open.length === 2);
  const [one, two] = desk.open;
  let stopped = false;
  void desk.running.stop(10 * second).then(() => (stopped = true));
  await one?.end();
  await add(life, 3, 'c');
  await clock.advance(9 * second);
  assert.deepEqual([stopped, desk.open.length], [false, 1]);
  await clock.advance(second);
  assert.equal(stopped, true);
  assert.equal(clock.sleeping, 0);
  const next = work(start());
  await until(() => next.open.length === 2);
  assert.deepEqual(next.open.map(hintsOf).toSorted(), ['b', 'c']);
  await two?.end();
  assert.equal(life.problems.length, 1);
}

async function quietAfterKill({ start, clock }: Ground) {
  const life = start();
  for (const number of [1, 2, 3]) await add(life, number, `${number}`);
  const desk = work(life);
  await until(() => desk.open.length === 3);
  const saving = life.store.saveDelivery(delivery(clock), [pull(4)]);
  life.kill();
  await Promise.all([
    desk.open[0]?.end({ memory: memory(report('r', pull(1))) }),
    desk.open[1]?.fail(new Later('x')),
    desk.open[2]?.fail(new Error('x')),
    assert.rejects(saving),
    clock.advance(minute),
  ]);
  assert.deepEqual(life.problems, []);
}

async function remembers({ start }: Ground) {
  const life = start();
  await add(life, 1, 'a');
  const desk = work(life);
  await (await desk.job()).end({ memory: memory(report('r', pull(1)), { done: ['greet'] }) });
  await finished(life);
  life.kill();
  const { store } = start();
  assert.equal((await store.report('r'))?.id, 'r');
  assert.deepEqual(await store.doneOn(laneOf(pull(1))), ['greet']);
}

/** What every implementation of the queue must do. */
export function queueSuite(name: string, make: MakeGround): void {
  describe(`queue on ${name}`, () => {
    describe('lanes', () => lanes(make));
    describe('processes', () => processes(make));
  });
}
