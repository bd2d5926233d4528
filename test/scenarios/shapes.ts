import { closest } from 'fastest-levenshtein';
import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair } from 'yaml';
import { parseDuration } from './duration.ts';
import type { Problem } from './scenario.ts';

/** What a name given by `as` stands for. */
export type Named = 'thread' | 'comment' | 'review';

/** One document being read: collects problems and the names given so far. */
export class Reading {
  readonly problems: Problem[] = [];
  readonly names: Readonly<Record<Named, Set<string>>> = { thread: new Set(), comment: new Set(), review: new Set() };
  /** What can only be checked when everything was read, since it may speak of later steps. */
  readonly #afterwards: (() => void)[] = [];
  #ahead = false;
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(document: Document, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  line(offset: number): number {
    return this.#lines.linePos(offset).line;
  }

  wrong(offset: number, message: string): undefined {
    const { line, col } = this.#lines.linePos(offset);
    this.problems.push({ line, column: col, message });
  }

  /** Reads something that happens later than where it stands, so that it may use names that come later. */
  ahead<Value>(work: () => Value): Value {
    const before = this.#ahead;
    this.#ahead = true;
    try {
      return work();
    } finally {
      this.#ahead = before;
    }
  }

  /** Checks now, or when everything was read. */
  check(work: () => void): void {
    if (this.#ahead) this.#afterwards.push(work);
    else work();
  }

  finish(): void {
    for (const work of this.#afterwards.splice(0)) work();
  }

  /** The plain value of a node. */
  plain(node: Node | null): unknown {
    return node?.toJS(this.#document);
  }

  resolve(node: Node | null): Node | null {
    return isAlias(node) ? ((node.resolve(this.#document) as Node | undefined) ?? null) : node;
  }
}

/** Checks one node and answers its plain value; `at` is its offset in the file, for messages. */
export interface Shape {
  (node: Node | null, at: number, read: Reading): unknown;
  /** The keys of the map, or of the maps inside a list or map, so that the guide can be proven complete. */
  readonly fields?: Readonly<Record<string, Shape>>;
}

/** The same check, known to be about these fields. */
export const about = (fields: Shape['fields'], check: (...args: Parameters<Shape>) => unknown): Shape =>
  fields === undefined ? check : Object.assign(check, { fields });

export const offsetOf = (node: unknown, otherwise: number): number =>
  (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? otherwise;

function found(node: Node | null): string {
  if (isMap(node)) return 'a map';
  if (isSeq(node)) return 'a list';
  const value = isScalar(node) ? node.value : null;
  return value === null || value === undefined ? 'nothing' : `\`${JSON.stringify(value).replaceAll('"', '')}\``;
}

const scalar =
  (what: string, holds: (value: unknown) => boolean): Shape =>
  (node, at, read) => {
    const value = isScalar(node) ? node.value : undefined;
    return holds(value) ? value : read.wrong(at, `expected ${what}, found ${found(node)}`);
  };

export const text = scalar('text (quote what looks like a number or a date)', (value) => typeof value === 'string');
export const count = scalar('a whole number, 0 or more', (value) => Number.isSafeInteger(value) && Number(value) >= 0);
export const number = scalar('a number', (value) => typeof value === 'number' && Number.isFinite(value));
export const yesNo = scalar('`true` or `false`', (value) => typeof value === 'boolean');
export const textOrNull = scalar('text or `null`', (value) => value === null || typeof value === 'string');
/** What a file holds; a number is what was written. */
export const contents: Shape = (node, at, read) =>
  isScalar(node) && typeof node.value === 'number' ? (node.source ?? String(node.value)) : textOrNull(node, at, read);
export const textOrCount = scalar(
  'text or a number',
  (value) => typeof value === 'string' || typeof value === 'number',
);
/** Any YAML value, aliases and all. */
export const anything: Shape = (node, _, read) => read.plain(node);
export const textOrYesNo = scalar('`true`, `false` or text', (value) => typeof value === 'string' || value === !!value);
export const duration = scalar(
  'a duration such as `30m`, `2d` or `90d`',
  (value) => typeof value === 'string' && parseDuration(value) !== null,
);

const quoted = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

/** What is allowed, and the nearest of it. */
export function allowed(name: string, names: readonly string[]): string {
  if (names.length === 0) return 'nothing is allowed here';
  return `allowed: ${quoted(names)}; nearest: \`${closest(name, names)}\``;
}

export const oneOf =
  (...values: readonly (string | null)[]): Shape =>
  (node, at, read) => {
    const value = isScalar(node) ? node.value : undefined;
    if (values.includes(value as string)) return value;
    const names = values.map(String);
    return read.wrong(
      at,
      `expected one value of a few, found ${found(node)}; ${allowed(found(node).replaceAll('`', ''), names)}`,
    );
  };

/** A regular expression, kept as text. */
export const pattern: Shape = (node, at, read) => {
  const value = text(node, at, read);
  if (typeof value !== 'string') return undefined;
  try {
    new RegExp(value, 'iu');
  } catch {
    try {
      new RegExp(value, 'i');
    } catch (error) {
      return read.wrong(at, `not a pattern: ${(error as Error).message}`);
    }
  }
  return value;
};

/** A name that this step gives to what it makes. */
export const gives =
  (kind: Named): Shape =>
  (node, at, read) => {
    const name = text(node, at, read);
    if (typeof name !== 'string') return undefined;
    const taken = Object.entries(read.names).find(([, names]) => names.has(name))?.[0];
    if (taken !== undefined) return read.wrong(at, `the name \`${name}\` was already given to a ${taken}`);
    read.names[kind].add(name);
    return name;
  };

/** A name that an earlier step gave with `as`. */
export const known =
  (...kinds: readonly Named[]): Shape =>
  (node, at, read) => {
    const name = text(node, at, read);
    if (typeof name === 'string') read.check(() => checkKnown(name, kinds, at, read));
    return name;
  };

function checkKnown(name: string, kinds: readonly Named[], at: number, read: Reading): void {
  if (kinds.some((kind) => read.names[kind].has(name))) return;
  const names = kinds.flatMap((kind) => [...read.names[kind]]);
  const hint = names.length === 0 ? `no ${kinds.join(' or ')} has a name yet` : allowed(name, names);
  read.wrong(at, `no earlier step gave the name \`${name}\` to a ${kinds.join(' or ')}; ${hint}`);
}

export const list = (item: Shape): Shape =>
  about(item.fields, (node, at, read) => {
    if (!isSeq(node)) return read.wrong(at, `expected a list, found ${found(node)}`);
    return node.items.map((entry) => item(read.resolve(entry as Node | null), offsetOf(entry, at), read));
  });

/** A list, or one value that stands for a list of one. */
export const listOrOne =
  (item: Shape): Shape =>
  (node, at, read) =>
    isSeq(node) ? list(item)(node, at, read) : [item(node, at, read)];

type Entry = readonly [key: string, value: Node | null, keyAt: number, valueAt: number];

/** The pairs of a map with text keys; null (and a problem) when the node is no map. */
export function entries(node: Node | null, at: number, read: Reading): readonly Entry[] | null {
  if (!isMap(node)) return read.wrong(at, `expected a map, found ${found(node)}`) ?? null;
  return (node.items as readonly Pair<Node, Node | null>[]).flatMap((pair): Entry[] => {
    const keyAt = offsetOf(pair.key, at);
    if (!isScalar(pair.key)) return read.wrong(keyAt, 'a key must be text') ?? [];
    const value = read.resolve(pair.value);
    return [[String(pair.key.value), value, keyAt, offsetOf(pair.value, keyAt)]];
  });
}

export const mapOf = (value: Shape, key: Shape = text): Shape =>
  about(value.fields, (node, at, read) => {
    const pairs = entries(node, at, read);
    if (pairs === null) return undefined;
    const keys = isMap(node) ? node.items.map((pair) => (key === text ? null : (pair.key as Node))) : [];
    return Object.fromEntries(
      pairs.map(([name, entry, keyAt, valueAt], index) => {
        if (key !== text) key(keys[index] ?? null, keyAt, read);
        return [name, value(entry, valueAt, read)];
      }),
    );
  });

/** A map with exactly these keys; those in `needed` must be there. */
export const record = (what: string, fields: Readonly<Record<string, Shape>>, ...needed: readonly string[]): Shape =>
  about(fields, (node, at, read) => {
    const pairs = entries(node, at, read);
    if (pairs === null) return undefined;
    const missing = needed.filter((name) => !pairs.some(([key]) => key === name));
    if (missing.length > 0) read.wrong(at, `${what} needs ${quoted(missing)}`);
    return Object.fromEntries(
      pairs.map(([key, value, keyAt, valueAt]) => {
        if (Object.hasOwn(fields, key)) return [key, fields[key]?.(value, valueAt, read)];
        return [key, read.wrong(keyAt, `unknown key \`${key}\` in ${what}; ${allowed(key, Object.keys(fields))}`)];
      }),
    );
  });
