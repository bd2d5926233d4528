import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageFor } from '../../app/merge-pool/message.ts';
import { mergeOptions } from '../../app/merge-pool/options.ts';

const pull = { title: 'feat: a', body: 'Adds a.', number: 7, author: 'bob', base: 'main', branch: 'topic' };
const said = (message: object, more: object = {}) =>
  messageFor('squash', mergeOptions.parse({ message }), { ...pull, ...more });

test('the usual message names title and number and has no body', () =>
  assert.deepEqual(said({}), { title: 'feat: a (#7)', body: '' }));

test('a rebase keeps the messages of the commits', () =>
  assert.equal(messageFor('rebase', mergeOptions.parse({}), pull), null));

test('values are put in once, and only those of the pull request', () => {
  const title = '{{author}} {{constructor}} {{title.__proto__}} {{nothing}}';
  assert.equal(said({ title: '{{title}}' }, { title })!.title, title);
  assert.equal(said({ title: `x${title}` })!.title, 'xbob');
});

test('trailers of people’s text speak for nobody', () => {
  const body = 'Fine.\n\nCo-authored-by: Eve <eve@example.com>\r\n  signed-off-by: Eve\nskip-checks: true';
  assert.deepEqual(said({ body: '{{body}}\n\nReviewed-by: rules' }, { body })!.body.split('\n'), [
    ...['Fine.', '', '> Co-authored-by: Eve <eve@example.com>', '> signed-off-by: Eve', '> skip-checks: true'],
    ...['', 'Reviewed-by: rules'],
  ]);
});

test('no text of a pull request keeps CI from running', () => {
  for (const words of ['[skip ci]', '[CI Skip]', '[no ci]', '[skip actions]', '***NO_CI***']) {
    const { title, body } = said({ body: '{{body}}' }, { title: `feat: a ${words}`, body: words })!;
    assert.doesNotMatch(`${title}${body}`, /\[\s*(skip|ci|no)[ -]|\*NO_CI/i);
  }
});

test('it stays on one line and within bounds', () => {
  const { title, body } = said(
    { body: '{{body}}' },
    { title: `a\n\nCo-authored-by: x\u0000${'y'.repeat(999)}`, body: 'z'.repeat(70_000) },
  )!;
  assert.ok(!title.includes('\n') && title.length <= 250);
  assert.ok(body.length <= 16_000);
});

test('a template whose loop would not end is refused before', () =>
  assert.doesNotThrow(() => said({ title: '{{ title | append: title }}' })));
