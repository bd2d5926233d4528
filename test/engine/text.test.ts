import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { code, mention } from '../../app/quote.ts';
import { listed, phrase, same } from '../../app/text.ts';

test('a phrase fills both languages', () => {
  const say = phrase<{ title: ReturnType<typeof code>; count: number }>({
    en: 'Try {title}, {count, plural, one {# day} other {# days}} left.',
    'zh-CN': '可以改成 {title}，还剩 {count} 天。',
  });
  assert.deepEqual(say({ title: code('fix: a'), count: 2 }), {
    en: 'Try `fix: a`, 2 days left.',
    'zh-CN': '可以改成 `fix: a`，还剩 2 天。',
  });
});

test('placeholders that differ between the languages are refused when the code is loaded', () => {
  assert.throws(() => phrase({ en: 'Try {title}', 'zh-CN': '可以改成 {name}' }), /placeholders differ/);
});

test('lists read as the language does', () => {
  assert.deepEqual(listed([code('a'), same(code('b'))]), { en: '`a`, `b`', 'zh-CN': '`a`、`b`' });
});

test('whatever a person writes stays inside one code span', () => {
  const markdown = new MarkdownIt('commonmark');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const [inline, ...more] = markdown
        .parse(`x ${code(text).markdown} y`, {})
        .filter(({ type }) => type === 'inline');
      assert.equal(more.length, 0);
      assert.deepEqual(
        inline!.children!.map(({ type }) => type),
        ['text', 'code_inline', 'text'],
      );
    }),
  );
});

test('only what can be a login is mentioned', () => {
  assert.equal(mention('lin-2').markdown, '@lin-2');
  assert.equal(mention('a/b').markdown, '`a/b`');
  assert.equal(mention('dependabot[bot]').markdown, '`dependabot[bot]`');
});
