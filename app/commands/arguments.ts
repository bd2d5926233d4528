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

/** The words of a line: parted by blanks, `"quoted words"` kept together; null where a quote is not closed. */
export function wordsOf(rest: string): readonly string[] | null {
  const words: string[] = [];
  // Blanks are those of ASCII: what merely looks like one parts nothing.
  const part = /[ \t]*(?:"([^"]*)"|([^ \t"]+))(?=[ \t]|$)|[ \t]*([^ \t])/gy;
  for (let found = part.exec(rest); found; found = part.exec(rest)) {
    if (found[3] !== undefined) return null;
    words.push(found[1] ?? found[2] ?? '');
  }
  return words;
}

/** Takes as many words as fit; what the argument holds, and the words that are left. */
function take(argument: Argument, words: readonly string[]): [readonly string[], readonly string[]] {
  if (!isList(argument)) {
    const [first, ...rest] = words;
    if (first === undefined || !fits(argument, first)) return [[], words];
    // Whoever runs the command compares with the declared words.
    return [[argument.type === 'choice' ? first.toLowerCase() : first], rest];
  }
  const parted = words.flatMap((word) => word.split(','));
  const clean = parted.filter((word) => word !== '');
  const end = clean.findIndex((word) => !fits(argument, word));
  return end < 0 ? [clean, []] : [clean.slice(0, end), clean.slice(end)];
}

/**
 * The arguments in their places. Null where a word fits nowhere or one that must be there is missing: the command is not
 * understood.
 */
export function readArguments(declared: readonly Argument[], rest: string): Args | null {
  const args: Record<string, string | readonly string[]> = {};
  const last = declared.at(-1);
  const takesAll = last?.type === 'text' && last.many === true;
  const words = takesAll ? rest.split(/[ \t]+/).filter((word) => word !== '') : wordsOf(rest);
  if (!words) return null;
  let left: readonly string[] = words;
  for (const argument of declared) {
    if (argument === last && takesAll) {
      const text = left.join(' ');
      if (text !== '' && !fits(argument, text)) return null;
      if (text === '' && !argument.optional) return null;
      if (text !== '') args[argument.name] = text;
      left = [];
      continue;
    }
    const [held, after] = take(argument, left);
    if (held.length === 0 && !argument.optional) return null;
    const [first] = held;
    if (first !== undefined) args[argument.name] = isList(argument) ? held : first;
    left = after;
  }
  return left.length === 0 ? args : null;
}

/** How the command is to be written: `/hold [cancel] [reason…]`. */
export function usageOf(name: string, declared: readonly Argument[], prefix = '/'): string {
  const shown = declared.map(({ name, type, of, optional, many }) => {
    const what = type === 'choice' ? (of ?? []).join('|') : many ? `${name}…` : name;
    return optional ? `[${what}]` : `<${what}>`;
  });
  return [`${prefix}${name}`, ...shown].join(' ');
}
