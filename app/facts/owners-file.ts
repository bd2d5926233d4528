import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Node, YAMLMap } from 'yaml';
import { matcher, patternFault } from '../modules/pattern.ts';
import { code } from '../quote.ts';
import type { Text } from '../text.ts';
import * as words from './owners-words.ts';

/** Something wrong in an owners file. */
export interface LineFault {
  readonly line: number;
  readonly message: Text;
}

/** Names as they are written: logins, aliases and teams, in lower case; teams as `@org/team`. */
export interface Named {
  readonly approvers: readonly string[];
  readonly reviewers: readonly string[];
  readonly required: readonly string[];
  readonly labels: readonly string[];
}

/** One OWNERS file. Where it has a fault it names nobody. */
export interface OwnersFile {
  readonly rules: readonly (Named & { readonly covers: (path: string) => boolean })[];
  readonly noParents: boolean;
  readonly freeSubfolders: boolean;
  readonly faults: readonly LineFault[];
}

const mostBytes = 64 * 1024;
const lists: ReadonlyMap<string, keyof Named> = new Map([
  ['approvers', 'approvers'],
  ['reviewers', 'reviewers'],
  ['required_reviewers', 'required'],
  ['labels', 'labels'],
]);
const name = /^@?[\p{L}\p{N}][\p{L}\p{N}._-]*(?:\/[\p{L}\p{N}._-]+)?(?:\[bot\])?$/u;

/** A name as owners files write it: without case, people without `@`, teams with it. */
export function nameFrom(written: string): string | null {
  const text = written.trim().toLowerCase();
  if (text.length > 200 || !name.test(text)) return null;
  const bare = text.replace(/^@/, '');
  return bare.includes('/') ? `@${bare}` : bare;
}

/** Collects faults while a file is read. */
class Reading {
  readonly faults: LineFault[] = [];
  readonly #lines: LineCounter;

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  fault(node: { range?: readonly number[] | null } | null | undefined, message: Text): void {
    const { line } = this.#lines.linePos(node?.range?.[0] ?? 0);
    this.faults.push({ line: Math.max(1, line), message });
  }
}

interface Pair {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node | null;
}

const isEmpty = (node: Node | null) => node === null || (isScalar(node) && node.value === null);

export function pairsOf(map: YAMLMap): Pair[] {
  return map.items.map(({ key, value }) => ({
    ...{ key: isScalar(key) ? String(key.value) : '', keyNode: key as Node, value: (value ?? null) as Node | null },
  }));
}

function namesIn(node: Node | null, isLabel: boolean, reading: Reading): string[] {
  if (isEmpty(node)) return [];
  if (!isSeq(node)) return (reading.fault(node, words.notAList()), []);
  return node.items.flatMap((item) => {
    // YAML reads a login such as `007` as a number; what was written counts.
    const written = isScalar(item) && item.value !== null ? (item.source ?? '') : '';
    const read = isLabel ? written.trim() || null : nameFrom(written);
    if (read === null) reading.fault(item as Node, words.notAName({ name: code(written) }));
    return read === null ? [] : [read];
  });
}

const nobody: Named = { approvers: [], reviewers: [], required: [], labels: [] };

function namedIn(pairs: readonly Pair[], reading: Reading): Named {
  let named = nobody;
  for (const { key, value } of pairs) {
    const list = lists.get(key);
    if (list !== undefined) named = { ...named, [list]: namesIn(value, key === 'labels', reading) };
  }
  return named;
}

function flag(pairs: readonly Pair[], key: string, reading: Reading): boolean {
  const found = pairs.find((pair) => pair.key === key);
  if (!found || isEmpty(found.value)) return false;
  const { value } = found;
  if (isScalar(value) && typeof value.value === 'boolean') return value.value;
  reading.fault(value, words.notABoolean({ key: code(key) }));
  return false;
}

const flags = ['no_parent_owners', 'auto_approve_unowned_subfolders'];

function optionsIn(node: Node | null, reading: Reading): { noParents: boolean; freeSubfolders: boolean } {
  if (isEmpty(node)) return { noParents: false, freeSubfolders: false };
  if (!isMap(node)) {
    reading.fault(node, words.notAMap());
    return { noParents: false, freeSubfolders: false };
  }
  const pairs = pairsOf(node);
  // A misspelt `no_parent_owners` would let more people in.
  for (const { key, keyNode } of pairs)
    if (!flags.includes(key)) reading.fault(keyNode, words.unknownKey({ key: code(key) }));
  return {
    noParents: flag(pairs, 'no_parent_owners', reading),
    freeSubfolders: flag(pairs, 'auto_approve_unowned_subfolders', reading),
  };
}

function filtersIn(node: Node | null, reading: Reading): OwnersFile['rules'] {
  if (!isMap(node)) return (reading.fault(node, words.notAMap()), []);
  return pairsOf(node).flatMap(({ key, keyNode, value }) => {
    const wrong = patternFault(key);
    if (wrong !== null) reading.fault(keyNode, words.badPattern({ pattern: code(key), reason: code(wrong) }));
    if (!isMap(value)) reading.fault(value ?? keyNode, words.notAMap());
    if (wrong !== null || !isMap(value)) return [];
    return [{ ...namedIn(pairsOf(value), reading), covers: matcher(key) }];
  });
}

const everything = () => true;

function contentsOf(map: YAMLMap, reading: Reading): Omit<OwnersFile, 'faults'> {
  const pairs = pairsOf(map);
  const at = (key: string) => pairs.find((pair) => pair.key === key);
  const options = optionsIn(at('options')?.value ?? null, reading);
  const filters = at('filters');
  const simple = pairs.find(({ key }) => lists.has(key));
  if (filters && simple) reading.fault(simple.keyNode, words.bothForms());
  const rules = filters ? filtersIn(filters.value, reading) : [{ ...namedIn(pairs, reading), covers: everything }];
  return { rules, ...options };
}

/** The map a file holds, or null after a fault; an empty file is an empty map. */
export function readMap(text: string, read: (map: YAMLMap, reading: Reading) => void): readonly LineFault[] {
  const lines = new LineCounter();
  const reading = new Reading(lines);
  if (text.length > mostBytes) return [{ line: 1, message: words.tooLarge() }];
  try {
    const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent', resolveKnownTags: false });
    for (const { pos, message } of document.errors) {
      const reason = code(message.split('\n', 1)[0] ?? '');
      reading.fault({ range: [pos[0]] }, words.notYaml({ reason }));
    }
    if (reading.faults.length > 0) return reading.faults;
    if (isMap(document.contents)) read(document.contents, reading);
    else if (!isEmpty(document.contents)) reading.fault(document.contents, words.notAMap());
  } catch (error) {
    // So deep that it cannot be read.
    reading.fault(null, words.notYaml({ reason: code(error instanceof Error ? error.message : '') }));
  }
  return reading.faults;
}

/** Reads an OWNERS file; `null` is one that is no ordinary text. Never throws. */
export function readOwners(text: string | null): OwnersFile {
  const empty = { rules: [], noParents: false, freeSubfolders: false };
  if (text === null) return { ...empty, faults: [{ line: 1, message: words.notText() }] };
  let contents: Omit<OwnersFile, 'faults'> = empty;
  const faults = readMap(text, (map, reading) => {
    contents = contentsOf(map, reading);
  });
  return faults.length > 0 ? { ...empty, faults } : { ...contents, faults };
}

export interface Aliases {
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly faults: readonly LineFault[];
}

/** Reads OWNERS_ALIASES; `null` is one that is no ordinary text. Where it has a fault it stands for nobody. Never throws. */
export function readAliases(text: string | null): Aliases {
  const names = new Map<string, readonly string[]>();
  if (text === null) return { names, faults: [{ line: 1, message: words.notText() }] };
  const faults = readMap(text, (map, reading) => {
    const found = pairsOf(map).find(({ key }) => key === 'aliases');
    if (!found || isEmpty(found.value)) return;
    if (!isMap(found.value)) return reading.fault(found.value, words.notAMap());
    for (const { key, value } of pairsOf(found.value)) {
      // A group may be written as a map of logins, too.
      const people = isMap(value)
        ? pairsOf(value).map(({ key: login }) => nameFrom(login) ?? '')
        : namesIn(value, false, reading);
      names.set(key.trim().toLowerCase(), people.filter(Boolean));
    }
  });
  return faults.length > 0 ? { names: new Map(), faults } : { names, faults };
}
