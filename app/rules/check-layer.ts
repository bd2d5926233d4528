import { z } from 'zod';
import { code } from '../quote.ts';
import type { Checked, Finding } from './faults-of.ts';
import { allFindings, keysOf, unknownKey } from './faults-of.ts';
import { markFindings, patternPaths } from './marks.ts';
import type { Fault } from './read-yaml.ts';
import type { Catalogue, Unit } from './rules.ts';
import { bare, inside, sectionSchema, topShape } from './schemas.ts';
import type { Branch, Entry, Spot, Tree } from './tree.ts';
import { follow, plain } from './tree.ts';
import { after, before, either, guess, kinds, sentences, words } from './words.ts';

/** A key that lower layers may not change. */
export interface Lock {
  readonly path: readonly string[];
  readonly at: Spot;
}

const mostPatterns = 100;

function placed(tree: Tree, found: readonly Finding[]): Fault[] {
  return found.map(({ path, onKey, message }) => {
    const { tree: part, key } = follow(tree, path);
    return { at: onKey ? (key ?? part.at) : part.at, message };
  });
}

/** What is wrong with a value; of one layer alone, what is missing may yet come from another. */
export function check(checked: Checked, alone: boolean): Fault[] {
  const found = allFindings(checked).filter((finding) => !(alone && finding.absent));
  const said = new Set(found.map(({ path }) => path.join('\n')));
  const marks = markFindings(checked).filter(({ path }) => !said.has(path.join('\n')));
  return placed(checked.tree, [...found, ...marks]);
}

/** `true`, `false` and nothing as the maps they stand for; null when it is none of these. */
function section(entry: Entry): Branch | null {
  const { value, key } = entry;
  if (value.kind === 'map') return value;
  if (value.kind === 'list' || (typeof value.value !== 'boolean' && value.value !== null)) return null;
  const off: Entry = { key, value: { kind: 'leaf', value: 'off', source: 'off', at: value.at } };
  return { kind: 'map', entries: new Map(value.value === false ? [['mode', off]] : []), at: key };
}

function lockFault([first = '', ...deeper]: readonly string[], catalogue: Catalogue): Fault['message'] | null {
  const shape: Readonly<Record<string, z.ZodType>> = topShape;
  const module = catalogue.get(first);
  const top = Object.hasOwn(shape, first) ? shape[first] : undefined;
  let schema: z.ZodType | undefined = module ? sectionSchema(module) : top;
  if (!schema) return unknownKey(first, words.theFile(), [...Object.keys(shape), ...catalogue.keys()]);
  let way = first;
  for (const step of deeper) {
    // A list is locked whole.
    const next: z.ZodType | null = bare(schema) instanceof z.ZodArray ? null : inside(schema, step);
    if (next === null) return unknownKey(step, words.section({ name: before(code(way)) }), keysOf(bare(schema)));
    [schema, way] = [next, `${way}.${step}`];
  }
  return null;
}

function readLocks(root: Branch, catalogue: Catalogue): { locks: Lock[]; faults: Fault[] } {
  const list = root.entries.get('locked')?.value;
  const locks: Lock[] = [];
  const faults: Fault[] = [];
  for (const item of list?.kind === 'list' ? list.items : []) {
    if (item.kind !== 'leaf' || typeof item.value !== 'string') continue;
    const path = item.value.split('.');
    const message = lockFault(path, catalogue);
    if (message) faults.push({ at: item.at, message });
    else locks.push({ path, at: item.at });
  }
  return { locks, faults };
}

/** Faults that only the section itself can see, in what this layer writes together with the defaults. */
function ownFaults(value: Branch, module: Unit): Fault[] {
  const read = module.faults ? sectionSchema(module).safeParse(plain(value)) : null;
  const found = read?.success === true ? (module.faults?.(read.data as never) ?? []) : [];
  return placed(
    value,
    found.map((fault) => ({ ...fault, onKey: false, absent: false })),
  );
}

function checkSection(id: string, entry: Entry, module: Unit): { value: Branch | null; faults: Fault[] } {
  const value = section(entry);
  if (value) {
    const faults = check({ tree: value, schema: sectionSchema(module), name: id }, true);
    return { value, faults: faults.length > 0 ? faults : ownFaults(value, module) };
  }
  const accepts = either([code('true'), code('false'), kinds.map]);
  const source = entry.value.kind === 'leaf' ? entry.value.source : null;
  const got = source === null ? kinds.list : after(code(source));
  const message = words.takes({ key: before(code(id)), accepts: after(accepts), got });
  const near = source === null ? null : guess(source, ['true', 'false']);
  const isMode = source !== null && ['off', 'preview', 'warn', 'enforce'].includes(source);
  const hint = isMode ? words.writeMode({ mode: code(`{mode: ${source}}`) }) : null;
  return { value: null, faults: [{ at: entry.value.at, message: sentences(message, hint ?? near) }] };
}

function tooManyPatterns(root: Branch, catalogue: Catalogue): Fault[] {
  const all = [...root.entries].flatMap(([id, { value }]) => {
    const module = catalogue.get(id);
    const paths = module ? patternPaths({ tree: value, schema: sectionSchema(module), name: id }) : [];
    return paths.map((path) => follow(value, path).tree.at);
  });
  return all.slice(mostPatterns, mostPatterns + 1).map((at) => ({
    at,
    message: words.tooMany({ limit: mostPatterns }),
  }));
}

/** One layer on its own: its sections as maps, its locks and what is wrong with it. */
export function checkLayer(root: Branch, catalogue: Catalogue): { tree: Branch; locks: Lock[]; faults: Fault[] } {
  const entries = new Map<string, Entry>();
  const faults: Fault[] = [];
  const shape: Readonly<Record<string, z.ZodType>> = topShape;
  for (const [name, entry] of root.entries) {
    const module = catalogue.get(name);
    const top = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (name === 'extends' && entry.key.layer.name === 'operator') {
      faults.push({ at: entry.key, message: words.noExtends({ key: code(name) }) });
    } else if (top) {
      faults.push(...check({ tree: entry.value, schema: top, name }, true));
      entries.set(name, entry);
    } else if (module) {
      const checked = checkSection(name, entry, module);
      faults.push(...checked.faults);
      if (checked.value) entries.set(name, { key: entry.key, value: checked.value });
    } else {
      const message = unknownKey(name, words.theFile(), [...Object.keys(shape), ...catalogue.keys()]);
      faults.push({ at: entry.key, message });
    }
  }
  const { locks, faults: badLocks } = readLocks(root, catalogue);
  const tree: Branch = { kind: 'map', entries, at: root.at };
  return { tree, locks, faults: [...faults, ...badLocks, ...tooManyPatterns(tree, catalogue)] };
}
