import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { VirtualClock } from '../scenarios/virtual-clock.ts';
import { startFixture, type Fixture } from './fake-github-fixture.ts';

let one: Fixture;
let clock: VirtualClock;
const all: Fixture[] = [];
beforeEach(async () => {
  clock = new VirtualClock();
  one = await startFixture({ people: { lin: 'admin' }, labels: ['a', 'b'] }, { clock: clock.life() });
  all.push(one);
  await one.github.act('open-issue', { by: 'lin', as: 'issue', title: 'It breaks' });
  await one.quiet();
  one.heard.length = 0;
});
after(() => Promise.all(all.map((each) => each.stop())));

async function heardAfter(): Promise<string[]> {
  await one.quiet();
  return one.heard.map(({ payload }) => String(payload.label?.name ?? payload.action));
}
const label = (name: string) => one.github.act('label', { of: 'issue', by: 'lin', labels: [name] });
const wait = async (seconds: number) => {
  const end = clock.now() + seconds * 1000;
  while (clock.fireNext(end)) await Promise.resolve();
  clock.moveTo(end);
};

test('dropped: it fails, is in the log, and can be sent again', async () => {
  one.github.fault({ kind: 'webhook-dropped', event: 'issues.labeled' });
  await label('a');
  await label('b');
  assert.deepEqual(await heardAfter(), ['b']);
  assert.deepEqual(
    one.github.deliveries.slice(-2).map(({ status }) => status),
    [0, 202],
  );
  await one.github.redeliver({ count: 2 });
  assert.deepEqual(await heardAfter(), ['b', 'a', 'b']);
});

test('silenced: nobody ever hears of it', async () => {
  const before = one.github.deliveries.length;
  one.github.fault({ kind: 'webhook-silenced', times: 2 });
  await label('a');
  await label('b');
  assert.deepEqual(await heardAfter(), []);
  assert.equal(one.github.deliveries.length, before);
});

test('delayed: it comes when its time has come, and does not keep the fake busy', async () => {
  one.github.fault({ kind: 'webhook-delayed', seconds: 600 });
  await label('a');
  await label('b');
  assert.deepEqual(await heardAfter(), ['b']);
  await wait(599);
  assert.deepEqual(await heardAfter(), ['b']);
  await wait(2);
  assert.deepEqual(await heardAfter(), ['b', 'a']);
});

test('duplicated: it comes twice, under the same id or a fresh one', async () => {
  const ids = () => one.heard.map(({ guid }) => guid);
  one.github.fault({ kind: 'webhook-duplicated' });
  await label('a');
  assert.deepEqual(await heardAfter(), ['a', 'a']);
  assert.equal(new Set(ids()).size, 1);
  one.github.fault({ kind: 'webhook-duplicated', fresh: true });
  await label('b');
  assert.deepEqual(await heardAfter(), ['a', 'a', 'b', 'b']);
  assert.equal(new Set(ids()).size, 3);
});

test('reordered: later ones overtake it; with none it comes after a while', async () => {
  one.github.fault({ kind: 'webhook-reordered', event: 'issues' });
  await label('a');
  await label('b');
  assert.deepEqual(await heardAfter(), ['b', 'a']);
  one.github.fault({ kind: 'webhook-reordered', seconds: 30 });
  await one.github.act('close', { of: 'issue', by: 'lin' });
  assert.deepEqual(await heardAfter(), ['b', 'a']);
  await wait(31);
  assert.deepEqual(await heardAfter(), ['b', 'a', 'closed']);
});

test('dice decide which are lost, and the same seed loses the same ones', async () => {
  const lost = async (fixture: Fixture) => {
    fixture.github.fault({ kind: 'webhook-silenced', event: 'issues', probability: 0.5, seed: 3 });
    for (let round = 0; round < 20; round++)
      await fixture.github.act('edit', { of: 'issue', by: 'lin', title: String(round) });
    await fixture.quiet();
    return fixture.heard.filter(({ event }) => event === 'issues').map(({ payload }) => payload.issue.title);
  };
  const twin = await startFixture({ people: { lin: 'admin' } }, { clock: clock.life() });
  all.push(twin);
  await twin.github.act('open-issue', { by: 'lin', as: 'issue', title: 'It breaks' });
  await twin.quiet();
  twin.heard.length = 0;
  const first = await lost(one);
  assert.deepEqual(await lost(twin), first);
  assert.ok(first.length > 3 && first.length < 17, `${first.length} of 20 arrived`);
});
