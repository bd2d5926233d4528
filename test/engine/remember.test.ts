import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { answersTo } from '../../app/engine/answer.ts';
import { hear } from '../../app/engine/hear.ts';
import type { Spoken } from '../../app/facts/command-facts.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import type { Given } from '../../app/facts/plain-facts.ts';
import { everything } from '../commands/every-command.ts';

const setup = everything({ labels: { extra: ['bug'] } });
const chen = { id: 2003, login: 'chen', bot: false, us: false };
const head = { sha: 'b'.repeat(40), tree: '1'.repeat(40), since: '2026-01-05T09:00:00Z', first: false };
const callers = { '2003': { level: 'write', member: false, teams: [] } } as const;
const none = { '2003': { level: 'none', member: false, teams: [] } } as const;

/** Everything that was known of the thread is lost, but for what GitHub shows: the text and our reactions to it. */
function after(text: string, reactions: readonly string[], given: Given = {}, more: Partial<Spoken> = {}) {
  const said: Spoken = {
    ...{ key: 'IC_1', surface: 'comment', id: 1, nodeId: 'IC_1', by: chen, edited: false, at: '2026-01-05T09:50:00Z' },
    ...{ text, reactions, ...more },
  };
  const facts = plainFacts({ head, callers, catalogue: ['bug'], ...given, spoken: [said] });
  const { heard, wants, asked } = hear(facts, setup, 'r-1');
  const { claims } = answersTo(heard, facts, { first: 'en', both: false } as const, () => null);
  return {
    heard: heard.map(({ written, outcome }) => `${written} ${outcome}`),
    wants: wants.map(({ want }) => want),
    kept: asked.map(({ name, args }) => [name, ...Object.values(args)].join(' ')),
    says: claims.flatMap(({ want }) => (want.kind === 'say' ? [want.key] : [])),
    reacts: claims.flatMap(({ want }) => (want.kind === 'react' ? [want.content] : [])),
  };
}

const nothing = { heard: [], wants: [], kept: [], says: [], reacts: [] };

suite('a command that carries our reaction already', () => {
  test('that was done and is kept: kept again, and nothing else', () => {
    const { heard, wants, kept, says } = after('/lgtm', ['rocket']);
    assert.deepEqual({ heard, wants, kept, says }, { heard: ['/lgtm done'], wants: [], kept: ['lgtm'], says: [] });
  });
  test('that was done once and for all: not done again', () => {
    const { heard, wants, kept, says } = after('/label bug', ['rocket']);
    assert.deepEqual([heard, wants, kept, says], [['/label bug done'], [], [], []]);
  });
  for (const [reaction, outcome] of [
    ['-1', 'refused'],
    ['confused', 'unclear'],
  ] as const) {
    test(`that was ${outcome}: neither kept nor told again, whatever the person may do today`, () => {
      const { heard, wants, kept, says } = after('/lgtm', [reaction]);
      assert.deepEqual([heard, wants, kept, says], [[`/lgtm ${outcome}`], [], [], []]);
    });
  }
  test('whoever may not say it any more keeps nothing by it', () => {
    assert.deepEqual(after('/lgtm', ['rocket'], { callers: none }).kept, []);
    assert.deepEqual(after('/lgtm', ['rocket'], { callers: {} }).kept, []);
  });
  test('nor does a head that is in doubt', () => {
    assert.deepEqual(after('/lgtm', ['rocket'], { head: { since: null } }).kept, []);
  });
  test('it holds however long ago it was said', () => {
    assert.deepEqual(after('/hold', ['rocket'], { callers: {} }, { at: '2025-12-01T09:00:00Z' }).kept, ['hold']);
  });
  test('an unhold that lifted nothing is not kept', () => {
    assert.deepEqual(after('/unhold', ['rocket']).kept, []);
  });
});

suite('a command that was accepted in a look that never ended', () => {
  const said: Spoken = {
    ...{ key: 'IC_1', surface: 'comment', id: 1, nodeId: 'IC_1', by: chen, edited: false, at: '2026-01-05T09:50:00Z' },
    ...{ text: '/lgtm', reactions: [] },
  };
  const first = plainFacts({ head, callers, spoken: [said] });
  const [ask] = hear(first, setup, 'r-1').asked;
  const moved = { ...head, sha: 'c'.repeat(40), since: '2026-01-05T09:51:00Z' };
  const again = (more: Given, reactions: readonly string[]) => {
    const given = { callers, head: moved, asks: ask ? [ask] : [], ...more, spoken: [{ ...said, reactions }] };
    const { facts, asked, heard } = hear(plainFacts(given), setup, 'r-2');
    return { counts: facts.asks, asked, outcomes: heard.map(({ outcome }) => outcome) };
  };
  test('counts as it was bound where the speaker was told, though the head moved meanwhile', () => {
    assert.deepEqual(again({}, ['rocket']), { counts: [ask], asked: [ask], outcomes: ['done'] });
  });
  test('counts where the text has the reaction to another of its lines', () => {
    const { counts, outcomes } = again({}, ['-1']);
    assert.deepEqual([counts, outcomes], [[ask], ['done']]);
  });
  test('is told to be done where only the refusal of another line was', () => {
    const { heard, reacts } = after('/label bug\n/milestone nope', ['-1'], { done: ['accepted:IC_1:0'] });
    assert.deepEqual(
      [heard, reacts],
      [
        ['/label bug done', '/milestone nope refused'],
        ['rocket', '-1'],
      ],
    );
  });
  test('that finds what it did itself is not refused for that', () => {
    const text = { ...said, text: '/milestone nope' };
    const outcomes = (done: readonly string[], more: Given = {}) =>
      hear(plainFacts({ head, callers, done, ...more, spoken: [text] }), setup, 'r-2').heard.map(
        ({ outcome }) => outcome,
      );
    assert.deepEqual(outcomes([]), ['refused']);
    assert.deepEqual(outcomes(['accepted:IC_1:0']), ['done']);
    assert.deepEqual(outcomes(['accepted:IC_1:0'], { callers: none }), ['refused']);
  });
  test('is as new where nobody was told', () => {
    assert.deepEqual(again({}, []), { counts: [], asked: [], outcomes: ['refused'] });
    assert.deepEqual(again({ callers: none, head }, []), { counts: [], asked: [], outcomes: ['refused'] });
    assert.deepEqual(again({ head }, []), { counts: [ask], asked: [ask], outcomes: ['done'] });
  });
  test('counts once the look that accepted it has ended, whatever became of the reaction', () => {
    assert.deepEqual(again({ done: ['command:IC_1:0'] }, []), { counts: [ask], asked: [], outcomes: [] });
  });
});

suite('where a text has several lines', () => {
  for (const reactions of [
    ['rocket', '-1'],
    ['-1', 'rocket'],
  ]) {
    test(`a hold beside a refusal is kept: ${reactions.join()}`, () => {
      const { heard, kept, says } = after('/hold\n/lgtm', reactions, { callers: none });
      assert.deepEqual([kept, says], [['hold'], []]);
      assert.deepEqual(heard, ['/hold done', '/lgtm refused']);
    });
  }
  test('lines are kept in order', () => {
    assert.deepEqual(after('/hold\n/hold cancel', ['rocket']).kept, ['hold', 'hold cancel']);
  });
  test('no reaction is added to those that are there', () => {
    for (const reactions of [['rocket'], ['-1'], ['rocket', '-1']])
      assert.deepEqual(
        after('/hold\n/lgtm\n/label bug', reactions, { callers: none }).reacts.filter(
          (one) => !reactions.includes(one),
        ),
        [],
      );
  });
});

suite('what nobody answers for', () => {
  test('is nothing that was heard', () => {
    for (const text of ['/usr/bin/env', '/lgmt', '/shrug']) assert.deepEqual(after(text, ['rocket']), nothing);
    assert.deepEqual(after('/usr/bin/env\n/lgtm', ['rocket']).heard, ['/lgtm done']);
  });
  test('what does not fit here any more is dealt with, and not told again', () => {
    const { heard, says, kept } = after('/lgtm', ['rocket'], { thread: { kind: 'issue' } });
    assert.deepEqual([heard, says, kept], [['/lgtm done'], [], []]);
  });
  test('reactions of other kinds say nothing of a command', () => {
    assert.deepEqual(after('/lgtm', ['eyes', 'heart', '+1']).kept, ['lgtm']);
    assert.deepEqual(after('/lgtm', ['eyes']).reacts, ['rocket']);
  });
});
