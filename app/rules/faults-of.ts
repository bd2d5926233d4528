import { z } from 'zod';
import { code } from '../quote.ts';
import type { Quoted, Text } from '../text.ts';
import { listed } from '../text.ts';
import { bare, inside, noted } from './schemas.ts';
import type { Path, Tree } from './tree.ts';
import { follow, plain } from './tree.ts';
import { after, before, choices, either, kinds, listOf, numberWord, sentences, words } from './words.ts';

/** A fault by the path of what is wrong; `onKey` when the key itself is. */
export interface Finding {
  readonly path: Path;
  readonly onKey: boolean;
  /** Nothing stands there, although something must. */
  readonly absent: boolean;
  readonly message: Text;
}

/** A value of rules while it is being checked. */
export interface Checked {
  readonly tree: Tree;
  readonly schema: z.ZodType;
  /** How the whole of it is called in a message. */
  readonly name: string;
}

type Issue = z.core.$ZodIssue;

/** The key a path is about, without places in lists. */
function keyOf(checked: Checked, path: Path): string {
  return String(path.findLast((step) => typeof step !== 'number') ?? checked.name);
}

function nameOf(checked: Checked, path: Path): Text {
  const key = code(keyOf(checked, path));
  return typeof path.at(-1) === 'number' ? words.item({ key }) : before(key);
}

function schemaAt(schema: z.ZodType, path: Path): z.ZodType | null {
  return path.reduce<z.ZodType | null>((here, step) => here && inside(here, step), schema);
}

/** The values that may stand there, where they can be counted. */
function values(schema: z.ZodType): string[] | null {
  const here = bare(schema);
  if (here instanceof z.ZodEnum) return here.options.map(String);
  if (here instanceof z.ZodLiteral) return [...here.values].map(String);
  if (!(here instanceof z.ZodUnion)) return here instanceof z.ZodBoolean ? ['true', 'false'] : null;
  const each = (here.options as readonly z.ZodType[]).map(values);
  return each.includes(null) ? null : each.flatMap((some) => some ?? []);
}

function hasForm(schema: z.ZodString): boolean {
  return schema.def.checks?.some((check) => check._zod.def.check === 'string_format') ?? false;
}

function accepts(schema: z.ZodType | null): (Quoted | Text)[] {
  const here = schema && bare(schema);
  const counted = here && values(here);
  if (!here) return [kinds.other];
  if (counted) return counted.map((value) => code(value));
  if (here instanceof z.ZodUnion) return (here.options as readonly z.ZodType[]).flatMap(accepts);
  if (here instanceof z.ZodArray) return [listOf({ items: after(either(accepts(here.element as z.ZodType))) })];
  if (here instanceof z.ZodObject || here instanceof z.ZodRecord) return [kinds.map];
  if (here instanceof z.ZodNumber) return [here.format === null ? kinds.number : kinds.whole];
  if (!(here instanceof z.ZodString)) return [kinds.other];
  const examples = noted(here, 'examples');
  if (!Array.isArray(examples)) return [hasForm(here) ? kinds.form : kinds.text];
  return [words.like({ examples: listed(examples.map((example) => code(String(example)))) })];
}

function got(tree: Tree): Text {
  return after(written(tree));
}

function written(tree: Tree): Quoted | Text {
  if (tree.kind !== 'leaf') return tree.kind === 'list' ? kinds.list : kinds.map;
  if (tree.value === null && tree.source === '') return kinds.nothing;
  return typeof tree.value === 'number' ? numberWord({ word: code(tree.source) }) : code(tree.source);
}

function cure(schema: z.ZodType | null, tree: Tree): Text | null {
  const here = schema && bare(schema);
  if (tree.kind !== 'leaf' || tree.source === '') return null;
  if (here instanceof z.ZodString && typeof tree.value !== 'string') {
    return words.quoteIt({ quoted: code(JSON.stringify(tree.source)) });
  }
  const listable = here instanceof z.ZodArray && here.element instanceof z.ZodString;
  return listable ? words.listIt({ list: code(`[${tree.source}]`) }) : null;
}

function misfit(checked: Checked, path: Path): Text {
  const schema = schemaAt(checked.schema, path);
  const { tree, whole } = follow(checked.tree, path);
  const key = nameOf(checked, path);
  if (!whole) return words.missing({ key: code(keyOf(checked, path)), accepts: after(either(accepts(schema))) });
  const counted = schema && values(schema);
  if (counted && tree.kind === 'leaf' && typeof tree.value === 'string' && tree.source !== '') {
    const said = words.unknownValue({ word: code(tree.source), key: code(keyOf(checked, path)) });
    return sentences(said, choices(tree.source, counted));
  }
  const wanted = accepts(schema);
  const takes = words.takes({ key, accepts: after(either(wanted)), got: got(tree) });
  // What a form looks like only the option's own explanation can tell.
  return sentences(takes, wanted.includes(kinds.form) ? explained(checked, path) : cure(schema, tree));
}

function explained(checked: Checked, path: Path): Text | null {
  const inList = path.findIndex((step) => typeof step === 'number');
  const schema = schemaAt(checked.schema, inList < 0 ? path : path.slice(0, inList));
  const [en, zh] = schema ? [noted(schema, 'description'), noted(schema, 'zh')] : [];
  if (typeof en !== 'string') return null;
  return words.about({ about: { en, 'zh-CN': typeof zh === 'string' ? zh : en } });
}

function measure(checked: Checked, path: Path, issue: Issue): Text {
  const key = nameOf(checked, path);
  const small = issue.code === 'too_small';
  const bound = small ? issue.minimum : issue.code === 'too_big' ? issue.maximum : 0;
  const limit = Number(bound);
  const origin = 'origin' in issue ? issue.origin : '';
  if (origin === 'string') return small ? words.lettersAtLeast({ key, limit }) : words.lettersAtMost({ key, limit });
  if (origin === 'number' || origin === 'int') {
    const value = { key, limit, got: got(follow(checked.tree, path).tree) };
    return small ? words.atLeast(value) : words.atMost(value);
  }
  return small ? words.itemsAtLeast({ key, limit }) : words.itemsAtMost({ key, limit });
}

/** A key that is not known, with those that are. */
export function unknownKey(key: string, where: Text, known: readonly string[]): Text {
  const said = words.unknownKey({ word: code(key), where });
  return known.length > 0 ? sentences(said, choices(key, known)) : said;
}

/** The keys a map may have, where they can be counted. */
export function keysOf(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  return (schema instanceof z.ZodRecord && values(schema.keyType as z.ZodType)) || [];
}

function unknownKeys(checked: Checked, path: Path, keys: readonly string[]): Finding[] {
  const schema = schemaAt(checked.schema, path);
  const here = schema && bare(schema);
  const known = here ? keysOf(here) : [];
  const where = words.section({ name: nameOf(checked, path) });
  return keys.map((key) => ({
    path: [...path, key],
    onKey: true,
    absent: false,
    message: unknownKey(key, where, known),
  }));
}

/** The alternative of a union that was probably meant: one that has at least the right outer shape; -1 for none. */
function closest(issue: Issue): number {
  if (issue.code !== 'invalid_union') return -1;
  const fits = issue.errors
    .map((issues, at) => ({ at, issues, other: issues.filter(({ code }) => code === 'invalid_value').length }))
    .filter(({ issues }) => issues.every(isFurtherIn))
    // A wrong literal says that another alternative was meant.
    .sort((a, b) => a.other - b.other || a.issues.length - b.issues.length);
  return fits[0]?.at ?? -1;
}

function isFurtherIn(issue: Issue): boolean {
  return issue.path.length > 0 || issue.code === 'unrecognized_keys';
}

function within(checked: Checked, path: Path, issue: Issue): Finding[] | null {
  const at = closest(issue);
  const union = schemaAt(checked.schema, path);
  const here = union && bare(union);
  if (issue.code !== 'invalid_union' || at < 0 || !(here instanceof z.ZodUnion)) return null;
  const schema = (here.options as readonly z.ZodType[])[at];
  const tree = follow(checked.tree, path).tree;
  if (!schema) return null;
  const name = keyOf(checked, path);
  const found = (issue.errors[at] ?? []).flatMap((inner) => findings({ tree, schema, name }, inner));
  return found.map((finding) => ({ ...finding, path: [...path, ...finding.path] }));
}

function badKey(checked: Checked, path: Path): Text {
  const record = schemaAt(checked.schema, path.slice(0, -1));
  const here = record && bare(record);
  const known = here ? keysOf(here) : [];
  const word = String(path.at(-1));
  const where = words.section({ name: nameOf(checked, path.slice(0, -1)) });
  if (known.length > 0) return unknownKey(word, where, known);
  return words.notAllowed({ key: before(code(keyOf(checked, path.slice(0, -1)))), got: after(code(word)) });
}

/** What one issue of zod means for the person who wrote the value. */
export function findings(checked: Checked, issue: Issue): Finding[] {
  const { path } = issue;
  const absent = !follow(checked.tree, path).whole;
  const one = (message: Text, onKey = false): Finding[] => [{ path, onKey, absent, message }];
  if (issue.code === 'unrecognized_keys') return unknownKeys(checked, path, issue.keys);
  if (issue.code === 'too_small' || issue.code === 'too_big') return one(measure(checked, path, issue));
  if (issue.code === 'invalid_key') return one(badKey(checked, path), true);
  const deeper = within(checked, path, issue);
  if (deeper) return deeper;
  const shape = ['invalid_type', 'invalid_value', 'invalid_union', 'invalid_format'].includes(issue.code);
  if (shape) return one(misfit(checked, path));
  const value = follow(checked.tree, path).tree;
  return one(words.notAllowed({ key: nameOf(checked, path), got: got(value) }));
}

/** Everything zod has against a value. */
export function allFindings(checked: Checked): Finding[] {
  const issues = checked.schema.safeParse(plain(checked.tree)).error?.issues ?? [];
  return issues.flatMap((issue) => findings(checked, issue));
}
