import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { delivery, on, pull, work } from './ground.ts';
import { memories } from './memory-suite.ts';
import type { Ground, MakeGround } from './ground.ts';

const minute = 60_000;

function deliveries(make: MakeGround): void {
  it('keeps what it was given', on(make, keepsAll));
  it('puts a delivery in all its lanes, and calls it done when the last has finished it', on(make, doneByAll));
  it('tells the same GUID again, and wakes its lanes once it was finished', on(make, tellsAgain));
  it('keeps two bodies of one GUID by hook', on(make, keepsByHook));
  it('takes one of fifty at once', on(make, takesOne));
  it('folds equal bodies for ten minutes', on(make, folds));
  it('looks again after what it folds where something came in between', on(make, foldsAwake));
  it('never folds a second click', on(make, foldsNoClick));
  it('stores what is not handled and queues nothing', on(make, storesUnhandled));
  it('lists newest first, page by page, in the order of arrival', on(make, lists));
  it('saves the others when one of a group fails', on(make, savesOthers));
}

async function keepsAll({ start, clock }: Ground) {
  const { store } = start();
  const body = Buffer.from('{"é":1}'.repeat(1_000));
  const given = delivery(clock, { body, action: null, repo: null, hook: '' });
  assert.equal(await store.saveDelivery(given, [pull(1)]), 'new');
  const [row] = await store.deliveries({ limit: 10 });
  assert.deepEqual({ ...row, body }, { ...given, id: row?.id, state: 'waiting', reason: null });
  assert.deepEqual(await store.delivery(row?.id ?? ''), { ...row, body });
  assert.equal(await store.delivery('nowhere'), null);
}

async function doneByAll({ start, clock }: Ground) {
  const life = start();
  await life.store.saveDelivery(delivery(clock), [pull(1), pull(2), pull(1)]);
  const desk = work(life, 1);
  await (await desk.job()).end();
  assert.equal((await life.store.deliveries({ limit: 1 }))[0]?.state, 'waiting');
  assert.notEqual((await life.queue.depth()).oldest, null);
  await (await desk.job()).end();
  assert.equal((await life.store.deliveries({ limit: 1 }))[0]?.state, 'done');
  assert.deepEqual(await life.queue.depth(), { ready: 0, running: 0, later: 0, aside: 0, oldest: null });
}

async function tellsAgain({ start, clock }: Ground) {
  const life = start();
  const given = delivery(clock);
  await life.store.saveDelivery(given, [pull(1)]);
  const desk = work(life);
  const first = await desk.job();
  assert.equal(await life.store.saveDelivery(given, [pull(1)]), 'again');
  await first.end();
  assert.equal(desk.open.length, 0);
  assert.equal(await life.store.saveDelivery(given, [pull(1)]), 'again');
  const second = await desk.job();
  assert.deepEqual(second.hints, first.hints);
  assert.equal((await life.store.deliveries({ limit: 1 }))[0]?.state, 'waiting');
  await second.end();
  assert.equal((await life.store.deliveries({ limit: 1 }))[0]?.state, 'done');
  assert.equal((await life.store.counts()).deliveries, 1);
}

async function keepsByHook({ start, clock }: Ground) {
  const { store } = start();
  assert.equal(await store.saveDelivery(delivery(clock, { guid: 'g', hook: '1' }), [pull(1)]), 'new');
  assert.equal(await store.saveDelivery(delivery(clock, { guid: 'g', hook: '2' }), [pull(1)]), 'new');
  assert.equal((await store.counts()).deliveries, 2);
}

async function takesOne({ start, clock }: Ground) {
  const life = start();
  const given = delivery(clock);
  const answers = await Promise.all(Array.from({ length: 50 }, () => life.store.saveDelivery(given, [pull(1)])));
  assert.deepEqual(answers.toSorted(), [...Array.from({ length: 49 }, () => 'again'), 'new']);
  assert.equal((await work(life).job()).hints.length, 1);
}

async function folds({ start, clock }: Ground) {
  const life = start();
  const body = Buffer.from('{}');
  const save = (event = 'push') => life.store.saveDelivery(delivery(clock, { body, event, action: null }), [pull(1)]);
  assert.equal(await save(), 'new');
  assert.equal(await save('release'), 'new');
  clock.jump(9 * minute);
  assert.equal(await save(), 'folded');
  const [twin] = await life.store.deliveries({ limit: 1 });
  assert.equal(twin?.state, 'done');
  assert.deepEqual((await life.store.delivery(twin?.id ?? ''))?.body, body);
  assert.equal((await work(life).job()).hints.length, 2);
  clock.jump(10 * minute);
  assert.equal(await save(), 'new');
}

/** A label that is put on, taken off and put on again within a second makes two events with the same bytes. */
async function foldsAwake({ start, clock }: Ground) {
  const life = start();
  const [on, off, last] = ['{"label":1}', '{"label":0}', '{"label":2}'].map((text) => Buffer.from(text));
  const save = (body?: Buffer) => life.store.saveDelivery(delivery(clock, body && { body }), [pull(1)]);
  const desk = work(life);
  await save(on);
  const first = await desk.job();
  await save(off);
  assert.equal(await save(on), 'folded');
  await first.end();
  const second = await desk.job();
  assert.deepEqual([second.hints.length, second.woken], [1, true]);
  await second.end();
  assert.equal(await save(on), 'folded');
  const third = await desk.job();
  assert.deepEqual([third.hints.length, third.woken], [0, true]);
  await third.end();
  await save(last);
  await (await desk.job()).end();
  assert.equal(await save(last), 'folded');
  assert.deepEqual(await life.queue.depth(), { ready: 0, running: 0, later: 0, aside: 0, oldest: null });
}

async function foldsNoClick({ start, clock }: Ground) {
  const { store } = start();
  const click = () => delivery(clock, { body: Buffer.from('{}'), event: 'check_run', action: 'rerequested' });
  assert.equal(await store.saveDelivery(click(), [pull(1)]), 'new');
  assert.equal(await store.saveDelivery(click(), [pull(1)]), 'new');
}

async function storesUnhandled({ start, clock }: Ground) {
  const life = start();
  const given = delivery(clock, { unhandled: 'nothing here looks at stars' });
  assert.equal(await life.store.saveDelivery(given, []), 'new');
  assert.equal(await life.store.saveDelivery(given, []), 'again');
  const [row] = await life.store.deliveries({ limit: 1 });
  assert.deepEqual([row?.state, row?.reason], ['unhandled', 'nothing here looks at stars']);
  assert.equal((await life.queue.depth()).ready, 0);
}

async function lists({ start, clock }: Ground) {
  const { store } = start();
  const guids: string[] = [];
  for (let number = 0; number < 7; number++) {
    const given = delivery(clock);
    guids.unshift(given.guid);
    await store.saveDelivery(given, [pull(number)]);
    clock.jump(number === 3 ? -minute : 1);
  }
  const seen: string[] = [];
  for (let before: string | undefined; ;) {
    const page = await store.deliveries(before === undefined ? { limit: 3 } : { limit: 3, before });
    if (page.length === 0) break;
    seen.push(...page.map(({ guid }) => guid));
    before = page.at(-1)?.id;
  }
  assert.deepEqual(seen, guids);
}

async function savesOthers({ start, clock }: Ground) {
  const life = start();
  const bad = delivery(clock, { event: null as unknown as string });
  const saved = await Promise.allSettled([
    life.store.saveDelivery(delivery(clock), [pull(1)]),
    life.store.saveDelivery(bad, [pull(2)]),
    life.store.saveDelivery(delivery(clock), [pull(3)]),
  ]);
  assert.deepEqual(
    saved.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  const { ready } = await life.queue.depth();
  assert.deepEqual([ready, (await life.store.counts()).deliveries], [2, 2]);
}

/** What every implementation of the store must do. */
export function storeSuite(name: string, make: MakeGround): void {
  describe(`store on ${name}`, () => {
    deliveries(make);
    memories(make);
  });
}
