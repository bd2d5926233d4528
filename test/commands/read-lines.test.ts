import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { mostCommands, readLines } from '../../app/commands/read-lines.ts';

const reading = { prefix: '/', us: 'github-bot[bot]' };
const wordsIn = (text: string) => readLines(text, reading).map(({ word, rest }) => `${word} ${rest}`.trim());

const rows: readonly (readonly [string, string, readonly string[]])[] = [
  ['one line', '/lgtm', ['lgtm']],
  ['several, any line end', '/lgtm\r\n/hold for 2d\r/approve\n/ping', ['lgtm', 'hold for 2d', 'approve', 'ping']],
  ['three blanks', '   /lgtm', ['lgtm']],
  ['four blanks are code', '    /lgtm', []],
  ['a tab is code', '\t/lgtm', []],
  ['not in the middle', 'please /lgtm', []],
  ['a mention of the bot', '@github-bot /lgtm\n@GitHub-Bot[bot] /hold', ['lgtm', 'hold']],
  ['a mention of somebody else', '@bob /lgtm', []],
  ['fenced', '```\n/lgtm\n```\n/hold', ['hold']],
  ['fenced with tildes and a word', '~~~sh\n/lgtm\n~~~\n/hold', ['hold']],
  ['a longer fence', '````\n```\n/lgtm\n````\n/hold', ['hold']],
  ['a fence that is not closed', '```\n/lgtm', []],
  ['a suggestion', '```suggestion\n/lgtm\n```', []],
  [
    'a tag within a fence within a folded part',
    '<details>\n\n```\n</details>\n```\n/lgtm\n</details>\n\n/hold',
    ['hold'],
  ],
  ['a quote goes on over what is no block', '> a\n2. b\n<> c\n/lgtm\n\n/hold', ['hold']],
  ['a fence ends a quote', '> a\n```\n```\n/hold', ['hold']],
  ['fenced in a list', '- ```\n  /lgtm\n  ```\n\n/hold', ['hold']],
  ['a fence that ends with its list', '- ```\n\n/hold\n```\n/lgtm', ['hold']],
  ['quoted in a list', '1. > well\n/lgtm\n\n/hold', ['hold']],
  ['quoted', '> /lgtm\n\n/hold', ['hold']],
  ['the line after a quote belongs to it', '> what do you think?\n/lgtm', []],
  ['an HTML comment', '<!--\n/lgtm\n-->\n/hold', ['hold']],
  ['a comment that is not closed', '<!--\n/lgtm', []],
  ['a comment in one line', '<!-- x -->\n/lgtm', ['lgtm']],
  ['folded', '<details><summary>x</summary>\n\n/lgtm\n\n</details>\n\n/hold', ['hold']],
  ['folded in folded', '<details>\n<details>\n</details>\n/lgtm\n</details>\n/hold', ['hold']],
  ['a tag that is written about', 'Use `<details>` here\n\n/lgtm', ['lgtm']],
  ['preformatted', '<pre>\n/lgtm\n</pre>\n/hold', ['hold']],
  ['a code span over lines', '`a\n/lgtm\nb`\n/hold', ['hold']],
  ['the text of a link', '[a\n/lgtm\n](https://x.test)\n/hold', ['hold']],
  ['what stands for an image', '![a\n/lgtm\n](https://x.test/a.png)\n/hold', ['hold']],
  ['an answer by mail', 'On Monday bob wrote:\n> /lgtm\n> /merge\n\n/hold', ['hold']],
  ['a no-break space after the word makes it another word', '/lgtm\u00a0cancel', ['lgtm\u00a0cancel']],
  ['a no-break space among the arguments stays', '/hold\tx\u00a0y\u00a0', ['hold x\u00a0y']],
  ['a mark that turns the direction in front', '\u202e/lgtm', []],
  ['letters of another alphabet', '/lgtⅿ', ['lgtⅿ']],
  ['a full-width slash', '／lgtm', []],
  ['a no-break space in front', '\u00a0/lgtm', []],
  ['a zero-width space in front', '\u200b/lgtm', []],
  ['a word of other letters is given as it is', '/合并', ['合并']],
  ['nothing', '', []],
  ['only the prefix', '/ lgtm', []],
];

for (const [title, text, expected] of rows) {
  test(`command lines: ${title}`, () => assert.deepEqual(wordsIn(text), expected));
}

test('a fence within an item of a list, and one after it', () => {
  const text = '- > text\n/lgtm\n/lgtm- ```\n  /lgtm\n  ```\n/lgtm- ```\n  /lgtm\n  ```\n/lgtm';
  assert.deepEqual(wordsIn(text), []);
  assert.deepEqual(wordsIn('- 1. ```\n     /lgtm\n\n/hold'), ['hold']);
});

test('a hundred thousand commands and one endless line are ten and one', () => {
  assert.equal(readLines('/lgtm\n'.repeat(100_000), reading).length, mostCommands);
  const [endless, ...more] = readLines(`/hold ${'x'.repeat(64 * 1024)}`, reading);
  assert.ok(endless && endless.rest.length < 1_000);
  assert.equal(more.length, 0);
});

test('at most ten commands of one text are read', () => {
  assert.equal(readLines('/lgtm\n'.repeat(50), reading).length, mostCommands);
});

const pieces = [
  ...['/lgtm', '/hold', '> ', '```', '~~~', '`', '``', '<!--', '-->', '<details>', '</details>', '<pre>', '</pre>'],
  // Where a reader goes wrong that forgets one thing.
  ...['> text\n/lgtm\n', '````\n```\n/lgtm\n````\n', '```\n/lgtm\n', '~~~ a\n```\n/lgtm\n~~~\n', '> a\n> b\n/hold\n'],
  ...['- ```\n  /lgtm\n  ```\n', '1. ~~~\n   /lgtm\n', '- > text\n/lgtm\n', '- ```\n/hold\n```\n', '  ', '   '],
  ...['\n', '\n\n', '    ', '- ', '1. ', 'text', '[', '](x)', '**', '# ', '\t', '\\', '<', '2. ', 'a', ' ', '\r\n'],
];
const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));

/** The lines of a text that GitHub shows as code or as a quote, by another reader of Markdown. */
function shownAsCode(text: string): Set<number> {
  const hidden = new Set<number>();
  let quotes = 0;
  for (const token of new MarkdownIt({ html: true }).parse(text, {})) {
    if (token.type === 'blockquote_open') quotes++;
    if (token.type === 'blockquote_close') quotes--;
    const isHidden = token.type === 'fence' || token.type === 'code_block' || quotes > 0;
    const [from = 0, to = 0] = token.map ?? [];
    for (let line = from; isHidden && line < to; line++) hidden.add(line);
  }
  return hidden;
}

test('what is shown as code or as a quote is never a command', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const hidden = shownAsCode(text.replaceAll('\r\n', '\n'));
      for (const { line } of readLines(text, reading)) assert.ok(!hidden.has(line), JSON.stringify(text));
    }),
    { numRuns: 5_000 },
  );
});

test('no text makes the reader throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => void readLines(text, reading)));
});

test('a text of a great many lines is read up to the thousandth', () => {
  const after = (count: number) => readLines(`${'\n'.repeat(count)}/hold`, reading).map(({ line }) => line);
  assert.deepEqual([after(999), after(1_000)], [[999], []]);
});

test('a hundred comments made to be slow to read do not keep others waiting', () => {
  // Every look reads each of them several times; without a bound these took two minutes.
  const hostile = Array.from({ length: 100 }, (_, at) => `/a${at}${'\n'.repeat(65_000)}`);
  const began = process.cpuUsage();
  for (let times = 0; times < 7; times++) for (const text of hostile) readLines(text, reading);
  const { user, system } = process.cpuUsage(began);
  assert.ok(user + system < 10_000_000, `${(user + system) / 1_000_000} s`);
});
