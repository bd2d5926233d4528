import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { systemClock } from '../../../app/clock.ts';
import { mostCommands, readLines } from '../../../app/commands/read-lines.ts';
import { guardFetch } from '../../../app/github/guarded-fetch.ts';
import { globFault, matchesGlob } from '../../../app/modules/glob.ts';
import { matcher, patternFault } from '../../../app/modules/pattern.ts';
import { fillIn, templateFault } from '../../../app/modules/template.ts';
import { code, prose } from '../../../app/quote.ts';
import { events, lanesOf } from '../../../app/receive/lanes-of.ts';
import { signedWith } from '../../../app/receive/signature.ts';
import { readRules } from '../../../app/rules/read-rules.ts';
import { catalogue, layer } from '../../rules/stand-in.ts';
import { addresses, payloads, texts } from './inputs.ts';

/** Something that reads what strangers write, and what must be true of it whatever they write. */
export interface Target {
  readonly name: string;
  readonly inputs: fc.Arbitrary<readonly unknown[]>;
  readonly holds: (...given: any[]) => void | Promise<void>;
}

const isClean = () => assert.equal(({} as { polluted?: unknown }).polluted, undefined);

const reading = { prefix: '/', us: 'github-bot[bot]' };

function commandsHold(text: string): void {
  const lines = text.split(/\r\n|\n|\r/);
  const found = readLines(text, reading);
  assert.ok(found.length <= mostCommands);
  for (const { line, word } of found) assert.ok(lines[line]?.includes(`/${word}`));
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  assert.deepEqual(readLines(`${fence}\n${text}\n${fence}`, reading), [], 'nothing in a fence is a command');
  const quoted = lines.map((line) => `> ${line}`).join('\n');
  assert.deepEqual(readLines(quoted, reading), [], 'nothing in a quote is a command');
}

function rulesHold(text: string): void {
  const rules = readRules([layer(text)], catalogue);
  assert.equal(rules.problems.length === 0, rules.oids.length === 1);
  isClean();
}

const values = {
  ...{ author: 'bob', label: 'bug', number: 7, repo: 'acme/shop', url: 'https://github.com/acme/shop/pull/7' },
  ...{ comment: '', actor: 'lin' },
};

function templatesHold(template: string, title: string): void {
  if (templateFault(template) !== null) return;
  const written = fillIn(template, { ...values, title });
  assert.ok(written === null || typeof written === 'string');
  const shown = fillIn('{{ title }}', { ...values, title });
  assert.doesNotMatch(shown ?? '', /@(?!\u200b)|[\n\r]/);
}

const markdown = new MarkdownIt({ html: true });

/** The kinds of token that a line of Markdown comes to. */
function kindsIn(line: string): string[] {
  const tokens = markdown.parse(line, {});
  const inline = tokens.flatMap(({ children }) => children ?? []);
  return [...tokens.map(({ type }) => type), ...inline.map(({ type }) => type)];
}

function quotingHolds(text: string): void {
  const around = ['paragraph_open', 'inline', 'paragraph_close'];
  assert.deepEqual(kindsIn(`x ${code(text).markdown} y`), [...around, 'text', 'code_inline', 'text']);
  const said = prose(text).markdown;
  const acting = kindsIn(`x ${said} y`).filter((kind) => !around.includes(kind) && !/^text(_special)?$/.test(kind));
  assert.deepEqual(acting, []);
  assert.doesNotMatch(said, /@[\p{L}\p{N}]|#\d|:\/\/|[\n\r]/u);
}

function globsHold(glob: string, path: string): void {
  if (globFault(glob) !== null) return;
  assert.equal(typeof matchesGlob(glob, path), 'boolean');
  assert.ok(matchesGlob(`{${'x,'.repeat(3)}**}`, 'a/b'));
}

function patternsHold(pattern: string, text: string): void {
  if (patternFault(pattern) === null) assert.equal(typeof matcher(pattern)(text), 'boolean');
}

async function guardHolds(address: string): Promise<void> {
  const called: string[] = [];
  const fetch = async (url: unknown) => {
    called.push(String(url));
    return new Response('{}');
  };
  const guarded = guardFetch({ fetch, clock: systemClock, origin: 'https://api.github.com' });
  await guarded(address).catch(() => undefined);
  for (const url of called) assert.match(url, /^https:\/\/api\.github\.com\//);
}

function lanesHold(event: string, payload: unknown): void {
  const lanes = lanesOf(event, payload);
  if (lanes.fits) assert.ok(lanes.subjects.length > 0 || lanes.unhandled !== null);
  isClean();
}

function signaturesHold(body: string, header: string): void {
  // Nobody guesses 256 bits.
  assert.equal(signedWith(Buffer.from(body), header, ['a-secret-nobody-knows', 'another-one']), -1);
}

const signatures = fc.oneof(
  texts,
  fc.stringMatching(/^sha256=[0-9a-f]{64}$/),
  fc.stringMatching(/^sha(1|256|512)=[0-9A-Fa-f ]{0,130}$/),
);

/** Every reader of strangers' words. */
export const targets: readonly Target[] = [
  { name: 'commands', inputs: fc.tuple(texts), holds: commandsHold },
  { name: 'rules', inputs: fc.tuple(texts), holds: rulesHold },
  {
    name: 'payloads',
    inputs: fc.tuple(fc.constantFrom(...events, 'ping', 'star', '__proto__'), payloads),
    holds: lanesHold,
  },
  { name: 'signatures', inputs: fc.tuple(texts, signatures), holds: signaturesHold },
  { name: 'templates', inputs: fc.tuple(texts, texts), holds: templatesHold },
  { name: 'quoting', inputs: fc.tuple(texts), holds: quotingHolds },
  { name: 'globs', inputs: fc.tuple(texts, texts), holds: globsHold },
  { name: 'patterns', inputs: fc.tuple(texts, texts), holds: patternsHold },
  { name: 'addresses', inputs: fc.tuple(addresses), holds: guardHolds },
];
