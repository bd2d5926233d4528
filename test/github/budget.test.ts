import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Budget, type Pause } from '../../app/github/budget.ts';
import type { Cost } from '../../app/github/cost.ts';
import { Trouble } from '../../app/github/troubles.ts';
import { ManualClock } from './manual-clock.ts';

const read: Cost = { kind: 'read', creates: false, rank: 0 };
const write: Cost = { kind: 'write', creates: false, rank: 3 };
const comment: Cost = { kind: 'write', creates: true, rank: 4 };
const yes = { answered: true };

function setUp(saved: readonly Pause[] = []) {
  const clock = new ManualClock();
  const pauses: Pause[] = [];
  const notices: string[] = [];
  const budget = new Budget({
    clock,
    load: async () => saved,
    save: async (pause) => void pauses.push(pause),
    onNotice: (text) => void notices.push(text),
  });
  const starts: number[] = [];
  const call = async () => {
    starts.push(clock.now());
    return yes;
  };
  return { clock, budget, pauses, notices, starts, call, t0: clock.now() };
}

const laterAt = (until: number | null) => (error: unknown) =>
  error instanceof Trouble && error.kind === 'later' && error.until === until;

test('writes of one account go one after the other with a second between their starts', async () => {
  const { clock, budget, starts, t0 } = setUp();
  let running = 0;
  const slow = async () => {
    running += 1;
    assert.equal(running, 1);
    starts.push(clock.now() - t0);
    await clock.sleep(starts.length === 1 ? 2500 : 10);
    running -= 1;
    return yes;
  };
  const all = Promise.all([1, 2, 3, 4].map(() => budget.run('1', write, slow)));
  await clock.advance(10_000);
  await all;
  assert.deepEqual(starts, [0, 2500, 3500, 4500]);
});

test('20 accounts do not slow each other', async () => {
  const { clock, budget, starts, call, t0 } = setUp();
  const accounts = Array.from({ length: 20 }, (_, index) => String(index));
  const all = Promise.all(accounts.flatMap((name) => [budget.run(name, comment, call), budget.run(name, write, call)]));
  await clock.advance(1000);
  await all;
  assert.equal(starts.filter((at) => at === t0).length, 20);
  assert.equal(starts.length, 40);
});

test('a line longer than five seconds sends writes away, each with a time of its own', async () => {
  const { clock, budget, call, t0, starts } = setUp();
  const results = Array.from({ length: 9 }, () =>
    budget.run('1', write, call).then(
      () => 0,
      (error: Trouble) => error.until,
    ),
  );
  await clock.advance(20_000);
  assert.deepEqual(await Promise.all(results), [0, 0, 0, 0, 0, 0, t0 + 7000, t0 + 8000, t0 + 9000]);
  assert.equal(starts.length, 6);
});

test('merges overtake comments that wait in line', async () => {
  const { clock, budget } = setUp();
  const order: string[] = [];
  const note = (name: string) => async () => {
    order.push(name);
    return yes;
  };
  const first = budget.run('1', write, note('first'));
  await clock.settle();
  const comments = ['comment', 'another'].map((name) => budget.run('1', comment, note(name)));
  const rest = [...comments, budget.run('1', { ...write, rank: 0 }, note('merge'))];
  await clock.advance(5000);
  await Promise.all([first, ...rest]);
  assert.deepEqual(order, ['first', 'comment', 'merge', 'another']); // the first comment already counts down its second
});

test('at most 20 reads at once, and 600 points a minute', async () => {
  const { clock, budget, t0 } = setUp();
  let running = 0;
  let most = 0;
  const slow = async () => {
    most = Math.max(most, (running += 1));
    await clock.sleep(1);
    running -= 1;
    return yes;
  };
  const results = Array.from({ length: 601 }, () =>
    budget.run('1', read, slow).then(
      () => 0,
      (error: Trouble) => error.until,
    ),
  );
  await clock.advance(1000);
  const until = await Promise.all(results);
  assert.equal(most, 20);
  assert.equal(until.filter((at) => at === 0).length, 600);
  assert.ok((until.at(-1) ?? 0) >= t0 + 60_000);
});

test('no more than 60 new comments a minute and 400 an hour, whatever is asked', async () => {
  const { clock, budget, starts, call } = setUp();
  for (let second = 0; second < 1200; second += 1) {
    budget.run('1', comment, call).catch(() => undefined);
    await clock.advance(500);
  }
  assert.equal(starts.length, 400);
  for (const from of starts) assert.ok(starts.filter((at) => at >= from && at < from + 60_000).length <= 60);
  starts.forEach((at, index) => assert.ok(index === 0 || at - (starts[index - 1] ?? 0) >= 1000));
});

test('inside a pause nothing is called; after it one probe goes alone', async () => {
  const { clock, budget, starts, call, pauses, t0 } = setUp();
  await budget.limited('1', { waitMs: 60_000, reason: 'secondary rate limit' });
  assert.deepEqual(pauses, [{ account: '1', until: t0 + 60_000, reason: 'secondary rate limit' }]);
  assert.deepEqual(budget.pauses(), pauses);
  await assert.rejects(budget.run('1', read, call), laterAt(t0 + 60_000));
  await assert.rejects(budget.run('1', { ...read, kind: 'token' }, call), laterAt(t0 + 60_000));
  await budget.run('2', write, call);
  assert.equal(starts.length, 1);
  await clock.advance(60_000);
  const gate = Promise.withResolvers<{ answered: boolean }>();
  let probes = 0;
  const all = [1, 2, 3, 4].map(() => budget.run('1', read, () => ((probes += 1), gate.promise)));
  const last = budget.run('1', write, () => ((probes += 1), gate.promise));
  await clock.settle();
  assert.equal(probes, 1);
  gate.resolve(yes);
  await Promise.all([...all, last]);
  assert.equal(probes, 5);
});

test('a probe that meets the limit again lets nobody through', async () => {
  const { clock, budget, t0 } = setUp();
  await budget.limited('1', { waitMs: null, reason: 'secondary' });
  await clock.advance(60_000);
  let probes = 0;
  const probe = async () => {
    probes += 1;
    await clock.sleep(10);
    await budget.limited('1', { waitMs: null, reason: 'secondary' });
    return yes;
  };
  const all = [1, 2, 3].map(() => budget.run('1', read, probe).catch((error: Trouble) => error.until));
  await clock.advance(10);
  const until = t0 + 60_010 + 120_000;
  assert.deepEqual(await Promise.all(all), [yes, until, until]);
  assert.equal(probes, 1);
});

const waits: readonly (readonly [number | null, number])[] = [
  [0, 1000],
  [1000, 1000],
  [60_000, 60_000],
  [3_600_000, 3_600_000],
  [1e13, 3_600_000],
  [null, 60_000],
];

test('how long a limit pauses an account', async () => {
  for (const [waitMs, pause] of waits) {
    const { budget, t0 } = setUp();
    assert.equal(await budget.limited('1', { waitMs, reason: 'limit' }), t0 + pause);
  }
});

test('without a time from GitHub each new limit doubles the pause, up to an hour, until all is quiet', async () => {
  const { clock, budget } = setUp();
  const pauses: number[] = [];
  for (let turn = 0; turn < 8; turn += 1) {
    const pause = (await budget.limited('1', { waitMs: null, reason: 'limit' })) - clock.now();
    pauses.push(pause / 60_000);
    await clock.advance(pause + 1000);
    await budget.run('1', read, async () => yes);
  }
  assert.deepEqual(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
  await clock.advance(700_000);
  assert.equal((await budget.limited('1', { waitMs: null, reason: 'limit' })) - clock.now(), 60_000);
});

test('calls refused together are one strike, and a pause is never shortened', async () => {
  const { budget, t0 } = setUp();
  await budget.limited('1', { waitMs: null, reason: 'limit' });
  assert.equal(await budget.limited('1', { waitMs: null, reason: 'limit' }), t0 + 60_000);
  assert.equal(await budget.limited('1', { waitMs: 5000, reason: 'limit' }), t0 + 60_000);
});

test('pauses of an earlier process are obeyed', async () => {
  const t0 = new ManualClock().now();
  const { budget, clock, call, starts } = setUp([
    { account: '1', until: t0 + 5000, reason: 'limit' },
    { account: '2', until: t0 - 5000, reason: 'old' },
  ]);
  await assert.rejects(budget.run('1', read, call), laterAt(t0 + 5000));
  await budget.run('2', read, call);
  await clock.advance(5000);
  await budget.run('1', read, call);
  assert.equal(starts.length, 2);
});

test('saved pauses that cannot be read stop everything, and are read again', async () => {
  let tries = 0;
  const budget = new Budget({
    clock: new ManualClock(),
    load: async () => ((tries += 1) === 1 ? Promise.reject(new Error('disk')) : []),
    save: async () => Promise.reject(new Error('disk')),
    onNotice: () => undefined,
  });
  await assert.rejects(
    budget.run('1', read, async () => yes),
    laterAt(null),
  );
  assert.equal(await budget.run('1', read, async () => yes), yes);
  await budget.pause('1', 1e12, 'not saved').catch(() => assert.fail('a pause must hold unsaved'));
});

test('an outage of an hour is met with one probe every 30 s, then the door opens bit by bit', async () => {
  const { clock, budget, t0 } = setUp();
  const calls: number[] = [];
  let up = false;
  const call = async () => {
    calls.push(clock.now() - t0);
    await clock.sleep(100);
    return { answered: up };
  };
  for (let second = 0; second < 3600; second += 5) {
    for (let lane = 0; lane < 3; lane += 1) budget.run('1', read, call).catch(() => undefined);
    await clock.advance(5000);
  }
  assert.ok(calls.length <= 3 + 3600 / 30, `${calls.length} calls`);
  await clock.advance(30_000);
  up = true;
  calls.length = 0;
  const all = Promise.all(Array.from({ length: 10 }, () => budget.run('1', read, call)));
  await clock.advance(99);
  assert.equal(calls.length, 1);
  await clock.advance(100);
  assert.equal(calls.length, 3);
  await clock.advance(1000);
  await all;
});

test('when an outage may be over, one token is asked for and not one for each repository', async () => {
  const { clock, budget, t0 } = setUp([{ account: '1', until: 1, reason: 'GitHub does not answer' }]);
  const token: Cost = { kind: 'token', creates: false, rank: 0 };
  await budget.pause('1', t0 + 1000, 'GitHub does not answer');
  await clock.advance(1000);
  let asked = 0;
  const silent = async () => {
    asked += 1;
    await clock.sleep(100);
    return { answered: false };
  };
  const all = [1, 2, 3, 4].map(() =>
    assert.rejects(budget.run('1', token, silent).then(() => budget.run('1', read, silent))),
  );
  await clock.advance(20_000);
  await Promise.all(all);
  assert.equal(asked, 1);
  await clock.advance(11_000);
  assert.deepEqual(await budget.run('1', token, async () => yes), yes);
});
