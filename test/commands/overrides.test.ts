import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { isOurName, nameOfRule, overridesOn, withoutBase } from '../../app/commands/overrides.ts';
import { mayBeOverridden, underOverrides } from '../../app/engine/overridden.ts';
import type { Ruling } from '../../app/engine/report.ts';
import type { Asked } from '../../app/facts/command-facts.ts';
import type { Given } from '../../app/facts/plain-facts.ts';
import { plainFacts } from '../../app/facts/plain-facts.ts';

const [head, tip] = ['b'.repeat(40), 'e'.repeat(40)];
const lin = { id: 2001, login: 'lin', bot: false, us: false };
const said: Asked = {
  ...{ key: 'IC_1:0', name: 'override', module: 'override', surface: 'comment', by: lin, level: 'admin' },
  ...{ at: '2026-01-05T09:30:00Z', head, tree: '1'.repeat(40), base: 'main', tip, withdrawn: false },
  args: { contexts: ['build', 'lint'], reason: 'the runner is down' },
};
const cancel = (key: string, ...contexts: readonly string[]): Asked => {
  return { ...said, key, args: { what: 'cancel', ...(contexts.length > 0 && { contexts }) } };
};
const standing = (asks: readonly Asked[], given: Given = {}) =>
  overridesOn(plainFacts({ ...given, asks })).standing.map(({ name }) => name);

suite('what an override is bound to', () => {
  const moved: readonly [title: string, asked: Partial<Asked>, given: Given][] = [
    ['another head', { head: 'c'.repeat(40) }, {}],
    ['no head', { head: '' }, { pull: { head: '' } }],
    ['another base', { base: 'release' }, {}],
    ['the base has moved', {}, { tip: 'f'.repeat(40) }],
    ['where the base was is not known', { tip: '' }, {}],
    ['where the base is is not known', {}, { tip: null }],
    ['neither is known', { tip: '' }, { tip: '' }],
    ['an account without a number', { by: { ...lin, id: null } }, {}],
    ['a deleted comment', { withdrawn: true }, {}],
    ['a command of another module', { module: 'merge' }, {}],
  ];
  test('it stands as long as nothing moves', () => assert.deepEqual(standing([said]), ['build', 'lint']));
  for (const [title, asked, given] of moved) {
    test(`it falls: ${title}`, () => assert.deepEqual(standing([{ ...said, ...asked }], given), []));
  }
  test('from before the base was noted', () => {
    const before: Partial<Asked> = { ...said };
    Reflect.deleteProperty(before, 'tip');
    assert.deepEqual(standing([before as Asked]), []);
  });
});

suite('taking it back', () => {
  test('one', () => assert.deepEqual(standing([said, cancel('IC_2:0', 'lint')]), ['build']));
  test('all', () => assert.deepEqual(standing([said, cancel('IC_2:0')]), []));
  test('a cancel that was deleted still holds', () =>
    assert.deepEqual(standing([said, { ...cancel('IC_2:0'), withdrawn: true }]), []));
  test('said again', () =>
    assert.deepEqual(standing([said, cancel('IC_2:0'), { ...said, key: 'IC_3:0' }]), ['build', 'lint']));
  test('whoever had the last word on a name is known', () => {
    const { names } = overridesOn(plainFacts({ asks: [said, cancel('IC_2:0', 'lint')] }));
    assert.deepEqual(
      [...names],
      [
        ['build', 'IC_1:0'],
        ['lint', 'IC_2:0'],
      ],
    );
  });
});

test('nothing that is said makes anything stand on another head or base', () => {
  const name = fc.constantFrom('build', 'lint', 'github-bot/pr-title');
  const ask = fc.record({
    contexts: fc.array(name, { maxLength: 3 }),
    what: fc.constantFrom('', 'cancel'),
    head: fc.constantFrom('c'.repeat(40), ''),
    withdrawn: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(ask, { maxLength: 8 }), (all) => {
      const asks = all.map(({ contexts, what, head, withdrawn }, at): Asked => {
        return { ...said, key: `IC_${at}:0`, head, withdrawn, args: { contexts, reason: 'x', ...(what && { what }) } };
      });
      assert.deepEqual(standing(asks), []);
    }),
  );
});

const ruling: Ruling = {
  ...{ module: 'pr-title', mode: 'enforce', row: true, verdict: 'fail', because: { en: 'no', 'zh-CN': '否' } },
  ...{ fix: { en: 'fix', 'zh-CN': '改' }, who: 'author', wants: [], broke: null },
};
const own: Ruling = { ...ruling, module: 'override', verdict: 'pass', fix: null, who: null };
const titled = plainFacts({ asks: [{ ...said, args: { contexts: ['github-bot/pr-title'], reason: '`x` @all' } }] });
const verdictOf = (some: readonly Ruling[]) => underOverrides(some, titled).find(({ module }) => module === 'pr-title');

suite('rules of the bot', () => {
  test('one that fails passes, and says by whom and why, and what it said', () => {
    const { verdict, because, fix } = verdictOf([ruling, own]) ?? {};
    assert.deepEqual([verdict, fix], ['pass', null]);
    assert.equal(because?.en, 'overridden by @lin because `` `x` @all ``; it said: no');
  });
  test('one that broke passes', () => {
    assert.equal(verdictOf([{ ...ruling, verdict: 'wait', broke: 'Error' }, own])?.verdict, 'pass');
  });
  test('one that waits for a word does not', () =>
    assert.equal(verdictOf([{ ...ruling, verdict: 'wait' }, own])?.verdict, 'wait'));
  for (const [title, module] of [
    ['the module is off', null],
    ['it only warns', { ...own, mode: 'warn' as const }],
    ['it is a preview', { ...own, mode: 'preview' as const }],
    ['it broke', { ...own, verdict: 'wait' as const, broke: 'Error' }],
  ] as const)
    test(`nothing passes: ${title}`, () =>
      assert.equal(verdictOf([ruling, ...(module ? [module] : [])])?.verdict, 'fail'));
  test('what only warns, or has no row, is not for overriding', () => {
    assert.ok(mayBeOverridden(ruling));
    assert.ok(!mayBeOverridden({ ...ruling, mode: 'warn' }));
    assert.ok(!mayBeOverridden({ ...ruling, row: false }));
    assert.ok(!mayBeOverridden({ ...ruling, verdict: 'pass' }));
  });
});

test('names of ours', () => {
  assert.equal(nameOfRule('pr-title'), 'github-bot/pr-title');
  assert.equal(withoutBase('github-bot/pr-title (release/1)'), 'github-bot/pr-title');
  for (const name of ['github-bot (main)', 'build (ubuntu)', 'x github-bot/a (main)'])
    assert.equal(withoutBase(name), name);
  assert.ok(isOurName('github-bot/pr-title (main)') && !isOurName('build'));
});
