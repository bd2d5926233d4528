import { shownAsCode } from './shown-as-code.ts';

/** A line of a person's text that may be a command: `word` is what follows the prefix up to the first blank. */
export interface CommandLine {
  /** 0-based line of the text. */
  readonly line: number;
  readonly word: string;
  readonly rest: string;
}

/** More commands than these in one text are not read. */
export const mostCommands = 10;
/** Among so many lines that look like one: paths do as well. */
const mostLooked = 100;

const longestText = 64 * 1024;
/** A log that long is not followed by a command; what has more lines takes time and says nothing. */
const mostLines = 1_000;
const longestLine = 1_000;

// Both may begin within the first line of an item of a list.
const fenceStart = /^( {0,3}(?:(?:[-*+]|\d{1,9}[.)]) +)*)(`{3,}|~{3,})/;
const tagStart = /^ {0,3}<\/?[a-z]/i;
const quote = /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*>/;
const indented = /^(?: {4}| {0,3}\t)/;
/** What begins a block of its own and so ends a quote that goes on without a mark. */
const block = /^ {0,3}(?:#{1,6}(?:[ \t]|$)|([-*_])(?:[ \t]*\1){2,}[ \t]*$|(?:[-*+]|1[.)])[ \t]+\S)/;
/** Elements whose content is shown as code, as somebody else's words, folded away, or not at all. */
const opaque: readonly string[] = [
  'pre',
  'code',
  'blockquote',
  'details',
  'script',
  'style',
  'textarea',
  'samp',
  'kbd',
];

/** What the reader knows of the text before a line. */
interface State {
  /** The open fence: its character and length, and how far in its item of a list stands; 0 in none. */
  fence: { readonly mark: string; readonly length: number; readonly inset: number } | null;
  /** The element or comment that is not closed yet, by what closes it. */
  until: { readonly close: string; depth: number } | null;
  quoted: boolean;
  /** An indented fence is taken for one within an item of a list, which ends where the indent does. */
  readonly inItems: boolean;
  /** What a tag begins is taken for HTML up to the next blank line. */
  readonly asHtml: boolean;
  inHtml: boolean;
}

/** Whether an indent belongs to a list and a tag to a paragraph takes a whole reader of Markdown: each may be. */
const starts = (): State[] =>
  [false, true].flatMap((inItems) =>
    [false, true].map((asHtml) => ({ ...{ fence: null, until: null, quoted: false, inItems }, asHtml, inHtml: false })),
  );

/** How far in the text of a line begins; tabs stop at every fourth column. */
function insetOf(line: string): number {
  let inset = 0;
  for (const sign of /^[ \t]*/.exec(line)?.[0] ?? '') inset += sign === '\t' ? 4 - (inset % 4) : 1;
  return inset;
}

const isClosing = (line: string, { mark, length, inset }: NonNullable<State['fence']>): boolean => {
  const text = line.trim();
  return insetOf(line) - inset <= 3 && text.length >= length && text === mark.repeat(text.length);
};

/** Text that is set in less than an item of a list is outside of it, and so is its fence. */
const leavesItem = (line: string, { inset }: NonNullable<State['fence']>): boolean =>
  line.trim() !== '' && insetOf(line) < inset;

/** The fence that a line opens. */
function fenceIn(line: string, inItems: boolean): State['fence'] {
  const [, before = '', fence = ''] = fenceStart.exec(line) ?? [];
  // A fence of back-ticks has none after its word, else it is a code span.
  const isFence = fence.startsWith('~') || (fence !== '' && !line.slice(before.length + fence.length).includes('`'));
  const inset = before.trim() === '' && !inItems ? 0 : before.length;
  return isFence ? { mark: fence.charAt(0), length: fence.length, inset } : null;
}

const tag = /<!--|<(\/?)([a-z]+)(?=[\s/>]|$)/gi;

/** A line without what stands in its code spans, so that a tag written about is not taken for a tag. */
function withoutCode(line: string): string {
  let shown = '';
  let from = 0;
  for (const [start, end] of codeSpans(line)) {
    shown += line.slice(from, start);
    from = end;
  }
  return shown + line.slice(from);
}

/** Follows comments and opaque elements through a line. */
function follow(line: string, state: State): void {
  let from = 0;
  while (from < line.length) {
    if (state.until?.close === '-->') {
      const end = line.indexOf('-->', from);
      if (end < 0) return;
      state.until = null;
      from = end + 3;
      continue;
    }
    tag.lastIndex = from;
    const found = tag.exec(line);
    if (!found) return;
    from = tag.lastIndex;
    const name = found[2]?.toLowerCase() ?? '';
    if (found[0] === '<!--') {
      // Within an element that hides its content a comment changes nothing.
      if (!state.until) state.until = { close: '-->', depth: 1 };
    } else if (state.until) {
      if (name === state.until.close) state.until.depth += found[1] === '/' ? -1 : 1;
      if (state.until.depth === 0) state.until = null;
    } else if (found[1] === '' && opaque.includes(name)) state.until = { close: name, depth: 1 };
  }
}

const raw: readonly string[] = ['-->', 'pre', 'script', 'style', 'textarea'];

/** Whether a line may open a fence: not where text stands as it is. */
const hasMarkdown = ({ until, asHtml, inHtml }: State): boolean =>
  !asHtml || !(inHtml || (until !== null && raw.includes(until.close)));

/** Whether the line is text of the person's own that is shown as text, as far as blocks tell. */
function isPlain(line: string, state: State): boolean {
  if (state.fence && leavesItem(line, state.fence)) state.fence = null;
  if (state.fence) {
    if (isClosing(line, state.fence)) state.fence = null;
    return false;
  }
  const inside = state.until !== null;
  if (line.trim() === '') state.inHtml = false;
  else if (tagStart.test(line)) state.inHtml = true;
  state.fence = hasMarkdown(state) ? fenceIn(line, state.inItems) : null;
  if (state.fence) state.quoted = false;
  if (state.fence) return false;
  if (line.trim() === '') state.quoted = false;
  else if (quote.test(line)) state.quoted = true;
  else if (!inside && block.test(line)) state.quoted = false;
  if (!inside && indented.test(line)) return false;
  follow(inside ? line : withoutCode(line), state);
  return !inside && !state.quoted;
}

/** The lines that start within a code span or within the text of a link, counted over the lines of one paragraph. */
function spanned(lines: readonly string[]): Set<number> {
  const text = lines.join('\n');
  const spans = [...codeSpans(text), ...linkTexts(text)].sort(([a], [b]) => a - b);
  const inside = new Set<number>();
  let [start, reach, next] = [0, 0, 0];
  for (const [line, { length }] of lines.entries()) {
    for (; (spans[next]?.[0] ?? Infinity) < start; next++) reach = Math.max(reach, spans[next]?.[1] ?? 0);
    if (start < reach) inside.add(line);
    start += length + 1;
  }
  return inside;
}

/** Where code spans begin and end. */
function codeSpans(text: string): [number, number][] {
  const runs = [...text.matchAll(/`+/g)].map(({ index, 0: { length } }) => ({ at: index, length }));
  const ofLength = new Map<number, { readonly places: number[]; next: number }>();
  for (const [place, { length }] of runs.entries()) {
    const known = ofLength.get(length);
    if (known) known.places.push(place);
    else ofLength.set(length, { places: [place], next: 0 });
  }
  const spans: [number, number][] = [];
  for (let place = 0; place < runs.length; place++) {
    const run = runs[place];
    const same = run && ofLength.get(run.length);
    if (!run || !same) continue;
    while ((same.places[same.next] ?? Infinity) <= place) same.next++;
    const close = same.places[same.next];
    const end = close === undefined ? undefined : runs[close];
    if (close === undefined || !end) continue;
    spans.push([run.at, end.at + end.length]);
    place = close;
  }
  return spans;
}

/** From the outermost bracket that is closed by `](` to the end of the link. */
function linkTexts(text: string): [number, number][] {
  const open: number[] = [];
  const spans: [number, number][] = [];
  for (const { 0: sign, index } of text.matchAll(/\[|\](?:\([^()]{0,2000}\)|\[[^\][]{0,2000}\])?/g)) {
    if (sign === '[') open.push(index);
    else {
      const start = open.pop();
      if (start !== undefined && sign.length > 1) spans.push([start, index + sign.length]);
    }
  }
  return spans;
}

export interface Reading {
  readonly prefix: string;
  /** The bot's own login, which may stand in front: `@github-bot /lgtm`. */
  readonly us: string;
  /** Whether somebody answers for a word; left out: for every one. */
  readonly concerns?: (word: string) => boolean;
}

function parsed(text: string, line: number, { prefix, us }: Reading): CommandLine | null {
  const start = /^ {0,3}(?! )/.exec(text)?.[0].length ?? 0;
  let rest = text.slice(start, longestLine);
  const mention = /^@([A-Za-z\d-]+(?:\[bot\])?) {1,3}/.exec(rest);
  if (mention) {
    const own = us.toLowerCase();
    if (![own, own.replace(/\[bot\]$/, '')].includes((mention[1] ?? '').toLowerCase())) return null;
    rest = rest.slice(mention[0].length);
  }
  if (!rest.startsWith(prefix)) return null;
  // Only blanks of ASCII part words: with any other one it is another word, which nobody answers for.
  const [, word = '', after = ''] = /^([^ \t]+)(.*)$/s.exec(rest.slice(prefix.length)) ?? [];
  return word === '' ? null : { line, word, rest: after.replace(/^[ \t]+|[ \t]+$/g, '') };
}

/** Texts that were read last, by all that the answer depends on: one look reads each of a thread several times over. */
const readLately = new Map<string, readonly CommandLine[]>();
const mostKept = 8 * 1024 * 1024;
let keptLength = 0;

function keep(key: string, lines: readonly CommandLine[]): readonly CommandLine[] {
  readLately.set(key, lines);
  keptLength += key.length;
  for (const oldest of readLately.keys()) {
    if (keptLength <= mostKept) break;
    readLately.delete(oldest);
    keptLength -= oldest.length;
  }
  return lines;
}

/**
 * The command lines of a text, in order, at most ten: a line whose first characters (after at most three blanks and an optional mention of
 * the bot) are the prefix and a word. Lines within code, quotes, HTML comments, folded or quoting elements and the text of
 * links are none. Takes time linear in the text, of which the first 64 KB and 1,000 lines are read.
 */
export function readLines(text: string, reading: Reading): readonly CommandLine[] {
  const shown = text.slice(0, longestText);
  const key = [reading.prefix, reading.us, shown].join('\n');
  const looked = readLately.get(key) ?? keep(key, linesIn(shown, reading));
  return looked.filter(({ word }) => reading.concerns?.(word) !== false).slice(0, mostCommands);
}

function linesIn(whole: string, reading: Reading): readonly CommandLine[] {
  const lines = whole.split(/\r\n|\n|\r/).slice(0, mostLines);
  const states = starts();
  const found: CommandLine[] = [];
  let paragraph: { readonly at: number; readonly text: string }[] = [];
  const flush = () => {
    if (paragraph.some((one) => parsed(one.text, one.at, reading))) {
      const hidden = spanned(paragraph.map((one) => one.text));
      for (const [index, one] of paragraph.entries()) {
        const command = hidden.has(index) ? null : parsed(one.text, one.at, reading);
        if (command) found.push(command);
      }
    }
    paragraph = [];
  };
  for (const [at, line] of lines.entries()) {
    // What may be code is no command.
    const plain = states.map((state) => isPlain(line, state)).every((is) => is);
    if (!plain || line.trim() === '') flush();
    if (plain) paragraph.push({ at, text: line });
  }
  flush();
  if (found.length === 0) return found;
  // Where fences, items of lists and quotes are within each other, only a whole reader of Markdown knows which line is in which.
  const hidden = shownAsCode(lines.join('\n'));
  return found.filter(({ line }) => !hidden.has(line)).slice(0, mostLooked);
}
