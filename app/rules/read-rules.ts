import { code } from '../quote.ts';
import type { Lock } from './check-layer.ts';
import { check, checkLayer } from './check-layer.ts';
import { applyLocks } from './locks.ts';
import type { Fault } from './read-yaml.ts';
import { readYaml } from './read-yaml.ts';
import { withOwnSections } from './own-sections.ts';
import type { Catalogue, Layer, Problem, ReadRules, Rules, Scope, Section, Unit } from './rules.ts';
import { sectionSchema, topShape } from './schemas.ts';
import type { Branch } from './tree.ts';
import { follow, merge, plain, spots } from './tree.ts';
import { words } from './words.ts';

const mostFaults = 100;

interface Read {
  readonly layer: Layer;
  readonly tree: Branch;
  readonly locks: readonly Lock[];
}

/** All layers as one, and what of them is ignored. */
interface Merged {
  readonly tree: Branch;
  readonly ignored: readonly Fault[];
}

function problem({ at, message }: Fault): Problem {
  return { layer: at.layer.name, file: at.layer.file, line: at.line, column: at.column, message };
}

function problems(faults: readonly Fault[]): Problem[] {
  const sorted = [...faults].sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  const shown = sorted.slice(0, mostFaults).map(problem);
  const next = sorted[mostFaults];
  const count = sorted.length - mostFaults;
  return next ? [...shown, problem({ at: next.at, message: words.more({ count }) })] : shown;
}

function mergeAll(layers: readonly Read[]): Merged {
  let tree: Branch | null = null;
  const locks: Lock[] = [];
  const ignored: Fault[] = [];
  for (const layer of layers) {
    const allowed = applyLocks(layer.tree, tree, locks);
    ignored.push(...allowed.ignored);
    tree = tree ? merge(tree, allowed.tree) : allowed.tree;
    locks.push(...layer.locks);
  }
  const nowhere: Layer = { name: 'operator', file: '', oid: '', text: '' };
  return { tree: tree ?? { kind: 'map', entries: new Map(), at: { layer: nowhere, line: 1, column: 1 } }, ignored };
}

function modulesIn(tree: Branch, catalogue: Catalogue): { id: string; module: Unit; value: Branch }[] {
  return [...catalogue]
    .map(([id, module]) => ({ id, module, value: tree.entries.get(id)?.value }))
    .filter((found): found is { id: string; module: Unit; value: Branch } => found.value?.kind === 'map')
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Layers that are sound alone can contradict each other; the lower one then goes, until the rest fits. */
function settle(layers: readonly Read[], catalogue: Catalogue): { layers: readonly Read[]; faults: Fault[] } & Merged {
  const merged = mergeAll(layers);
  const faults = modulesIn(merged.tree, catalogue).flatMap(({ id, module, value }) =>
    check({ tree: value, schema: sectionSchema(module), name: id }, false),
  );
  if (faults.length === 0) return { layers, faults, ...merged };
  const blamed = new Set(faults.map(({ at }) => at.layer));
  const rest = settle(
    layers.filter(({ layer }) => !blamed.has(layer)),
    catalogue,
  );
  return { ...rest, faults: [...faults, ...rest.faults] };
}

/** An empty list names nothing to look for, as if the key were not there. */
function scope(value: unknown): Scope | null {
  const given = Object.entries((value ?? {}) as Scope).filter(
    ([, wanted]) => !Array.isArray(wanted) || wanted.length > 0,
  );
  return given.length > 0 ? Object.fromEntries(given) : null;
}

function sectionsOf(tree: Branch, catalogue: Catalogue): Section[] {
  return modulesIn(tree, catalogue).flatMap(({ id, module, value }): Section[] => {
    const { mode = 'enforce', only, except, ...options } = sectionSchema(module).parse(plain(value));
    if (mode === 'off') return [];
    const message = module.hold?.(options as never) ?? null;
    const fault = message === null ? {} : { fault: problem({ at: value.at, message }) };
    const common = { only: scope(only), except: scope(except), options, ...fault };
    return [{ module: id, mode: mode as Section['mode'], ...common }];
  });
}

/** `pr-title: true` below a `pr-title: false` changes nothing, which nobody who writes it expects. */
function stillOff(tree: Branch, catalogue: Catalogue): Fault[] {
  return modulesIn(tree, catalogue).flatMap(({ id, value }): Fault[] => {
    const mode = value.entries.get('mode');
    if (!mode || mode.key.layer === value.at.layer || plain(mode.value) !== 'off') return [];
    const { layer, line } = mode.key;
    const on = code('mode: enforce');
    return [{ at: value.at, message: words.stillOff({ key: code(id), file: code(layer.file), line, on }) }];
  });
}

function top<K extends keyof typeof topShape>(tree: Branch, key: K): unknown {
  const { tree: value, whole } = follow(tree, [key]);
  return whole ? topShape[key].safeParse(plain(value)).data : undefined;
}

function origins(tree: Branch): Rules['origins'] {
  const entries = spots(tree).map(([path, { layer, line }]) => [path, { file: layer.file, line }] as const);
  // No prototype: a label may be called `constructor`.
  return Object.assign(Object.create(null) as Record<string, never>, Object.fromEntries(entries));
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

/** Every fault, also those that hold one section alone. */
export function faultsIn({ problems, sections }: Rules): readonly Problem[] {
  return [...problems, ...sections.flatMap(({ fault }) => (fault ? [fault] : []))];
}

/** Reads rules from their layers: pure, total, every fault of every layer at once. */
export const readRules: ReadRules = (layers, modules) => {
  const catalogue = withOwnSections(modules);
  const broken: Problem[] = [];
  const sound = layers.flatMap((layer): Read[] => {
    const { root, faults } = readYaml(layer);
    const { tree, locks, faults: wrong } = checkLayer(root, catalogue);
    const all = [...faults, ...wrong];
    broken.push(...problems(all));
    return all.length > 0 ? [] : [{ layer, tree, locks }];
  });
  const settled = settle(sound, catalogue);
  return freeze({
    sections: sectionsOf(settled.tree, catalogue),
    language: (top(settled.tree, 'language') ?? 'auto') as Rules['language'],
    checkName: (top(settled.tree, 'check-name') ?? 'base') as Rules['checkName'],
    checks: (top(settled.tree, 'checks') ?? 'one') as Rules['checks'],
    commands: { prefix: '/', alias: {}, ...(top(settled.tree, 'commands') as Partial<Rules['commands']> | undefined) },
    problems: [...broken, ...problems(settled.faults)],
    warnings: [...settled.ignored, ...stillOff(settled.tree, catalogue)].map(problem),
    origins: origins(settled.tree),
    oids: settled.layers.map(({ layer }) => layer.oid),
  });
};
