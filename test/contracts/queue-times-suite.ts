import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Later } from '../../app/queue/queue.ts';
import { delivery, lanesOf, on, pull, work } from './ground.ts';
import type { Ground, Life, MakeGround } from './ground.ts';
import { settle } from './manual-clock.ts';

const second = 1_000;
const minute = 60 * second;

const hint = (name: string) => ({ delivery: name, event: 'push', action: null });
const hintsOf = (job: { hints: readonly { delivery: string }[] }) => job.hints.map((one) => one.delivery).join();
const add = ({ queue }: Life, number: number, name: string) => queue.add(pull(number), { hint: hint(name) });

function times(make: MakeGround): void {
  it('starts work with a time by a timer only', on(make, byTimerOnly));
  it('starts what is due when it is run', on(make, dueAtStart));
  it('replaces, removes or keeps a revisit', on(make, revisits));
  it('lets immediate work pass a revisit, and keeps timers set during a job', on(make, passesRevisit));
  it('tells a job of a revisit that fell due before its timer fired', on(make, dueOvertaken));
  it('sleeps not at all when nothing is to be done', on(make, idles));
  it('lets a short pause end while a timer is overdue and not fired', on(make, shortPause));
}

async function byTimerOnly({ start, clock }: Ground) {
  const life = start();
  const desk = work(life);
  await life.queue.add(pull(1), { notBefore: clock.now() + 30 * second });
  await life.queue.add(pull(2), { notBefore: clock.now() + 40 * second });
  assert.equal((await life.queue.depth()).later, 2);
  await settle();
  clock.jump(61 * second);
  await life.queue.add(pull(3));
  await settle();
  assert.deepEqual(lanesOf(desk), ['#3']);
  await desk.open[0]?.end();
  assert.deepEqual(lanesOf(desk), []);
  await clock.advance(0);
  assert.deepEqual(lanesOf(desk), ['#1', '#2']);
  assert.equal((await life.queue.depth()).later, 0);
}

async function dueAtStart({ start, clock }: Ground) {
  const life = start();
  await life.queue.add(pull(1), { notBefore: clock.now() + minute });
  await life.queue.add(pull(2), { notBefore: clock.now() + 3 * minute });
  clock.jump(2 * minute);
  const desk = work(life);
  await settle();
  assert.deepEqual(lanesOf(desk), ['#1']);
  await clock.advance(minute);
  assert.deepEqual(lanesOf(desk), ['#1', '#2']);
}

async function revisits({ start, clock }: Ground) {
  const life = start();
  const desk = work(life);
  const end = async (revisitAt: number | null | 'keep') => {
    await life.queue.add(pull(1));
    await (await desk.job()).end({ revisitAt });
  };
  const jobsWithin = async (ms: number) => {
    await clock.advance(ms);
    return desk.open.length;
  };
  await end(clock.now() + 10 * minute);
  await end(clock.now() + 30 * minute);
  assert.equal(await jobsWithin(20 * minute), 0);
  await end(null);
  assert.equal(await jobsWithin(20 * minute), 0);
  await end(clock.now() + 30 * minute);
  await end('keep');
  assert.equal(await jobsWithin(29 * minute), 0);
  assert.equal(await jobsWithin(minute), 1);
  await (await desk.job()).end({ revisitAt: 'keep' });
  assert.equal((await life.queue.depth()).later, 0);
}

async function passesRevisit({ start, clock }: Ground) {
  const life = start();
  await life.queue.add(pull(1), { notBefore: clock.now() + 60 * minute });
  const desk = work(life);
  await settle();
  assert.equal(desk.open.length, 0);
  await add(life, 1, 'a');
  const job = await desk.job();
  await life.queue.add(pull(1), { notBefore: clock.now() + 5 * minute });
  await job.end({ revisitAt: clock.now() + 20 * minute });
  await clock.advance(5 * minute);
  await (await desk.job()).end();
  assert.equal((await life.queue.depth()).later, 0);
}

async function dueOvertaken({ start, clock }: Ground) {
  const life = start();
  const desk = work(life);
  await life.queue.add(pull(1), { notBefore: clock.now() + minute });
  await add(life, 1, 'early');
  const early = await desk.job();
  assert.equal(early.woken, false);
  await early.end({ revisitAt: 'keep' });
  clock.jump(61 * second);
  await add(life, 1, 'late');
  const late = await desk.job();
  assert.deepEqual([late.woken, hintsOf(late)], [true, 'late']);
  await late.end({ revisitAt: 'keep' });
  assert.equal((await life.queue.depth()).later, 0);
}

async function idles({ start, clock }: Ground) {
  const life = start();
  const desk = work(life);
  await add(life, 1, 'a');
  await (await desk.job()).end();
  await add(life, 1, 'b');
  await (await desk.job()).fail(new Later('soon'));
  await clock.advance(minute);
  await (await desk.job()).end();
  assert.equal(clock.sleeping, 0);
}

async function shortPause({ start, clock }: Ground) {
  const life = start();
  const desk = work(life);
  await life.queue.add(pull(1), { notBefore: clock.now() + 30 * second });
  await settle();
  const timers = clock.sleeping;
  assert.equal(timers, 1);
  clock.jump(61 * second);
  await life.queue.add(pull(2));
  await (await desk.job()).fail(new Later('at once', clock.now() + 2 * second));
  assert.equal(clock.sleeping, timers + 1);
  await clock.endShortest(5 * second);
  assert.deepEqual(lanesOf(desk), ['#2']);
}

function failures(make: MakeGround): void {
  it('tries without end what is to be done later, ever more rarely', on(make, triesLater));
  it('waits as long as it is told', on(make, waitsAsTold));
  it('keeps new work waiting with what is to be tried later', on(make, waitsTogether));
  it('lets new work end a wait for what may come with it', on(make, yields));
  it('counts as no error what only waits', on(make, countsErrors));
  it('sets aside what broke five times, and goes on', on(make, setsAside));
  it('keeps a later revisit when work is set aside', on(make, keepsRevisit));
  it('tries what only a timer woke again an hour after it was set aside', on(make, triesTimerAgain));
}

async function triesLater({ start, clock }: Ground) {
  const life = start();
  clock.chance = 0.999999;
  await add(life, 1, 'a');
  const desk = work(life);
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 9; attempt++) {
    const job = await desk.job();
    assert.deepEqual([job.attempt, hintsOf(job)], [attempt, 'a']);
    const before = clock.now();
    await job.fail(new Later('GitHub is down'));
    for (let waited = 0; desk.open.length === 0 && waited < 400; waited++) await clock.advance(second);
    waits.push(Math.round((clock.now() - before) / second));
  }
  assert.deepEqual(waits, [5, 10, 20, 40, 80, 160, 300, 300, 300]);
  assert.deepEqual(life.problems, []);
  await (await desk.job()).end();
  await add(life, 1, 'b');
  assert.equal((await desk.job()).attempt, 1);
}

async function waitsAsTold({ start, clock }: Ground) {
  const life = start();
  await add(life, 1, 'a');
  const desk = work(life);
  await (await desk.job()).fail(new Later('limited', clock.now() + 3_000 * second));
  await clock.advance(2_999 * second);
  assert.equal(desk.open.length, 0);
  await clock.advance(second);
  assert.equal(hintsOf(await desk.job()), 'a');
}

async function waitsTogether({ start, clock }: Ground) {
  const life = start();
  await add(life, 1, 'a');
  const desk = work(life);
  const first = await desk.job();
  await add(life, 1, 'b');
  await first.fail(new Later('limited', clock.now() + 60 * minute));
  await add(life, 1, 'c');
  await life.queue.add(pull(1));
  await life.queue.add(pull(1), { notBefore: clock.now() + 10 * minute });
  await clock.advance(59 * minute);
  assert.deepEqual([desk.open.length, (await life.queue.depth()).ready], [0, 0]);
  await clock.advance(minute);
  const job = await desk.job();
  assert.deepEqual([hintsOf(job), job.attempt, job.woken], ['a,b,c', 2, true]);
  await job.end({ revisitAt: 'keep' });
  assert.equal((await life.queue.depth()).later, 0);
}

async function yields({ start, clock }: Ground) {
  const life = start();
  await add(life, 1, 'a');
  const desk = work(life);
  await (await desk.job()).fail(new Later('not there yet', clock.now() + 60 * minute, { yields: true }));
  assert.equal(desk.open.length, 0);
  await add(life, 1, 'b');
  const job = await desk.job();
  assert.deepEqual([hintsOf(job), job.attempt], ['a,b', 2]);
  await job.end({ revisitAt: 'keep' });
  assert.equal((await life.queue.depth()).later, 0);
}

async function countsErrors({ start, clock }: Ground) {
  const life = start();
  clock.chance = 0.999999;
  await add(life, 1, 'a');
  const desk = work(life);
  const seen: number[] = [];
  const next = async (error: Error) => {
    const job = await desk.job();
    seen.push(job.errors);
    await job.fail(error);
  };
  for (const name of ['b', 'c', 'd']) {
    await next(new Later('not there yet', clock.now() + minute, { yields: true, waits: true }));
    await add(life, 1, name);
  }
  await next(new Later('halted', clock.now() + minute, { waits: true }));
  await clock.advance(minute);
  await next(new Later('GitHub is down'));
  await clock.advance(5 * second);
  await next(new TypeError('x is not a function'));
  await clock.advance(10 * second);
  const job = await desk.job();
  assert.deepEqual([...seen, job.errors, job.attempt], [0, 0, 0, 0, 0, 1, 2, 7]);
  await job.end();
  await add(life, 1, 'e');
  assert.equal((await desk.job()).errors, 0);
}

async function breakFor(desk: ReturnType<typeof work>, { clock }: Ground, times: number): Promise<void> {
  for (let attempt = 1; attempt <= times; attempt++) {
    await (await desk.job()).fail(new TypeError('x is not a function'));
    if (attempt < 5) await clock.advance(5 * minute);
  }
}

async function triesTimerAgain(ground: Ground) {
  const life = ground.start();
  const desk = work(life);
  await life.queue.add(pull(1), { notBefore: ground.clock.now() + minute });
  await ground.clock.advance(minute);
  await breakFor(desk, ground, 5);
  assert.equal(life.problems.length, 1);
  await ground.clock.advance(59 * minute);
  assert.equal(desk.open.length, 0);
  await ground.clock.advance(minute);
  const job = await desk.job();
  assert.deepEqual([job.attempt, job.woken], [1, true]);
}

async function setsAside(ground: Ground) {
  const life = ground.start();
  const { store, queue, problems } = life;
  const given = delivery(ground.clock);
  await store.saveDelivery(given, [pull(1)]);
  const desk = work(life);
  await breakFor(desk, ground, 5);
  const [row] = await store.deliveries({ limit: 1 });
  assert.deepEqual([row?.state, row?.reason], ['aside', 'x is not a function']);
  assert.equal(problems.length, 1);
  assert.deepEqual(await queue.depth(), { ready: 0, running: 0, later: 0, aside: 1, oldest: null });
  assert.equal((await store.counts()).aside, 1);
  await store.saveDelivery(delivery(ground.clock), [pull(1)]);
  const next = await desk.job();
  assert.deepEqual([next.hints.length, next.attempt], [1, 1]);
  await next.end();
  assert.equal(await store.saveDelivery(given, [pull(1)]), 'again');
  await (await desk.job()).end();
  assert.equal((await store.deliveries({ limit: 2 }))[1]?.state, 'done');
}

async function keepsRevisit(ground: Ground) {
  const life = ground.start();
  await life.queue.add(pull(1), { notBefore: ground.clock.now() + 24 * 60 * minute });
  await add(life, 1, 'a');
  const desk = work(life);
  await breakFor(desk, ground, 5);
  assert.equal((await life.queue.depth()).later, 1);
  await ground.clock.advance(24 * 60 * minute);
  await (await desk.job()).end();
  assert.equal((await life.queue.depth()).later, 0);
}

/** What every implementation of the queue must do about time: revisits, backoff, setting aside. */
export function queueTimesSuite(name: string, make: MakeGround): void {
  describe(`times of the queue on ${name}`, () => {
    describe('times', () => times(make));
    describe('failures', () => failures(make));
  });
}
