import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '../../app/engine/apply.ts';
import type { ApplyPorts } from '../../app/engine/apply.ts';
import type { Call } from '../../app/github/github.ts';
import { Trouble } from '../../app/github/troubles.ts';
import type { TroubleKind } from '../../app/github/troubles.ts';
import type { Change } from '../../app/wants/want.ts';

const change = (id: string): Change => ({
  ...{ kind: 'label', id, says: `do ${id}`, visibleTwice: false },
  call: { via: 'rest', route: `POST /${id}`, params: {} },
});

/** Applies changes a, b and c, of which GitHub refuses b. */
async function refusing(kind: TroubleKind, giveUp: boolean) {
  const sent: string[] = [];
  const send = async (call: Call) => {
    const route = call.via === 'rest' ? call.route : '';
    sent.push(route);
    if (route === 'POST /b') throw new Trouble(kind, 'no');
  };
  const ports = { write: { send }, store: {}, clock: { now: () => 0 }, lane: 'l', giveUp } as unknown as ApplyPorts;
  const { did, aside, doubt } = await apply(['a', 'b', 'c'].map(change), ports);
  const ids = aside.map(({ id }) => id);
  return { sent: sent.length, did: did.map(({ change, result }) => `${change} ${result}`), aside: ids, doubt };
}

test('a refusal that says that the state is another ends the round, so that it is read anew', async () => {
  assert.deepEqual(await refusing('stale', false), { sent: 2, did: ['a done'], aside: [], doubt: 'do b: no' });
});

test('after reading again and again it is set aside, and the rest goes on', async () => {
  const did = ['a done', 'b failed', 'c done'];
  assert.deepEqual(await refusing('stale', true), { sent: 3, did, aside: ['b'], doubt: null });
});

test('an answer that was lost is never set aside: it may have arrived', async () => {
  assert.deepEqual((await refusing('lost', true)).aside, []);
  assert.equal((await refusing('lost', true)).doubt, 'do b: no');
});

test('replies and reactions wait for what is thought of a refusal they would speak of', async () => {
  const sent: string[] = [];
  const send = async (call: Call) => {
    const route = call.via === 'rest' ? call.route : '';
    sent.push(route);
    if (route === 'POST /again') throw new Trouble('forbidden', 'no');
  };
  const ports = { write: { send }, store: {}, clock: { now: () => 0 }, lane: 'l' } as unknown as ApplyPorts;
  const again: Change = { ...change('again'), kind: 'retest', answered: true };
  const plan = [again, { ...change('reply'), kind: 'say' }, change('label'), { ...change('rocket'), kind: 'react' }];
  const { did, doubt } = await apply(plan as Change[], ports);
  assert.deepEqual(sent, ['POST /again', 'POST /label']);
  assert.deepEqual([did.map(({ result }) => result), doubt], [['failed', 'done'], null]);
});

test('what is forbidden fails alone, at once', async () => {
  const did = ['a done', 'b failed', 'c done'];
  assert.deepEqual(await refusing('forbidden', false), { sent: 3, did, aside: [], doubt: null });
});
