import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { commentsIn, outlineOf, seenOf } from '../../app/modules/markdown.ts';
import { bare, isSeen, oneLine } from '../../app/modules/visible.ts';

const textUnder = (body: string) => oneLine(outlineOf(`## A\n${body}\n`).sections[0]?.text ?? '');

suite('text a reader sees', () => {
  const cases: [string, string, string][] = [
    ['a paragraph', 'hello *you*', 'hello you'],
    ['two lines', 'a\nb', 'a b'],
    ['code', '```sh\nnpm i\n```', 'npm i'],
    ['a list', '- a\n- b', 'a b'],
    ['a quote', '> a', 'a'],
    ['a picture', '![](https://x/y.png)', '\ufffc'],
    ['a picture in HTML', '<img width="10" src="https://x/y.png">', '\ufffc'],
    ['a comment', '<!-- a -->', ''],
    ['a comment over several lines', '<!--\na\n\n## B\n-->', ''],
    ['a comment that never ends', '<!-- a\n\nb', ''],
    ['a comment that ends at once', '<!--> a', 'a'],
    ['text after a comment', '<!-- a --> b', 'b'],
    ['text around a comment', 'a <!-- b --> c', 'a c'],
    ['a comment that blocks hide in', '<div><!--\n\nhidden\n\n</div>', ''],
    ['what comes after such a comment', '<div><!--\n\nhidden\n\n<p>--> c</p>\n', 'c'],
    ['a note as a link definition', '[//]: # (note)', ''],
    ['a rule', '***', ''],
    ['an empty code block', '```shell\n\n```', ''],
    ['a task', '- [x] a\n* [ ] b\n1. [X] c', ''],
    ['an escaped task is text', '- \\[x] a', '[x] a'],
    ['a task without a blank is text', '- [x]a', '[x]a'],
    ['details', '<details>\n<summary>Log</summary>\n\nboom\n</details>', 'Log boom'],
    ['entities', '<p>&nbsp;&#8203;</p>', ''],
  ];
  for (const [name, body, text] of cases) test(name, () => assert.equal(textUnder(body), text));
});

test('headings: ATX, setext, empty, closed with marks; not in quotes, lists, code or comments', () => {
  const body = '# A #\nB\n---\n###\n> # C\n\n- # D\n\n```\n# E\n```\n<!--\n# F\n-->\n\n####### G\n#H\n';
  const { sections } = outlineOf(body);
  assert.deepEqual(
    sections.map(({ title, level }) => [title, level]),
    [
      ['A', 1],
      ['B', 2],
      ['', 3],
    ],
  );
});

test('tasks: in quotes and nested, with links and comments', () => {
  const body = '> - [x] a [b](c)\n\n- [ ] d <!-- e -->\n  - [X] `f`\n\n```\n- [x] g\n```\n<!-- - [x] h -->\n';
  assert.deepEqual(
    outlineOf(body).tasks.map(({ text, ticked }) => [text.trim(), ticked]),
    [
      ['a b', true],
      ['d', false],
      ['f', true],
    ],
  );
});

test('mixed line ends read the same', () => {
  const body = '## A\ntext\n- [x] b\n\n## C\nd\n';
  assert.deepEqual(outlineOf(body.replaceAll('\n', '\r\n')), outlineOf(body));
  assert.deepEqual(outlineOf(body.replaceAll('\n', '\r')), outlineOf(body));
});

test('what cannot be seen is no text', () => {
  for (const text of [
    '',
    ' ',
    '\u00a0\u3000',
    '\u200b\u200d',
    '\u2800',
    '\u3164',
    '\ud800',
    '\u202e',
    '\ufe0f',
    '\0',
  ]) {
    assert.ok(!isSeen(text), JSON.stringify(text));
  }
  for (const text of ['a', '。', '😀', '版', '\u200ba']) assert.ok(isSeen(text));
});

test('bare: case, width, marks and emoji around', () => {
  for (const text of [
    'Version',
    ' VERSION: ',
    '**version**',
    '🐛 Version?',
    'Ｖersion：',
    'ver\u200bsion',
    '「version」',
  ]) {
    assert.equal(bare(text), 'version', text);
  }
  assert.equal(bare('Node.js  version'), 'node.js version');
  assert.equal(bare('???'), '???');
  assert.equal(oneLine(' a\n\tb\u200b '), 'a b');
  assert.equal(seenOf('the **[code](x)** of `conduct`'), 'the code of conduct');
});

const hostile = [
  '- [ ] a\n', '[', '*a ', '[a](', '>', '> ', 'x <!--', '<!-- ', '<!--\n', '<div><!--\n\n', '<a b="', '<', '# ', '# a\n',
  '- ', '1. ', '`', '```\n', '~~a ', '![a](', '&amp', '\\', '|', 'a|', '***\n', '[a]: b\n', '<![CDATA[', '<?', '\ud800', '\u202e',
]; // prettier-ignore

test('hostile texts: in proportion, never an exception', () => {
  for (const part of hostile) {
    const start = performance.now();
    outlineOf(part.repeat(Math.ceil(65_536 / part.length)));
    assert.ok(performance.now() - start < 1500, JSON.stringify(part));
  }
});

test('any text at all', () => {
  const piece = fc.oneof(
    fc.constantFrom(...hostile, '-->', '\r\n', '\r', '\n\n', '    ', '\t'),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const body = pieces.join('');
      assert.deepEqual(outlineOf(body), outlineOf(body));
      seenOf(body);
      isSeen(bare(body));
    }),
    { numRuns: 500 },
  );
});

suite('comments', () => {
  const cases: [string, string[]][] = [
    ['<!-- a -->', ['a']],
    ['text <!-- a --> and <!--b-->\n\n<!--\nc\n\nd\n-->', ['a', 'b', 'c\n\nd']],
    ['`<!-- a -->`\n\n```\n<!-- b -->\n```\n\n    <!-- c -->', []],
    ['<!-- a <!-- b -->', ['a <!-- b']],
    ['<!--> a -->', ['']],
    ['<!-- never ends', []],
    ['- <!-- a -->\n> <!-- b -->', ['a', 'b']],
  ];
  for (const [body, found] of cases) test(JSON.stringify(body), () => assert.deepEqual(commentsIn(body), found));
  test('long ones take no time', () => {
    for (const part of ['<!--', '<!-- ', '-->', '<!---->', '<div><!--\n\n', 'a <!-- ']) {
      const start = performance.now();
      commentsIn(part.repeat(Math.floor(65_536 / part.length)));
      assert.ok(performance.now() - start < 500, JSON.stringify(part));
    }
  });
});
