import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Heard } from '../../app/engine/report.ts';
import type { Asked } from '../../app/facts/command-facts.ts';
import type { Memory } from '../../app/store/store.ts';
import { laneOf } from '../../app/subject.ts';
import type { Subject } from '../../app/subject.ts';
import { delivery, finished, memory, on, pull, report, work } from './ground.ts';
import type { Ground, Life, MakeGround } from './ground.ts';
import { settle } from './manual-clock.ts';

/** What every implementation of the store must remember of what was decided. */
export function memories(make: MakeGround): void {
  it('gives reports by id, and in pages, newest first, of all lanes or one', on(make, givesReports));
  it('knows what was done, the heads of open pull requests and the last good rules', on(make, knowsRest));
  it('keeps accepted commands before the look that accepts them ends, as it judged them last', on(make, keepsAsks));
  it('knows who stands in line for which base, and since when rules are in force', on(make, knowsLine));
  it('knows the repositories it was about and what their rules are built on', on(make, knowsSetups));
  it('knows what can be asked for in a repository, and whether everybody may know', on(make, knowsCommands));
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

async function keepsAsks({ start }: Ground) {
  const life = start();
  const asked = (key: string, head: string) => ({ key, head, at: '2026-01-05T09:00:00Z' }) as Asked;
  const heard = (...keys: string[]) => keys.map((key) => ({ key }) as Heard);
  const look = (id: string, keys: string[], asks: readonly Asked[]) => ({
    ...report(id, pull(1)),
    ...{ heard: heard(...keys), asked: asks },
  });
  const asks = async (from: Life) => (await from.store.asksOn(laneOf(pull(1)))).map(({ key, head }) => key + head);
  await life.store.keepHeard(look('a', ['one', 'two'], [asked('one', 'x'), asked('two', 'x')]), ['kept', 'lost'], []);
  assert.deepEqual(await asks(life), ['onex', 'twox']);
  await life.store.keepHeard(look('b', ['one'], [asked('one', 'y')]), [], ['lost']);
  await finish(life, [memory(look('c', ['two', 'three'], [asked('three', 'y')])), memory(report('d', pull(1)))]);
  life.kill();
  const again = start();
  assert.deepEqual(await asks(again), ['oney', 'threey']);
  assert.deepEqual(await again.store.doneOn(laneOf(pull(1))), ['kept']);
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

const list = (name: string) => ({
  commands: [
    {
      ...({ name, module: null, usage: `/${name}`, on: 'both', examples: [`/${name}`] } as const),
      ...{ who: { en: 'anyone', 'zh-CN': '任何人' }, summary: { en: 'x', 'zh-CN': '某' } },
    },
  ],
  aliases: [['/x', `/${name}`]] as const,
});

async function knowsCommands({ start, clock }: Ground) {
  const first = start();
  const [builtOn, shop] = [[20], pull(1)];
  const other = { ...pull(1), repo: { id: 8, owner: 'Acme', name: 'Shop' } };
  const seen = async (name = 'acme/shop') => {
    const found = await first.store.commandsOf(name);
    return found && [found.list.commands[0]?.name, found.isPublic];
  };
  assert.equal(await seen(), null);
  await finish(first, [memory(report('a', shop), { builtOn })]);
  assert.equal(await seen(), null, 'set up before commands were kept');
  await finish(first, [memory(report('b', shop), { builtOn, commands: list('ping') })]);
  assert.deepEqual(await seen('ACME/shop'), ['ping', false], 'nobody looked whether it is public');
  await finish(first, [memory(report('c', shop), { builtOn, commands: list('why'), isPublic: true })]);
  assert.deepEqual(await seen(), ['why', true]);
  await finish(first, [memory(report('d', shop), { builtOn })]);
  assert.deepEqual(await seen(), ['why', true], 'what is left out stays');
  await finish(first, [memory(report('e', shop), { isPublic: false })]);
  assert.deepEqual(await seen(), ['why', false], 'hidden at once, whatever else is known');
  await finish(first, [memory(report('f', shop), { builtOn, isPublic: true })]);
  await clock.advance(1_000);
  await finish(first, [memory(report('g', other), { builtOn, commands: list('hold'), isPublic: false })]);
  assert.deepEqual(await seen(), ['hold', false], 'another repository has the name now, and that is not public');
  assert.equal(await seen('acme/site'), null);
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
