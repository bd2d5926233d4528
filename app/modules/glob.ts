import { RE2JS } from 're2js';
import type { Text } from '../text.ts';
import { phrase } from '../text.ts';

const longest = 512;
const mostKept = 1000;

const faults = {
  negated: phrase({
    en: 'A glob cannot start with `!`. Name what is meant, or use `except`.',
    'zh-CN': '匹配式不能以 `!` 开头。请写出要匹配的内容，或改用 `except`。',
  }),
  empty: phrase({
    en: 'This glob is empty. Write a name, or `*` for every name.',
    'zh-CN': '匹配式是空的。请写名称，或用 `*` 表示全部。',
  }),
  long: phrase<{ limit: number }>({
    en: 'This glob is too long: shorten it to {limit, number} characters, or split it.',
    'zh-CN': '匹配式太长：请缩短到 {limit, number} 个字符以内，或拆开写。',
  }),
  brace: phrase({
    en: "The braces of this glob do not pair up. Write `'{'a,b'}'`, or `\\` before a brace that is meant as it is.",
    'zh-CN': "匹配式里的花括号不成对。请写成 `'{'a,b'}'`；要匹配花括号本身，前面加 `\\`。",
  }),
  bracket: phrase({
    en: 'The brackets of this glob are wrong. Write `[abc]` or `[a-z]`, or `\\` before a bracket that is meant as it is.',
    'zh-CN': '匹配式里的方括号有误。请写成 `[abc]` 或 `[a-z]`；要匹配方括号本身，前面加 `\\`。',
  }),
};

interface Glob {
  readonly pattern: RE2JS | null;
  readonly fault: Text | null;
}

function literal(letter: string): string {
  return /[\p{L}\p{N}_/ ]/u.test(letter) ? letter : RE2JS.quote(letter);
}

// `[abc]`, `[a-z]`, `[!abc]`; a slash is never in one.
const bracket = /^\[([!^]?)([^\]/]+)\]/u;

function classOf(found: RegExpExecArray): string {
  const members = (found[2] ?? '').replace(/[\\[\]^&~]/gu, '\\$&');
  return found[1] ? `[^/${members}]` : `[${members}]`;
}

/** One step of the translation: what it reads from the rest of the glob, and what that means in RE2. */
function step(rest: string, depth: number): { read: number; out: string } | null {
  if (rest.startsWith('**/')) return { read: 3, out: '(?:.*/)?' };
  if (rest.startsWith('**')) return { read: 2, out: '.*' };
  const letter = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  if (letter === '*') return { read: 1, out: '[^/]*' };
  if (letter === '?') return { read: 1, out: '[^/]' };
  if (letter === '{') return { read: 1, out: '(?:' };
  if (letter === '}' && depth > 0) return { read: 1, out: ')' };
  if (letter === ',' && depth > 0) return { read: 1, out: '|' };
  if (letter === '[') {
    const found = bracket.exec(rest);
    return found ? { read: found[0].length, out: classOf(found) } : null;
  }
  if (letter === '\\' && rest.length > 1) {
    const next = String.fromCodePoint(rest.codePointAt(1) ?? 0);
    return { read: 1 + next.length, out: literal(next) };
  }
  return letter === '}' || letter === ']' ? null : { read: letter.length, out: literal(letter) };
}

function translate(glob: string): string | Text {
  if (glob === '') return faults.empty();
  if (glob.length > longest) return faults.long({ limit: longest });
  if (glob.startsWith('!')) return faults.negated();
  let depth = 0;
  let out = '';
  for (let at = 0; at < glob.length;) {
    const done = step(glob.slice(at), depth);
    if (!done) return glob[at] === '}' ? faults.brace() : faults.bracket();
    if (done.out === '(?:') depth += 1;
    if (done.out === ')') depth -= 1;
    out += done.out;
    at += done.read;
  }
  return depth === 0 ? out : faults.brace();
}

function build(glob: string, anyCase: boolean): Glob {
  const translated = translate(glob);
  if (typeof translated !== 'string') return { pattern: null, fault: translated };
  try {
    return { pattern: RE2JS.compile(translated, RE2JS.DOTALL | (anyCase ? RE2JS.CASE_INSENSITIVE : 0)), fault: null };
  } catch {
    // A range the wrong way round is all that is left for RE2 to refuse.
    return { pattern: null, fault: faults.bracket() };
  }
}

const kept = new Map<string, Glob>();

function compiled(glob: string, anyCase: boolean): Glob {
  const key = `${anyCase ? 'i' : 'c'}${glob}`;
  const known = kept.get(key);
  if (known) return known;
  const made = build(glob, anyCase);
  if (kept.size >= mostKept) kept.clear();
  kept.set(key, made);
  return made;
}

/** What is wrong with a glob; null when nothing is. */
export function globFault(glob: string): Text | null {
  return compiled(glob, false).fault;
}

/**
 * Whether all of `text` matches a glob: `*` and `?` stay within a path segment, `**` does not, `{a,b}`, `[a-z]`, `\` before
 * a character that is meant as it is. A glob with a fault matches nothing.
 */
export function matchesGlob(glob: string, text: string, anyCase = false): boolean {
  const { pattern } = compiled(glob, anyCase);
  return pattern !== null && pattern.testExact(text);
}
