import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Memory } from '../../app/store/store.ts';
import { laneOf } from '../../app/subject.ts';
import type { Subject } from '../../app/subject.ts';
import { delivery, finished, memory, on, pull, report, work } from './ground.ts';
import type { Ground, Life, MakeGround } from './ground.ts';
import { settle } from './manual-clock.ts';

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

function memories(make: MakeGround): void {
  it('gives reports by id, and in pages, newest first, of all lanes or one', on(make, givesReports));
  it('knows what was done, the heads of open pull requests and the last good rules', on(make, knowsRest));
  it('knows who stands in line for which base, and since when rules are in force', on(make, knowsLine));
  it('knows the repositories it was about and what their rules are built on', on(make, knowsSetups));
  it('keeps attempts and pauses over a restart', on(make, keepsNotes));
  it('can be checked, and counts', on(make, checks));
}

/** Saves memories the only way there is: as the outcome of jobs. */
async function finish(life: Life, memories: readonly Memory[]): Promise<void> {
  const desk = work(life, 1);
  for (const one of memories) {
    await life.queue.add(one.report.subject);
    await (await desk.job()).end({ memory: one });
    await finished(life);
  }
  await desk.running.stop(0);
}

async function givesReports({ start }: Ground) {
  const life = start();
  const reports = ['a', 'b', 'c', 'd', 'e'].map((id, position) => report(id, pull(position % 2)));
  await finish(
    life,
    reports.map((one) => memory(one)),
  );
  const { store } = life;
  const ids = async (page: Parameters<typeof store.reports>[0]) => (await store.reports(page)).map(({ id }) => id);
  assert.deepEqual(await store.report('c'), reports[2]);
  assert.equal(await store.report('z'), null);
  assert.deepEqual(await ids({ limit: 2 }), ['e', 'd']);
  assert.deepEqual(await ids({ limit: 2, before: 'd' }), ['c', 'b']);
  assert.deepEqual(await ids({ limit: 9, lane: laneOf(pull(0)) }), ['e', 'c', 'a']);
  assert.deepEqual(await ids({ limit: 9, lane: laneOf(pull(0)), before: 'e' }), ['c', 'a']);
  assert.deepEqual(await ids({ limit: 9, before: 'gone' }), []);
  assert.equal((await store.counts()).reports, 5);
}

async function knowsRest({ start }: Ground) {
  const life = start();
  const { store } = life;
  const lane = laneOf(pull(1));
  const head = { sha: 'abc', open: true };
  const rules = { oid: 'o1', text: 'version: 1' };
  await finish(life, [
    memory(report('a', pull(1)), { done: ['greet', 'assign'], head, goodRules: rules }),
    memory(report('b', pull(2)), { done: ['greet'], head: { ...head, base: 'dev' } }),
    memory(report('c', pull(1)), { done: ['greet', 'tell'] }),
  ]);
  assert.deepEqual([...(await store.doneOn(lane))].toSorted(), ['assign', 'greet', 'tell']);
  assert.deepEqual(await store.threadsWithHead(7, 'abc'), [pull(1), pull(2)]);
  assert.deepEqual(await store.threadsWithHead(8, 'abc'), []);
  assert.deepEqual(await store.openPulls(7, null), [pull(1), pull(2)]);
  assert.deepEqual([await store.openPulls(7, 'dev'), await store.openPulls(8, null)], [[pull(2)], []]);
  assert.deepEqual(await store.goodRules(7), rules);
  assert.equal(await store.goodRules(8), null);
  const newer = { oid: 'o2', text: 'version: 2' };
  await finish(life, [
    memory(report('d', pull(1)), { head: { sha: 'def', open: true }, goodRules: newer }),
    memory(report('e', pull(2)), { head: { sha: 'abc', open: false } }),
  ]);
  assert.deepEqual(await store.threadsWithHead(7, 'abc'), []);
  assert.deepEqual(await store.threadsWithHead(7, 'def'), [pull(1)]);
  assert.deepEqual(await store.goodRules(7), newer);
}

async function knowsLine({ start }: Ground) {
  const { store } = start();
  const turn = { number: 1, rank: 0, busy: false, at: '2026-01-05T09:00:00Z' };
  await store.setTurn(pull(1), 'main', turn);
  await store.setTurn(pull(2), 'main', { ...turn, number: 2 });
  await store.setTurn(pull(3), 'dev', { ...turn, number: 3 });
  await store.setTurn(pull(4), 'main', null);
  assert.deepEqual(
    (await store.line(7, 'main')).map((place) => place.turn.number),
    [1, 2],
  );
  await store.setTurn(pull(1), 'dev', { ...turn, busy: true });
  assert.deepEqual(await store.turnOf(laneOf(pull(1))), {
    base: 'dev',
    subject: pull(1),
    turn: { ...turn, busy: true },
  });
  assert.equal((await store.line(7, 'main')).length, 1);
  await store.setTurn(pull(1), 'dev', null);
  assert.equal(await store.turnOf(laneOf(pull(1))), null);
  assert.deepEqual([(await store.line(7, 'dev')).length, (await store.line(8, 'main')).length], [1, 0]);
  assert.equal(await store.inForce(7), null);
  await store.setInForce(7, { '': 1, 'auto-reply:a': 2 });
  await store.setInForce(7, { '': 1, 'auto-reply:b': 3 });
  assert.deepEqual([await store.inForce(7), await store.inForce(8)], [{ '': 1, 'auto-reply:b': 3 }, null]);
}

const numbers = (subjects: readonly Subject[]) => subjects.map(({ repo }) => repo.id).toSorted();

async function knowsSetups({ start }: Ground) {
  const first = start();
  const other = { ...pull(1), repo: { id: 8, owner: 'acme', name: 'site' } };
  await finish(first, [
    memory(report('a', pull(1)), { builtOn: [20, 21] }),
    memory(report('b', other), { builtOn: [20] }),
  ]);
  await finish(first, [memory(report('c', pull(1))), memory(report('d', other), { builtOn: [2] })]);
  first.kill();
  const { store } = start();
  assert.deepEqual(numbers(await store.repos()), [7, 8]);
  assert.deepEqual(numbers(await store.buildersOn(20)), [7]);
  assert.deepEqual(numbers(await store.buildersOn(2)), [8]);
  assert.deepEqual(await store.buildersOn(0), []);
}

async function keepsNotes({ start }: Ground) {
  const life = start();
  await life.store.noteAttempt('7#1', { change: 'run ci', at: 5 });
  await life.store.noteAttempt('7#1', { change: 'tell', at: 6 });
  await life.store.noteAttempt('7#2', { change: 'tell', at: 7 });
  await life.store.forgetAttempt('7#1', 'tell');
  await life.store.savePause('acme', 100, 'limit');
  await life.store.savePause('acme', 200, 'longer');
  life.kill();
  const { store } = start();
  assert.deepEqual(await store.attempts('7#1'), [{ change: 'run ci', at: 5 }]);
  assert.deepEqual(await store.pauses(), [{ account: 'acme', until: 200, reason: 'longer' }]);
}

async function checks({ start, clock }: Ground) {
  const { store } = start();
  await store.check();
  assert.deepEqual(await store.counts(), { deliveries: 0, reports: 0, aside: 0 });
  await store.saveDelivery(delivery(clock), []);
  await settle();
  assert.deepEqual(await store.counts(), { deliveries: 1, reports: 0, aside: 0 });
}

/** What every implementation of the store must do. */
export function storeSuite(name: string, make: MakeGround): void {
  describe(`store on ${name}`, () => {
    deliveries(make);
    memories(make);
  });
}
