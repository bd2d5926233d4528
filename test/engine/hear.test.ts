import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { answersTo } from '../../app/engine/answer.ts';
import { hear } from '../../app/engine/hear.ts';
import type { Setup } from '../../app/engine/set-up.ts';
import type { Spoken } from '../../app/facts/command-facts.ts';
import type { Standing } from '../../app/facts/fact.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import type { Given } from '../../app/facts/plain-facts.ts';
import { readLines } from '../../app/commands/read-lines.ts';
import type { Command } from '../../app/commands/command.ts';
import type { AnyModule, Module } from '../../app/modules/module.ts';
import { everything } from '../commands/every-command.ts';

const [bob, chen, dora] = ['bob', 'chen', 'dora'].map((login, at) => ({
  ...{ id: 2002 + at, login, bot: false, us: false },
})) as [Spoken['by'], Spoken['by'], Spoken['by']];
const can = (level: Standing['level'], member = false): Standing => ({ level, member, teams: [] });
const setup = everything();

/** Texts in the order in which they were said, by chen unless told otherwise. */
function saying(...texts: readonly (string | (Partial<Spoken> & { readonly text: string }))[]): Spoken[] {
  return texts.map((said, at) => ({
    ...{ key: `IC_${at + 1}`, surface: 'comment', id: at + 1, nodeId: `IC_${at + 1}`, by: chen, edited: false },
    ...{ at: '2026-01-05T09:50:00Z', reactions: [] },
    ...(typeof said === 'string' ? { text: said } : said),
  }));
}
const head = { sha: 'b'.repeat(40), tree: '1'.repeat(40), since: '2026-01-05T09:00:00Z', first: false };
const factsOf = (spoken: readonly Spoken[], given: Given = {}) =>
  plainFacts({ head, spoken, callers: { '2002': can('none'), '2003': can('write'), '2004': can('none') }, ...given });
const hearing = (spoken: readonly Spoken[], given: Given = {}, by: Setup = setup) =>
  hear(factsOf(spoken, given), by, 'r-1');
const outcomes = (...given: Parameters<typeof hearing>) =>
  hearing(...given).heard.map(({ written, outcome }) => `${written} ${outcome}`);
const says = (...given: Parameters<typeof hearing>) => hearing(...given).heard.map(({ say }) => say?.en ?? '');

suite('what is not heard at all', () => {
  const rows: readonly [title: string, said: Partial<Spoken>, given?: Given][] = [
    ['a comment that was edited', { edited: true }],
    ['a bot', { by: { ...chen, bot: true } }],
    ['the bot itself', { by: { ...chen, us: true } }],
    ['a deleted account', { by: { ...chen, id: null } }],
    ['what was dealt with', {}, { done: ['command:IC_1:0'] }],
  ];
  for (const [title, more, given] of rows) {
    test(title, () => {
      const { heard, wants, asked } = hearing(saying({ text: '/lgtm', ...more }), given);
      assert.deepEqual([heard, wants, asked], [[], [], []]);
    });
  }
  test('unless nothing of that holds', () => assert.deepEqual(outcomes(saying('/lgtm')), ['/lgtm done']));
});

suite('who may', () => {
  test('what GitHub does not tell is no right', () => {
    const [say = ''] = says(saying('/merge'), { callers: { '2003': null } });
    assert.match(say, /did not tell me what you may do here/);
  });
  test('who was not looked up may nothing', () => {
    assert.deepEqual(outcomes(saying('/merge'), { callers: {} }), ['/merge refused']);
  });
  test('the right is that of now', () => {
    const [say = ''] = says(saying('/merge'), { callers: { '2003': can('triage') } });
    assert.match(say, /`\/merge` is for people with the `write` right/);
  });
  test('anyone needs no right', () => {
    assert.deepEqual(outcomes(saying('/ping'), { callers: { '2003': null } }), ['/ping done']);
  });
});

suite('when it was said', () => {
  const aDayAgo = { at: '2026-01-04T09:59:59Z', text: '/merge' };
  test('after a day it is told and not carried out', () => {
    const [one] = hearing(saying(aDayAgo), { considered: '2026-01-04T09:59:58Z' }).heard;
    assert.deepEqual([one?.outcome, /more than a day late/.test(one?.say?.en ?? '')], ['refused', true]);
    assert.equal(outcomes(saying({ ...aDayAgo, at: '2026-01-04T10:00:01Z' }), { head: { first: true } }).length, 1);
  });
  for (const [when, given, count] of [
    ['since the last look at the thread', { considered: '2026-01-04T09:00:00Z', since: {} }, 1],
    ['before the last look, which would have heard it', { considered: '2026-01-04T11:00:00Z', since: {} }, 0],
    ['on a thread that is new to us, since the repository is known', { since: { '': '2026-01-01T00:00:00Z' } }, 1],
    ['before the repository was known', { since: { '': '2026-01-05T00:00:00Z' } }, 0],
    ['nobody knows when', {}, 0],
  ] as const)
    test(`a word is said of what was said ${when}: ${count}`, () =>
      assert.equal(hearing(saying(aDayAgo), given).heard.length, count));
  suite('what is taken back', () => {
    const given: Given = { considered: '2026-01-04T09:00:00Z' };
    const back = saying({ ...aDayAgo, text: '/merge cancel' });
    test('counts however late it is heard', () => assert.deepEqual(outcomes(back, given), ['/merge cancel done']));
    test('takes the right of now', () =>
      assert.deepEqual(outcomes(back, { ...given, callers: { '2003': can('read') } }), ['/merge cancel refused']));
    test('is told to be late where nobody looked up that right', () =>
      assert.match(says(back, { ...given, callers: {} })[0] ?? '', /more than a day late/));
    test('is what the thread was looked at with before', () =>
      assert.deepEqual(outcomes(back, { considered: '2026-01-04T10:00:00Z' }), []));
  });
  test('what anyone may say is not worth a word then', () => {
    assert.deepEqual(outcomes(saying({ ...aDayAgo, text: '/ping' }), { considered: '2026-01-04T09:00:00Z' }), []);
  });
});

suite('an approval and the head', () => {
  const rows: readonly [title: string, text: string, given: Given, says: RegExp | null][] = [
    ['the head is old enough', '/merge', { head: { since: '2026-01-05T09:49:00Z' } }, null],
    [
      'it was replaced a moment before',
      '/merge squash',
      { head: { since: '2026-01-05T09:49:01Z' } },
      /`\/merge squash b{12}`/,
    ],
    ['it was replaced after', '/merge', { head: { since: '2026-01-05T09:51:00Z' } }, /The head changed/],
    ['nobody knows since when', '/merge', { head: { since: null } }, /The head changed/],
    ['there never was another', '/merge', { head: { since: null, first: true } }, null],
    ['the head is named', `/merge ${'B'.repeat(12)}`, { head: { since: null } }, null],
    [
      'so few digits of it are named that another may have them',
      '/merge bbbbbbb',
      { head: { since: null } },
      /`\/merge b{12}`/,
    ],
    ['few digits where nothing is in doubt', '/merge bbbbbbb', {}, null],
    ['another head is named', '/merge abcdef1', {}, /`abcdef1` is not the head any more; it is `b{12}` now/],
    ['it takes something back', '/merge cancel', { head: { since: null } }, null],
    ['in any case of letters', '/MERGE CANCEL', { head: { since: null } }, null],
  ];
  for (const [title, text, given, expected] of rows) {
    test(title, () => {
      const { heard, asked } = hearing(saying(text), given);
      assert.equal(heard[0]?.outcome, expected === null ? 'done' : 'refused');
      assert.equal(asked.length, expected === null ? 1 : 0);
      if (expected) assert.match(heard[0].say?.en ?? '', expected);
    });
  }
  const inReview = (commit: string) => saying({ text: '/merge', surface: 'review', commit });
  test('a review of the head is about the head, whenever that came', () => {
    assert.deepEqual(outcomes(inReview(head.sha), { head: { since: null } }), ['/merge done']);
  });
  test('a review of another commit is not, however long the head is there', () => {
    for (const commit of ['c'.repeat(40), ''])
      assert.match(says(inReview(commit))[0] ?? '', /is of another commit .* write `\/merge b{12}`/);
  });
  test('it is kept with what it is bound to', () => {
    const [ask] = hearing(saying('/merge squash')).asked;
    const { key, head: sha, tree, base, level, args } = ask ?? {};
    assert.deepEqual(
      { key, sha, tree, base, level, args },
      {
        ...{ key: 'IC_1:0', sha: head.sha, tree: head.tree },
        ...{ base: 'main', level: 'write', args: { how: 'squash' } },
      },
    );
  });
});

suite('the wrong place', () => {
  const issue: Given = { thread: { kind: 'issue' } };
  test('a command of pull requests on an issue', () => {
    assert.match(says(saying('/merge'), issue)[0] ?? '', /works on pull requests only/);
  });
  for (const state of ['closed', 'merged'] as const) {
    test(`on what is ${state}`, () => {
      assert.match(says(saying('/merge'), { thread: { state } })[0] ?? '', /has no effect any more/);
      assert.deepEqual(outcomes(saying('/ping'), { thread: { state } }), ['/ping done']);
    });
  }
  test('a section that leaves the thread out', () => {
    const sections = setup.rules.sections.map((one) => ({ ...one, only: { branches: ['release'] } }));
    const [say = ''] = says(saying('/merge'), {}, { ...setup, rules: { ...setup.rules, sections } });
    assert.match(say, /the rules leave it out/);
  });
  test('a section in preview says nothing and changes nothing', () => {
    const preview = everything({}, { lgtm: 'preview', merge: 'preview' });
    const { heard, wants } = hearing(saying('/lgtm\n/merge what'), {}, preview);
    assert.deepEqual([heard.map(({ mode }) => mode), wants], [['preview', 'preview'], []]);
    assert.deepEqual(
      answersTo(heard, factsOf(saying('/lgtm')), { first: 'en', both: false } as const, () => null).claims,
      [],
    );
  });
});

suite('what nobody answers for', () => {
  test('a near miss, from somebody with some right', () => {
    for (const standing of [can('triage'), can('none', true)])
      assert.match(says(saying('/lgmt'), { callers: { '2003': standing } })[0] ?? '', /mean `\/lgtm`/);
  });
  test('a near miss, from anybody else', () => {
    for (const standing of [can('none'), can('read'), null])
      assert.deepEqual(outcomes(saying('/lgmt'), { callers: { '2003': standing } }), []);
    assert.deepEqual(outcomes(saying({ text: '/lgmt', by: bob })), []);
  });
  test('anything else, from whomever', () => {
    assert.deepEqual(outcomes(saying('/usr/bin/env\n/shrug\n/lgtm\u00a0cancel\n/ｌｇｔｍ')), []);
  });
  test('words that do not fit are shown how', () => {
    assert.match(
      says(saying('/merge soon'))[0] ?? '',
      /Write it as `\/merge \[squash\|merge\|rebase\|cancel\] \[sha\]`/,
    );
  });
});

suite('several commands', () => {
  test('of one text, in order, each seeing what the one before did', () => {
    const { facts, heard, wants } = hearing(saying('/ignore\n/ping\n/ignore cancel'));
    assert.deepEqual(
      heard.map(({ written }) => written),
      ['/ignore', '/ping', '/ignore cancel'],
    );
    assert.deepEqual(
      wants.map(({ want }) => 'on' in want && want.on),
      [false],
    );
    assert.deepEqual(facts.thread.labels, []);
  });
  test('one that is refused does not stop the next', () => {
    assert.deepEqual(outcomes(saying({ text: '/merge\n/ping', by: dora })), ['/merge refused', '/ping done']);
  });
});

suite('what is said', () => {
  const voice = { first: 'en', both: false } as const;
  const answered = (spoken: readonly Spoken[], given: Given = {}) =>
    answersTo(hearing(spoken, given).heard, factsOf(spoken, given), voice, () => null);
  const kinds = (given: ReturnType<typeof answered>) => given.claims.map(({ want }) => want.kind);
  test('one refusal for a person in one look', () => {
    const all = answered(
      saying({ text: '/merge', by: dora }, { text: '/merge', by: dora }, { text: '/merge', by: bob }),
    );
    assert.deepEqual(kinds(all), ['react', 'say', 'react', 'react', 'say']);
    assert.deepEqual(all.told, ['refused:2004:2026-01-05T10:00:00Z', 'refused:2002:2026-01-05T10:00:00Z']);
  });
  for (const [at, kinds_] of [
    ['2026-01-05T09:00:01Z', ['react']],
    ['2026-01-05T08:59:59Z', ['react', 'say']],
  ] as const) {
    test(`one refusal an hour: the last at ${at}`, () => {
      assert.deepEqual(kinds(answered(saying({ text: '/merge', by: dora }), { done: [`refused:2004:${at}`] })), kinds_);
    });
  }
  test('one reply and one reaction of each kind for one text', () => {
    const { claims } = answered(saying({ text: '/merge\n/merge squash\n/ping', by: dora }));
    const shown = claims.map(({ want }) => (want.kind === 'react' ? want.content : want.kind));
    assert.deepEqual(shown, ['-1', 'rocket', 'say']);
  });
  test('no reply holds a line that would be a command, whatever it repeats', () => {
    const piece = fc.constantFrom(
      '/lgtm',
      '/merge',
      '/ping',
      ' ',
      '`',
      '``',
      '\n',
      '@lin',
      '<b>',
      'abcdef1',
      '*',
      '"',
      '|',
      'x',
    );
    const text = fc.array(piece, { maxLength: 12 }).map((parts) => `/merge ${parts.join('')}`);
    fc.assert(
      fc.property(text, (written) => {
        for (const { want } of answered(saying({ text: written, by: dora }, written)).claims) {
          if (want.kind !== 'say') continue;
          assert.deepEqual(
            readLines(typeof want.text === 'string' ? want.text : want.text.en, { prefix: '/', us: 'github-bot[bot]' }),
            [],
          );
        }
      }),
    );
  });
});

test('with broken rules nothing is closed by command', () => {
  const close: Command = {
    summary: { en: 'Closes', 'zh-CN': '关闭' },
    ...{ on: 'both', args: [], who: ['write'], examples: ['/close'] },
    run: () => ({ outcome: 'done', wants: [{ kind: 'state', open: false }] }),
  };
  const closer = { ...(setup.modules.get('lgtm') as Module), commands: () => ({ close }), aliases: {} } as AnyModule;
  const closing = (broken: Setup['broken']): Setup => ({
    ...{ ...everything(), broken, modules: new Map([...setup.modules, ['lgtm', closer]]) },
  });
  assert.deepEqual(outcomes(saying('/close'), {}, closing([])), ['/close done']);
  const { heard, wants } = hearing(saying('/close'), {}, closing([{} as Setup['broken'][number]]));
  assert.deepEqual([heard[0]?.outcome, wants], ['refused', []]);
});
