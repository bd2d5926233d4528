import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Motion, Pace } from './pace.ts';
import { startOfTime, VirtualClock } from './virtual-clock.ts';
import { installDate } from './virtual-date.ts';

const quiet: Motion = { sending: 0, asking: 0, running: 0, ready: 0, starting: false, seen: 0 };
const minute = 60_000;

function setUp(motion: () => Motion = () => quiet, watchdog = 2_000) {
  const clock = new VirtualClock();
  const pace = new Pace(clock, async () => motion(), { watchdog, stall: 30 });
  return { clock, pace, life: clock.life() };
}

const minutesIn = (clock: VirtualClock) => (clock.now() - startOfTime) / minute;

test('the clock starts on a Monday and moves 61 s before a step, firing no timer', async () => {
  const { clock, pace, life } = setUp();
  let fired = false;
  void life.sleep(30_000).then(() => (fired = true));
  pace.beforeStep();
  await pace.settle();
  assert.equal(clock.now(), Date.parse('2026-01-05T09:01:01Z'));
  assert.equal(fired, false);
  await pace.wait(1_000);
  assert.equal(fired, true);
});

test('pauses pass when nothing else moves, moving the clock by as much', async () => {
  let running = 1;
  const { clock, pace, life } = setUp(() => ({ ...quiet, running }));
  void (async () => {
    await life.sleep(1_000);
    await life.sleep(5_000);
    running = 0;
  })();
  await pace.settle();
  assert.equal(clock.now() - startOfTime, 6_000);
});

test('a wait fires timers in order of due time, those armed meanwhile too, and ends on time', async () => {
  const { clock, pace, life } = setUp();
  const seen: [string, number][] = [];
  const note = (name: string) => () => void seen.push([name, minutesIn(clock)]);
  void life.sleep(20 * minute).then(note('late'));
  void life
    .sleep(10 * minute)
    .then(note('early'))
    .then(() => life.sleep(5 * minute))
    .then(note('chained'));
  void life.sleep(31 * minute).then(note('never'));
  await pace.wait(30 * minute);
  assert.deepEqual(seen, [
    ['early', 10],
    ['chained', 15],
    ['late', 20],
  ]);
  assert.equal(minutesIn(clock), 30);
});

test('in a wait longer than a day loops run once an hour, single timers on time, and each once more at the end', async () => {
  const { clock, pace, life } = setUp();
  let polls = 0;
  let single = 0;
  void (async () => {
    for (;;) {
      await life.sleep(minute);
      polls += 1;
    }
  })();
  void life.sleep(1_447 * minute).then(() => (single = minutesIn(clock)));
  await pace.wait((48 * 60 + 30) * minute);
  assert.equal(single, 1_447);
  assert.ok(polls >= 48 && polls <= 51, `${polls} polls`);
  await pace.wait(10 * minute);
  assert.ok(polls >= 58, `${polls} polls after a short wait`);
});

test('the sleeps of an ended life never end, those of another life do', async () => {
  const { clock, pace, life } = setUp();
  const other = clock.life();
  const woken: string[] = [];
  void life.sleep(minute).then(() => woken.push('ended'));
  void other.sleep(minute).then(() => woken.push('other'));
  life.end();
  void life.sleep(1).then(() => woken.push('after the end'));
  await pace.wait(2 * minute);
  assert.deepEqual(woken, ['other']);
});

test('an aborted sleep rejects with the reason of its signal', async () => {
  const { life } = setUp();
  const abort = new AbortController();
  const sleep = life.sleep(minute, abort.signal);
  abort.abort(new Error('enough'));
  await assert.rejects(sleep, /enough/);
  await assert.rejects(life.sleep(minute, abort.signal), /enough/);
});

test('a request that nobody answers lets its deadline come', async () => {
  let asking = 1;
  const { clock, pace, life } = setUp(() => ({ ...quiet, asking, running: asking }));
  void life.sleep(10_000).then(() => (asking = 0));
  await pace.settle();
  assert.equal(clock.now() - startOfTime, 10_000);
});

test('a hang is a failure that says what is busy', async () => {
  const { pace, life } = setUp(() => ({ ...quiet, ready: 2 }), 60);
  void life.sleep(minute);
  await assert.rejects(pace.settle(), /still busy: ready: 2 \(timer of 60000 ms\)/);
});

test('chance is the same for the same seed', () => {
  const draw = (seed: number) =>
    Array.from(
      { length: 3 },
      (
        (clock) => () =>
          clock.random()
      )(new VirtualClock(seed)),
    );
  assert.deepEqual(draw(7), draw(7));
  assert.notDeepEqual(draw(7), draw(8));
  assert.ok(draw(7).every((value) => value >= 0 && value < 1));
});

test('the global Date reads the virtual clock until it is put back', () => {
  const Real = Date;
  const clock = new VirtualClock();
  const restore = installDate(() => clock.now());
  try {
    assert.equal(Date.now(), startOfTime);
    assert.equal(new Date().toISOString(), '2026-01-05T09:00:00.000Z');
    assert.equal(new Date(0).getTime(), 0);
    assert.equal(new Date(2020, 1, 2).getFullYear(), 2020);
    assert.equal(Date.UTC(1970, 0, 1), 0);
    assert.ok(new Date() instanceof Date && new Real() instanceof Date);
    assert.equal(typeof (Date as unknown as () => string)(), 'string');
    clock.moveTo(startOfTime + 1);
    assert.equal(Date.now(), startOfTime + 1);
  } finally {
    restore();
  }
  assert.equal(Date, Real);
});
