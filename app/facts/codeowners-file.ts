import { code } from '../quote.ts';
import type { LineFault } from './owners-file.ts';
import * as words from './owners-words.ts';

/** One line of CODEOWNERS. A line with a fault names nobody, and still owns what it matches. */
export interface CodeRule {
  readonly line: number;
  readonly covers: (path: string) => boolean;
  /** Logins and teams (`@org/team`) in lower case. */
  readonly owners: readonly string[];
  /** Why nothing that this line owns can be approved; null: it can. */
  readonly fault: LineFault | null;
}

export interface CodeOwners {
  readonly rules: readonly CodeRule[];
  /** What is wrong, but leaves other owners of the same line as they are. */
  readonly remarks: readonly LineFault[];
}

/** GitHub reads no larger file (docs.github.com, "About code owners"). */
const mostBytes = 3 * 1024 * 1024;

/** Whether letters match a pattern of `*` and `?`, or segments one of `**`; in time of their product at worst. */
function wild<T>(
  pattern: readonly T[],
  text: readonly T[],
  isStar: (one: T) => boolean,
  fits: (a: T, b: T) => boolean,
) {
  let [at, star, resume] = [0, -1, 0];
  let here = 0;
  while (here < text.length) {
    const next = pattern[at];
    const letter = text[here] as T;
    if (next !== undefined && isStar(next)) [star, resume, at] = [at, here, at + 1];
    else if (next !== undefined && fits(next, letter)) [at, here] = [at + 1, here + 1];
    else if (star >= 0) [at, resume, here] = [star + 1, resume + 1, resume + 1];
    else return false;
  }
  return pattern.slice(at).every(isStar);
}

const lettersFit = (pattern: string, text: string) =>
  wild(
    Array.from(pattern),
    Array.from(text),
    (one) => one === '*',
    (a, b) => a === '?' || a === b,
  );
const segmentFits = (pattern: string, text: string) =>
  /[*?]/.test(pattern) ? lettersFit(pattern, text) : pattern === text;

/**
 * What a pattern of CODEOWNERS matches. As in .gitignore a slash at the start or in the middle binds it to the root, and a
 * folder stands for all in it; unlike there `docs/*` means only files that lie directly in `docs`.
 */
export function coverer(pattern: string): (path: string) => boolean {
  const isFolder = pattern.endsWith('/');
  const segments = pattern.split('/').filter((part) => part !== '');
  const isBound = pattern.slice(0, -1).includes('/');
  const whole = [...(isBound ? [] : ['**']), ...segments];
  const isDirect = isBound && segments.at(-1) === '*' && !isFolder;
  const fits = (glob: readonly string[], path: readonly string[]) =>
    wild(glob, path, (one) => one === '**', segmentFits);
  return (path) => {
    const parts = path.split('/');
    if (segments.length === 0) return true;
    if (!isFolder && fits(whole, parts)) return true;
    // At least one segment below the folder.
    return !isDirect && fits([...whole, '*', '**'], parts);
  };
}

/** The words of a line, without the comment behind them; a blank after `\` belongs to its word. */
function wordsOf(line: string): string[] {
  const found = [...line.matchAll(/(?:\\.|[^\s\\])+|\\$/gu)].map(([word]) => word);
  const comment = found.findIndex((word) => word.startsWith('#'));
  return comment < 0 ? found : found.slice(0, comment);
}

const unescaped = (pattern: string) => pattern.replace(/\\(.)/gu, '$1');
const owner = /^@[a-z\d](?:[a-z\d_-]*)(?:\[bot\])?(?:\/[a-z\d][a-z\d._-]*)?$/;

interface Pattern {
  readonly covers: CodeRule['covers'];
  readonly wrong: LineFault['message'] | null;
}

/** A pattern GitHub does not know owns what it would have meant. */
function patternFrom(written: string): Pattern {
  if (written.startsWith('!')) return { covers: coverer(unescaped(written.slice(1))), wrong: words.negated() };
  if (written.startsWith('\\#')) return { covers: coverer(unescaped(written)), wrong: words.escaped() };
  if (!/[[\]]/.test(written)) return { covers: coverer(unescaped(written)), wrong: null };
  return { covers: coverer(unescaped(written.replace(/\[[^\]]*\]|[[\]]/gu, '*'))), wrong: words.bracketed() };
}

function ruleFrom([written = '', ...names]: readonly string[], line: number, remarks: LineFault[]): CodeRule {
  const { covers, wrong } = patternFrom(written);
  let fault = wrong && { line, message: wrong };
  const owners: string[] = [];
  const mails: LineFault[] = [];
  for (const name of names.map((one) => one.toLowerCase())) {
    if (owner.test(name)) owners.push(name.includes('/') ? name : name.slice(1));
    else if (/^[^@\s]+@[^@\s]+$/.test(name)) mails.push({ line, message: words.mail({ address: code(name) }) });
    else fault ??= { line, message: words.notAnOwner({ name: code(name) }) };
  }
  // A line with nobody left must not become one that frees its files.
  if (owners.length === 0) fault ??= mails[0] ?? null;
  else if (fault === null) remarks.push(...mails);
  return { line, covers, owners: fault ? [] : owners, fault };
}

/** Reads CODEOWNERS as GitHub does; `null` is one that is no ordinary text. Never throws. */
export function readCodeOwners(text: string | null): CodeOwners {
  const remarks: LineFault[] = [];
  const message = text === null ? words.notText() : words.tooLarge();
  if (text === null || text.length > mostBytes) {
    return { rules: [{ line: 1, covers: () => true, owners: [], fault: { line: 1, message } }], remarks };
  }
  const rules = text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const found = wordsOf(line);
    return found.length === 0 ? [] : [ruleFrom(found, index + 1, remarks)];
  });
  return { rules, remarks };
}

/** The line that counts for a file: the last that matches. */
export function ruleFor(path: string, { rules }: CodeOwners): CodeRule | null {
  return rules.findLast(({ covers }) => covers(path)) ?? null;
}
