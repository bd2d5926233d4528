import { z } from 'zod';
import { named } from '../facts/who.ts';
import { patternFault } from '../modules/pattern.ts';
import { templateFault } from '../modules/template.ts';
import { code } from '../quote.ts';
import type { Text } from '../text.ts';
import { listed } from '../text.ts';
import { unknownKey } from './faults-of.ts';
import type { Checked, Finding } from './faults-of.ts';
import { globFault } from '../modules/glob.ts';
import { bare, noted, walk } from './schemas.ts';
import type { Path } from './tree.ts';
import { plain } from './tree.ts';
import { before, sentences, words } from './words.ts';

function badPattern(pattern: string): Text | null {
  const reason = patternFault(pattern)?.replace(/^error parsing regexp: /, '');
  if (reason === undefined) return null;
  const said = words.badPattern({ pattern: code(pattern, 60), reason: code(reason.replaceAll('`', "'"), 60) });
  return sentences(said, /perl syntax|escape/i.test(reason) ? words.noLookAround() : null);
}

function badTemplate(text: string): Text | null {
  const reason = templateFault(text);
  return reason === null ? null : words.badTemplate({ reason: code(reason, 120) });
}

function whoFault(entry: string): Text | null {
  if (named(entry)) return null;
  const examples = listed(['write', 'octocat', '@org/team'].map((example) => code(example)));
  return words.badWho({ word: code(entry), examples });
}

function textFault(schema: z.ZodType, value: unknown): Text | null {
  const format = noted(schema, 'format');
  if (typeof value !== 'string') return null;
  if (format === 'glob') return globFault(value);
  if (format === 'liquid') return badTemplate(value);
  return format === 'regex' ? badPattern(value) : null;
}

function keyFaults(schema: z.ZodType, value: object, path: Path): Finding[] {
  const here = bare(schema);
  const found = (key: string, message: Text): Finding => ({
    path: [...path, key],
    onKey: true,
    absent: false,
    message,
  });
  if (here instanceof z.ZodRecord) {
    const keyed = here.keyType as z.ZodType;
    return Object.keys(value).flatMap((key) => {
      // zod leaves this one out of records, so nothing would tell that it does not count.
      if (key === '__proto__') return [found(key, words.noKey({ word: code(key) }))];
      const fault = textFault(keyed, key);
      return fault ? [found(key, fault)] : [];
    });
  }
  // zod drops unknown keys of a plain object without a word; a strict one has said it already.
  if (!(here instanceof z.ZodObject) || here.def.catchall) return [];
  const known = Object.keys(here.shape);
  const where = words.section({ name: before(code(String(path.at(-1) ?? ''))) });
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(here.shape, key));
  return unknown.map((key) => found(key, unknownKey(key, where, known)));
}

/** Faults zod cannot see: patterns, globs and templates that do not compile, `who` entries that name nobody. */
export function markFindings(checked: Checked): Finding[] {
  const found: Finding[] = [];
  walk(checked.schema, plain(checked.tree), (schema, value, path) => {
    const fault = textFault(schema, value);
    if (fault) found.push({ path, onKey: false, absent: false, message: fault });
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) found.push(...keyFaults(schema, value, path));
    else if (noted(schema, 'who') === true) {
      value.forEach((entry: unknown, at) => {
        const nobody = typeof entry === 'string' ? whoFault(entry) : null;
        if (nobody) found.push({ path: [...path, at], onKey: false, absent: false, message: nobody });
      });
    }
  });
  return found;
}

/** Where the patterns and globs of a value stand, in order. */
export function patternPaths(checked: Checked): Path[] {
  const paths: Path[] = [];
  walk(checked.schema, plain(checked.tree), (schema, value, path) => {
    const format = noted(schema, 'format');
    if (typeof value === 'string' && (format === 'glob' || format === 'regex')) paths.push(path);
  });
  return paths;
}
