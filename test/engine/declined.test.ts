import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { apply } from '../../app/engine/apply.ts';
import type { ApplyPorts } from '../../app/engine/apply.ts';
import { declinedIn, unlessDeclined } from '../../app/engine/declined.ts';
import { loadKinds } from '../../app/engine/load.ts';
import type { Answer } from '../../app/commands/command.ts';
import type { Call } from '../../app/github/github.ts';
import { Trouble } from '../../app/github/troubles.ts';
import { code } from '../../app/quote.ts';
import type { Change } from '../../app/wants/want.ts';

const kinds = await loadKinds();
const change = (id: string, more: Partial<Change> = {}): Change => ({
  ...{ kind: 'label', id, says: `do ${id}`, visibleTwice: false },
  ...{ call: { via: 'rest', route: `POST /${id}`, params: {} }, ...more },
});
const bug = { kind: 'label', name: 'bug', on: true } as const;
const open = { kind: 'state', open: true } as const;
const done = (...wants: Answer['wants']): Answer => ({ outcome: 'done', wants });
const told = (answer: Answer, ...keys: string[]) => unlessDeclined(answer, code('/x'), keys, kinds);

suite('what GitHub refused of what a command wants', () => {
  test('is told with the reason, and not wanted again', () => {
    const { outcome, wants, say } = told(done(open), 'declined:state GitHub answered 422: no branch');
    assert.deepEqual([outcome, wants], ['refused', []]);
    assert.equal(say?.en, 'GitHub refused `/x`: `GitHub answered 422: no branch`');
  });
  test('leaves the rest of the command as it is', () => {
    const { outcome, wants, say } = told(done(bug, open), 'declined:state no');
    assert.deepEqual([outcome, wants], ['done', [bug]]);
    assert.match(say?.en ?? '', /refused/);
  });
  test('is of no matter for other commands', () => {
    for (const keys of [[], ['declined:state no'], ['refused:label:bug:2026-01-05']])
      assert.deepEqual(told(done(bug), ...keys), done(bug));
  });
  test('is what failed and was asked for, a label that could not be made among it', () => {
    const plan = [
      change('state', { answered: true }),
      change('create-label:bug', { answered: true }),
      change('label:x'),
    ];
    const deed = (id: string, result: 'done' | 'failed') => ({ change: id, says: '', result, reason: 'no' }) as const;
    const did = [deed('state', 'done'), deed('create-label:bug', 'failed'), deed('label:x', 'failed')];
    assert.deepEqual(declinedIn(did, { plan }), ['declined:label:bug no']);
  });
});

suite('replies', () => {
  const sentOf = async (answered: boolean) => {
    const sent: string[] = [];
    const send = async (call: Call) => {
      const route = call.via === 'rest' ? call.route : '';
      if (route === 'POST /a') throw new Trouble('broken', 'no');
      sent.push(route);
    };
    const ports = { write: { send }, store: {}, clock: { now: () => 0 }, lane: 'l' } as unknown as ApplyPorts;
    const plan = [
      ...[change('a', answered ? { answered: true } : {}), change('b')],
      ...[change('c', { kind: 'react' }), change('d', { kind: 'say' })],
    ];
    await apply(plan, ports);
    return sent;
  };
  test('wait until what was refused is thought of anew', async () => {
    assert.deepEqual(await sentOf(true), ['POST /b']);
  });
  test('are written where nobody asked for what was refused', async () => {
    assert.deepEqual(await sentOf(false), ['POST /b', 'POST /c', 'POST /d']);
  });
});
