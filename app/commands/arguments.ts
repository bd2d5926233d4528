import type { Args, Argument, ArgumentType } from './command.ts';

const login = /^@?[a-z\d](?:[a-z\d-]{0,38})(?:\[bot\])?$/i;
const team = /^@[a-z\d][a-z\d-]{0,38}\/[a-z\d][a-z\d._-]{0,99}$/i;
// git-check-ref-format(1), and nothing that a shell or an address could take for something else.
const branch = /^(?![-./])(?!@$)(?!.*(?:\.\.|\/\/|\/\.|\.lock(?:\/|$)))[\p{L}\p{N}._/+#@=-]{1,255}(?<![./])$/u;

const shapes: Readonly<Record<Exclude<ArgumentType, 'choice' | 'people'>, RegExp>> = {
  user: login,
  team,
  // docs.github.com/rest/issues/labels: at most 50 characters; a comma would name two.
  label: /^[^,\u0000-\u001f\u007f]{1,50}$/u,
  branch,
  sha: /^[0-9a-f]{7,64}$/i,
  duration: /^[1-9]\d{0,3}(?:m|h|d|w)$/i,
  date: /^\d{4}-\d\d-\d\d$/,
  number: /^#?[1-9]\d{0,8}$/,
  // `--` ends a list of them.
  check: /^(?!--$)[^\u0000-\u001f\u007f]{1,200}$/u,
  text: /^[^\u0000-\u001f\u007f]{1,1000}$/u,
};

/** The 31st of February is written like a day and is none. */
function isDay(word: string): boolean {
  const at = Date.parse(word);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(word);
}

/** Names of people may stand with commas between them. */
const isList = ({ type, many }: Argument) => many === true && type !== 'text';

function fits({ type, of }: Argument, word: string): boolean {
  if (type === 'choice') return of?.includes(word.toLowerCase()) === true;
  if (type === 'people') return login.test(word) || team.test(word);
  return shapes[type].test(word) && (type !== 'date' || isDay(word));
}

/** A word of a line, and whether it stands without quotes. */
interface Word {
  readonly text: string;
  readonly bare: boolean;
}

/** Parts a line at blanks; `"quoted words"` and `name="quoted words"` are kept together. Null where a quote is not closed. */
function partsOf(rest: string): readonly Word[] | null {
  const words: Word[] = [];
  // Blanks are those of ASCII: what merely looks like one parts nothing.
  const part = /[ \t]*(?:([a-z][a-z\d-]*=)?"([^"]*)"|([^ \t"]+))(?=[ \t]|$)|[ \t]*([^ \t])/giy;
  for (let found = part.exec(rest); found; found = part.exec(rest)) {
    const [, name, quoted, plain, odd] = found;
    if (odd !== undefined) return null;
    words.push({ text: plain ?? `${name ?? ''}${quoted ?? ''}`, bare: plain !== undefined || name !== undefined });
  }
  return words;
}

/** The words of a line: parted by blanks, `"quoted words"` kept together; null where a quote is not closed. */
export const wordsOf = (rest: string): readonly string[] | null => partsOf(rest)?.map(({ text }) => text) ?? null;

type Held = Record<string, string | readonly string[]>;

/** Names of checks may hold commas: those of a matrix do. */
const listIn = ({ type }: Argument, word: string): readonly string[] =>
  type === 'check' ? [word] : word.split(',').filter((one) => one !== '');

/** What an argument makes of one word; null where it does not fit. */
function valueOf(argument: Argument, word: string): string | readonly string[] | null {
  const many = isList(argument);
  const parted = many ? listIn(argument, word) : [word];
  if (parted.length === 0 || !parted.every((one) => fits(argument, one))) return null;
  if (many) return parted;
  // Whoever runs the command compares with the declared words.
  return argument.type === 'choice' ? word.toLowerCase() : word;
}

/** The argument that a word names: `sha=0123abc`; none in quotes, which are taken as they stand. */
function namedBy({ text, bare }: Word, declared: readonly Argument[]): [Argument, string] | null {
  const [, name, value = ''] = (bare ? /^([a-z][a-z\d-]*)=(.*)$/is.exec(text) : null) ?? [];
  const argument = declared.find((one) => one.name === name?.toLowerCase());
  return argument ? [argument, value] : null;
}

/** Takes what stands under its name, in any order. Null where that does not fit, or one is named twice. */
function takeNamed(declared: readonly Argument[], words: readonly Word[], args: Held): readonly Word[] | null {
  const left: Word[] = [];
  for (const word of words) {
    const named = namedBy(word, declared);
    if (!named) {
      left.push(word);
      continue;
    }
    const [argument, text] = named;
    const value = valueOf(argument, text);
    if (value === null || args[argument.name] !== undefined) return null;
    args[argument.name] = value;
  }
  return left;
}

/** Takes as many words as fit; what the argument holds, and the words that are left. */
function take(argument: Argument, words: readonly Word[]): [Held[string] | null, readonly Word[]] {
  if (!isList(argument)) {
    const [first, ...rest] = words;
    // A name that reads like a choice is written in quotes.
    const value = !first || (argument.type === 'choice' && !first.bare) ? null : valueOf(argument, first.text);
    return value === null ? [null, words] : [value, rest];
  }
  const parted = words.flatMap(({ text, bare }) => listIn(argument, text).map((part) => ({ text: part, bare })));
  const end = parted.findIndex(({ text }) => !fits(argument, text));
  const held = end < 0 ? parted : parted.slice(0, end);
  return [held.length === 0 ? null : held.map(({ text }) => text), parted.slice(held.length)];
}

/** Puts the words into their places, one argument after the other; what is left. Null where one that must be there is missing. */
function place(declared: readonly Argument[], words: readonly Word[], args: Held): readonly Word[] | null {
  let left = words;
  for (const argument of declared.filter(({ name }) => args[name] === undefined)) {
    const [held, after] = argument.named ? ([null, left] as const) : take(argument, left);
    if (held !== null) args[argument.name] = held;
    else if (!argument.optional) return null;
    left = after;
  }
  return left;
}

/** The rest of a line as it is, or what stands in quotes where that is all of it; false where it does not fit, or is missing. */
function takeText(argument: Argument, words: readonly string[], args: Held): boolean {
  const [, quoted] = /^"([^"]*)"$/.exec(words.join(' ')) ?? [];
  const text = quoted ?? words.join(' ');
  if (text === '') return argument.optional === true;
  args[argument.name] = text;
  return fits(argument, text);
}

const blanks = /[ \t]+/;
const bareWords = (rest: string) => rest.split(blanks).filter((word) => word !== '');

/** Where the mark in front of the last argument stands, outside of quotes; the end of the line where there is none. */
function markIn(rest: string, mark: string): number {
  const part = /(?:[a-z][a-z\d-]*=)?"[^"]*"(?=[ \t]|$)|[^ \t]+/gi;
  for (const { 0: word, index } of rest.matchAll(part)) if (word === mark) return index;
  return rest.length;
}

/** Arguments in their places, and the last one behind its mark as it is. */
function readMarked(head: readonly Argument[], last: Argument, rest: string, args: Held): boolean {
  const mark = last.after ?? '';
  const at = markIn(rest, mark);
  const words = readPlaced(head, rest.slice(0, at), args);
  return words && takeText(last, bareWords(rest.slice(at + mark.length)), args);
}

/** What takes something back is understood whatever is said besides: `/lgtm cancel I was wrong`. */
const takesBack = (declared: readonly Argument[], args: Held) =>
  declared.some(({ name, type }) => type === 'choice' && args[name] === 'cancel');

function readPlaced(declared: readonly Argument[], rest: string, args: Held): boolean {
  const words = partsOf(rest);
  const others = words && takeNamed(declared, words, args);
  const left = others && place(declared, others, args);
  return left !== null && (left.length === 0 || takesBack(declared, args));
}

/** Arguments in their places, and all that is left as it is: what stands under a name stands in front. */
function readOpen(head: readonly Argument[], last: Argument, rest: string, args: Held): boolean {
  const words = bareWords(rest).map((text) => ({ text, bare: true }));
  const end = words.findIndex((word) => namedBy(word, head) === null);
  const [front, others] = end < 0 ? [words, []] : [words.slice(0, end), words.slice(end)];
  if (takeNamed(head, front, args) === null) return false;
  const left = place(head, others, args);
  return (
    left !== null &&
    takeText(
      last,
      left.map(({ text }) => text),
      args,
    )
  );
}

/**
 * The arguments in their places, or under their names: `sha=0123abc`. Null where a word fits nowhere or one that must be
 * there is missing: the command is not understood.
 */
export function readArguments(declared: readonly Argument[], rest: string): Args | null {
  const args: Held = {};
  const last = declared.at(-1);
  if (last?.type !== 'text' || last.many !== true) return readPlaced(declared, rest, args) ? args : null;
  const read = last.after === undefined ? readOpen : readMarked;
  return read(declared.slice(0, -1), last, rest, args) ? args : null;
}

/** How the command is to be written: `/hold [cancel] [reason…]`. */
export function usageOf(name: string, declared: readonly Argument[], prefix = '/'): string {
  const shown = declared.map(({ name, type, of, optional, many, named, after }) => {
    const kind = type === 'choice' ? (of ?? []).join('|') : many ? `${name}…` : name;
    const what = named ? `${name}=…` : kind;
    if (after !== undefined) return optional ? `[${after} ${what}]` : `${after} <${what}>`;
    return optional ? `[${what}]` : `<${what}>`;
  });
  return [`${prefix}${name}`, ...shown].join(' ');
}
