import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { fillIn, templateFault } from '../../app/modules/template.ts';
import type { Values } from '../../app/modules/template.ts';

const values: Values = {
  ...{ author: 'bob', label: 'need demo', title: 'It breaks', number: 12, repo: 'acme/shop' },
  ...{ url: 'https://github.com/acme/shop/issues/12', comment: 'Hello', actor: 'lin' },
};

suite('templates that are refused', () => {
  const bad = [
    ...['{{ title', '{{ nobody }}', '{{ title | raw }}', '{{ title | nothing }}', '{% if title %}', '{{constructor}}'],
    ...['{% for i in (1..9) %}{% endfor %}', '{% include "package.json" %}', '{% render "package.json" %}'],
    ...[
      '{% layout "x" %}',
      '{% echo title %}',
      '{% liquid\n echo title %}',
      '{% cycle title %}',
      '{% capture x %}{% endcapture %}',
    ],
    ...['{{ "now" | date: "%Y" }}', '{{ title | split: "" | sample }}', '{% increment title %}'],
  ];
  for (const template of bad) {
    test(template, () => {
      assert.equal(typeof templateFault(template), 'string');
      assert.equal(fillIn(template, values), null);
    });
  }
  test('too long', () => assert.ok(templateFault('x'.repeat(20_000))));
});

suite('what is written', () => {
  const cases: [string, string][] = [
    ['@{{author}}, {{label}} in {{repo}}#{{number}}', '@bob, need demo in acme/shop#12'],
    ['see {{url}}', 'see https://github.com/acme/shop/issues/12'],
    ['{{title}} by {{actor}}: {{comment}}', '`It breaks` by `lin`: `Hello`'],
    ['{{ title | upcase }}{% if label == "need demo" %} yes{% endif %}', '`IT BREAKS` yes'],
    ['{% assign author = title %}{{ author }}', '`It breaks`'],
  ];
  for (const [template, text] of cases) test(template, () => assert.equal(fillIn(template, values), text));
  test('what is not there is nothing', () => assert.equal(fillIn('[{{comment}}]', { ...values, comment: '' }), '[]'));
  test('properties that are inherited are none', () => assert.equal(fillIn('{{title.constructor}}', values), null));
});

test('one pass: what a value holds is no template', () => {
  assert.equal(fillIn('{{title}}', { ...values, title: '{{author}}{% raw %}' }), '`{{author}}{% raw %}`');
});

test('whatever strangers write, with whatever filter: nobody is mentioned, and it stays on one line of code', () => {
  const filters = fc.constantFrom('', '| upcase', '| remove: "`"', '| strip', '| split: " " | first', '| truncate: 9');
  const part = fc.constantFrom(
    '@acme/all',
    '`',
    '``',
    '\n/close',
    '<!--',
    '-->',
    '<b>',
    '](x)',
    '#1',
    '\u202e',
    ' ',
    'a',
  );
  const text = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, filters, (text, filter) => {
      const written = fillIn(`{{ title ${filter} }}`, { ...values, title: text }) ?? '';
      assert.doesNotMatch(written, /@(?!\u200b)|[\n\r\u202e]/);
      if (written === '') return;
      const fence = /^`+/.exec(written)?.[0] ?? '';
      assert.ok(fence !== '' && written.endsWith(fence), written);
      const runs: string[] = written.slice(fence.length, -fence.length).match(/`+/g) ?? [];
      assert.ok(!runs.includes(fence), written);
    }),
    { numRuns: 2000 },
  );
});
