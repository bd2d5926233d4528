import { say } from './words.ts';

/** A script was called wrongly; the message says what is wrong. */
export class Misused extends Error {}

export const notUnderstood = (what: string) => new Misused(say(`Not understood: ${what}`, `看不懂：${what}`));

/** Where a script was called wrongly: what is wrong with it; null for any other error. */
function misuseIn(error: unknown): string | null {
  if (error instanceof Misused) return error.message;
  const isParsing = error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
  return isParsing ? notUnderstood(error.message).message : null;
}

/** Says what is wrong and how the script is called, and ends the process with 2. */
export function endMisused(usage: string, what: string): never {
  process.stderr.write(`${what}\n${usage}\n`);
  process.exit(2);
}

/** What `read` makes of the words after the script's name; where they are `Misused` or no options of it, ends the process. */
export function readArguments<Wish>(usage: string, read: (args: string[]) => Wish): Wish {
  try {
    return read(process.argv.slice(2));
  } catch (error) {
    const what = misuseIn(error);
    if (what === null) throw error;
    return endMisused(usage, what);
  }
}

/** For a script that takes none: one given an option that it does not know must not do its work as if nothing were said. */
export function takeNoArguments(usage: string): void {
  readArguments(usage, ([first]) => {
    if (first !== undefined) throw notUnderstood(first);
  });
}

/** A whole number from 1. */
export function count(text: string, name: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new Misused(
    say(`--${name} is a whole number from 1, not ${text}.`, `--${name} 是从 1 起的整数，不能是 ${text}。`),
  );
}

/** A number above 0, such as 0.5. */
export function amount(text: string, name: string): number {
  if (/^\d{1,9}(\.\d{1,9})?$/.test(text) && Number(text) > 0) return Number(text);
  throw new Misused(say(`--${name} is a number above 0, not ${text}.`, `--${name} 是大于 0 的数，不能是 ${text}。`));
}
