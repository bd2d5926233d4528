import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { plainFacts } from '../../app/facts/plain-facts.ts';
import prTitle from '../../app/modules/pr-title/module.ts';
import { suggest } from '../../app/modules/title-suggestion.ts';
import { faultOf, readTitle } from '../../app/modules/title-grammar.ts';
import type { TitleRule } from '../../app/modules/title-grammar.ts';

const rule: TitleRule = {
  types: ['feat', 'fix', 'docs', 'perf', 'test', 'ci', 'chore'],
  scopes: [],
  requireScope: false,
  maxLength: 100,
};

suite('the grammar', () => {
  for (const title of [
    'fix: a',
    'fix!: a',
    'fix(api): a',
    'fix(api)!: a',
    'fix(api, web): a',
    'fix: a: b (c)',
    'fix:  a',
  ]) {
    test(`good: ${title}`, () => assert.equal(faultOf(title, rule), null));
  }
  const bad: [string, string][] = [
    ['', 'no-type'],
    ['a', 'no-type'],
    ['fix a', 'no-type'],
    ['fix:a', 'shape'],
    ['fix : a', 'shape'],
    ['fix (api): a', 'shape'],
    ['fix(): a', 'shape'],
    ['fix( ): a', 'shape'],
    ['fix(a,): a', 'shape'],
    ['fix!!: a', 'shape'],
    ['fix！: a', 'shape'],
    ['fix：a', 'shape'],
    ['[fix] a', 'shape'],
    ['【fix】a', 'shape'],
    ['Fix: a', 'type'],
    ['oops: a', 'type'],
    ['fix:', 'no-subject'],
    ['fix: ', 'no-subject'],
    ['fix: \u200b', 'no-subject'],
    [`fix: ${'a'.repeat(96)}`, 'length'],
  ];
  for (const [title, kind] of bad)
    test(`${kind}: ${title.slice(0, 40)}`, () => assert.equal(faultOf(title, rule)?.kind, kind));

  test('is taken apart', () => {
    assert.deepEqual(readTitle('feat(api, web)!: 支持 x'), {
      type: 'feat',
      scopes: ['api', 'web'],
      breaking: true,
      subject: '支持 x',
    });
  });
  test('every one of several scopes must be listed', () => {
    const listed = { ...rule, scopes: ['api', 'web'] };
    assert.equal(faultOf('fix(api,web): a', listed), null);
    assert.deepEqual(faultOf('fix(api,ui): a', listed), { kind: 'scope', name: 'ui' });
  });
  test('no types means any word', () => assert.equal(faultOf('Anything: a', { ...rule, types: [] }), null));
});

suite('suggestions', () => {
  const better: [string, string | null][] = [
    ['Fixes blank page', 'fix: blank page'],
    ['Repair the login', 'fix: repair the login'],
    ['登录页面支持深色模式', 'feat: 登录页面支持深色模式'],
    ['更新文档', 'chore: 更新文档'],
    ['修复: 白屏', 'fix: 白屏'],
    ['Feature: dark mode', 'feat: dark mode'],
    ['bugfix(ui): blank', 'fix(ui): blank'],
    ['doc: how to', 'docs: how to'],
    ['perff: faster', 'perf: faster'],
    ['Login: page is white', 'feat: Login: page is white'],
    ['[docs] how to', 'docs: how to'],
    ['fix(api）！：x', 'fix(api)!: x'],
    ['Improve GitHub login', 'feat: Improve GitHub login'],
    ['fix', null],
    ['', null],
    ['\u200b\u202e', null],
    ['a'.repeat(200), null],
  ];
  for (const [title, expected] of better) {
    test(`${title.slice(0, 30)} -> ${expected}`, () => assert.equal(suggest(title, rule), expected));
  }
  test("types of the project's own are found by their kin", () => {
    assert.equal(suggest('Add x', { ...rule, types: ['bugfix', 'feature'] }), 'feature: add x');
    assert.equal(suggest('Add x', { ...rule, types: ['alpha'] }), 'alpha: Add x');
  });
  test('scopes: the nearest, the one the words name, else the first', () => {
    const scoped = { ...rule, scopes: ['web', 'api'], requireScope: true };
    assert.equal(suggest('fix(API): x', scoped), 'fix(api): x');
    assert.equal(suggest('fix(nowhere): x', scoped), 'fix(web): x');
    assert.equal(suggest('fix: x in api', scoped), 'fix(api): x in api');
    assert.equal(suggest('fix: x', { ...rule, requireScope: true }), 'fix(scope): x');
  });
});

suite('for any title', () => {
  const piece = fc.constantFrom(
    'fix',
    'Feat',
    ':',
    '：',
    '(',
    '（',
    ')',
    '）',
    '!',
    ' ',
    ',',
    '[',
    ']',
    'api',
    '修复',
    '\n',
    '\u200b',
    '\ud800',
    '`',
    '@a',
  );
  const title = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
  );
  const anyRule = fc.record({
    types: fc.constantFrom<readonly string[]>([], ['feat', 'fix'], ['Type-A', '功能']),
    scopes: fc.constantFrom<readonly string[]>([], ['api', 'web']),
    requireScope: fc.boolean(),
    maxLength: fc.integer({ min: 1, max: 100 }),
  });
  test('a suggestion keeps the rule and settles: it needs no further suggestion', () => {
    fc.assert(
      fc.property(title, anyRule, (text, given) => {
        const better = suggest(text, given);
        if (better !== null) assert.equal(faultOf(better, given), null);
      }),
      { numRuns: 3000 },
    );
  });
  test('a decision comes, and says one line', () => {
    fc.assert(
      fc.property(title, fc.constantFrom('', '^x', '['), (text, pattern) => {
        const options = prTitle.options.parse({ pattern });
        const { because, verdict } = prTitle.decide(plainFacts({ thread: { title: text } }), options);
        assert.doesNotMatch(because.en, /\n/);
        assert.ok(pattern !== '[' || verdict !== 'fail', 'a pattern that cannot be read blames nobody');
      }),
      { numRuns: 1000 },
    );
  });
  test('long ones take no time', () => {
    for (const part of [' ', ':', '(', 'fix(', 'a ', '：', '[', 'fix ', '修', '!', '"']) {
      const start = performance.now();
      const long = part.repeat(Math.floor(65_536 / part.length));
      for (const text of [long, `fix${long}`, `fix: ${long}`, `Revert "${long}`]) {
        prTitle.decide(plainFacts({ thread: { title: text } }), prTitle.options.parse({}));
      }
      assert.ok(performance.now() - start < 300, JSON.stringify(part));
    }
  });
});
