import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '../../app/engine/apply.ts';
import { Trouble } from '../../app/github/troubles.ts';
import type { TroubleKind } from '../../app/github/troubles.ts';
import type { Change } from '../../app/wants/want.ts';
import { ManualClock } from '../contracts/manual-clock.ts';

const change = (id: string): Change => ({
  ...{ kind: 'label', id, says: `add label ${id}`, visibleTwice: false },
  call: { via: 'rest', route: `PUT /${id}`, params: {} },
});

/** What is told of three changes of which GitHub answers the second with this trouble. */
async function told(kind: TroubleKind) {
  const write = {
    async send(call: Change['call']) {
      if (call.via === 'rest' && call.route === 'PUT /b') throw new Trouble(kind, 'no answer');
    },
  };
  const store = { noteAttempt: async () => {}, attempts: async () => [], forgetAttempt: async () => {} };
  const ports = { write, store, clock: new ManualClock(), lane: '7#1' };
  const { did, doubt, later } = await apply([change('a'), change('b'), change('c')], ports);
  return { did: did.map(({ change: id, result }) => `${id} ${result}`), doubt, later: later !== null };
}

test('a change whose answer was lost is told as uncertain, and nothing after it is sent', async () => {
  assert.deepEqual(await told('lost'), {
    did: ['a done', 'b uncertain'],
    doubt: 'add label b: no answer',
    later: false,
  });
});

test('what was refused, or never arrived, is certain', async () => {
  assert.deepEqual((await told('forbidden')).did, ['a done', 'b failed', 'c done']);
  assert.deepEqual((await told('later')).did, ['a done']);
  assert.deepEqual((await told('stale')).did, ['a done']);
});

test('what somebody asked for is not done on a right that was read long ago, and all else is', async () => {
  const clock = new ManualClock();
  const sent: string[] = [];
  const write = {
    async send(call: Change['call']) {
      if (call.via === 'rest') sent.push(call.route);
      await clock.advance(4_000);
    },
  };
  const store = { noteAttempt: async () => {}, attempts: async () => [], forgetAttempt: async () => {} };
  const ports = { write, store, clock, lane: '7#1', readAt: clock.now() };
  const plan = ['a', 'b', 'c', 'd'].map((id) => ({
    ...change(id),
    ...('bd'.includes(id) && { answered: true as const }),
  }));
  const { did, doubt } = await apply(plan, ports);
  assert.deepEqual(sent, ['PUT /a', 'PUT /b', 'PUT /c']);
  assert.deepEqual([did.length, doubt], [3, 'add label d: the facts are no longer fresh']);
});
