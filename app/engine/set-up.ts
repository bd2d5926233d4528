import { createHash } from 'node:crypto';
import { rulesPath } from '../facts/rules-entry.ts';
import type { RulesFile } from '../facts/rules-entry.ts';
import { extendingOf, locksExtends } from '../rules/extending.ts';
import { readRules } from '../rules/read-rules.ts';
import type { Layer, Problem, Rules } from '../rules/rules.ts';
import type { GoodRules, Store } from '../store/store.ts';
import type { Repo, Subject, ThreadSubject } from '../subject.ts';
import { layersFor, unreadable } from './layers.ts';
import type { LayerPorts, Layers, Part } from './layers.ts';
import type { Kinds, Modules } from './load.ts';
import type { RemoteRules } from './remote-rules.ts';

/** Everything that decides besides the facts. */
export interface Setup {
  readonly rules: Rules;
  /** Faults of the repository's file and of those above it as they stand now; the rules before judge meanwhile. */
  readonly broken: readonly Problem[];
  /** The layers that stand above the repository's own file. */
  readonly above: readonly Layer[];
  readonly modules: Modules;
  readonly kinds: Kinds;
  readonly identity: 'app' | 'token';
  /** Where "details" of a check leads; '' when nowhere. */
  readonly details: (subject: ThreadSubject, kind: 'issue' | 'pull') => string;
  /** Where everybody reads what can be asked of the bot in a repository that everybody may see; left out: nowhere. */
  readonly commandsAt?: (repo: string) => string;
}

export { rulesPath, unreadable };

/** A setup with what it was made of. */
export interface RepoSetup extends Setup {
  readonly subject: Subject;
  /** Tells what it was made of from anything else. */
  readonly key: string;
  /** To be remembered as the repository's last rules without fault. */
  readonly good: GoodRules | null;
  /** The same for the files above it. */
  readonly goodAbove: readonly (GoodRules & { readonly repoId: number })[];
  /** Other repositories it was made of, with the ids of what they hold. */
  readonly seen: Layers['seen'];
}

export interface SetUp {
  /** The setup this process used last for a repository; what it was made of may have changed since. */
  last(repoId: number): RepoSetup | null;
  /** The setup for exactly this rules file, under the layers above it as they are now. */
  of(subject: Subject, file: RulesFile | null): Promise<RepoSetup>;
  /** Takes another operator's file from now on; faults are returned and the file before it stays. */
  operator(text: string): readonly Problem[];
  /** What is known of this repository's rules file may be wrong now. */
  forget(repo: Repo): void;
  /** Every repository this process has set up, with the setup it used last. */
  known(): readonly RepoSetup[];
  /** Whether layers above a repository changed since this was asked last; they come without a webhook of its own. */
  takeMoved(repoId: number): boolean;
}

/** The operator's rules are refused as a whole: the bot must not start on half of what was meant. */
export class BrokenRules extends Error {
  override readonly name = 'BrokenRules';
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message.en}`).join('\n'));
    this.problems = problems;
  }
}

type Shared = Omit<Setup, 'rules' | 'broken' | 'above'>;

const mostRemembered = 1000;

function operatorLayer(file: string, text: string): Layer {
  return { name: 'operator', file, oid: createHash('sha256').update(text).digest('hex').slice(0, 40), text };
}

/** Keeps the answers for the texts seen last: the same few files are asked about with every event. */
function remembering<T>(find: (layer: Layer) => T): (layer: Layer) => T {
  const known = new Map<string, T>();
  return (layer) => {
    const key = [layer.name, layer.file, layer.oid].join('\n');
    const found = known.has(key) ? (known.get(key) as T) : find(layer);
    known.delete(key);
    known.set(key, found);
    for (const oldest of [...known.keys()].slice(0, Math.max(0, known.size - mostRemembered))) known.delete(oldest);
    return found;
  };
}

type Judged = Pick<RepoSetup, 'rules' | 'broken' | 'above' | 'good' | 'goodAbove'>;

/** Files that are sound alone may contradict each other; those at fault then give way to what they were before. */
async function judge(operator: Layer, { parts, problems }: Layers, store: LayerPorts['store'], shared: Shared) {
  const read = (some: readonly Part[]) => readRules([operator, ...some.map(({ layer }) => layer)], shared.modules);
  const rules = read(parts);
  const clashes = rules.problems.filter(({ layer }) => layer !== 'operator');
  const broken = [...problems, ...clashes];
  if (clashes.length === 0) return { parts, rules, broken };
  const before = await Promise.all(
    parts.map(async (part) => {
      if (!clashes.some(({ file }) => file === part.layer.file)) return part;
      const good = await store.goodRules(part.repo.id);
      return good ? { ...part, ...good, layer: { ...part.layer, ...good } } : part;
    }),
  );
  return { parts: before, rules: read(before), broken };
}

function judgedFrom(operator: Layer, { parts, rules, broken }: Awaited<ReturnType<typeof judge>>): Judged {
  const isOwn = ({ layer }: Part) => layer.name === 'repository';
  const above = [operator, ...parts.filter((part) => !isOwn(part)).map(({ layer }) => layer)];
  const sound = broken.length === 0 ? parts : [];
  const own = sound.find(isOwn);
  const goodAbove = sound.filter((part) => !isOwn(part)).map(({ repo, oid, text }) => ({ repoId: repo.id, oid, text }));
  return { rules, broken, above, good: own ? { oid: own.oid, text: own.text } : null, goodAbove };
}

function keyOf(operator: Layer, file: RulesFile | null, { parts, problems, seen }: Layers): string {
  const files = parts.map(({ layer }) => [layer.file, layer.oid]);
  const faults = problems.map(({ file, line, column, message }) => [file, line, column, message.en]);
  return JSON.stringify([operator.oid, file?.oid, files, faults, seen]);
}

const seenKey = ({ seen }: Pick<Layers, 'seen'>) => JSON.stringify(seen.map(({ repo, oid }) => [repo.id, oid]));

/** The setups used last, and which of them came to stand on other layers than before. */
class Used {
  readonly #setups = new Map<number, RepoSetup>();
  readonly #moved = new Set<number>();

  last(repoId: number): RepoSetup | null {
    return this.#setups.get(repoId) ?? null;
  }

  all(): readonly RepoSetup[] {
    return [...this.#setups.values()];
  }

  keep(setup: RepoSetup): RepoSetup {
    const { id } = setup.subject.repo;
    const before = this.#setups.get(id);
    if (before && seenKey(before) !== seenKey(setup)) this.#moved.add(id);
    this.#setups.delete(id);
    this.#setups.set(id, setup);
    for (const oldest of [...this.#setups.keys()].slice(0, Math.max(0, this.#setups.size - mostRemembered)))
      this.#setups.delete(oldest);
    return setup;
  }

  takeMoved(repoId: number): boolean {
    return this.#moved.delete(repoId);
  }
}

/** Makes setups and remembers the last one of each repository. Throws `BrokenRules` when the operator's file is at fault. */
export function createSetUp(
  file: string,
  text: string,
  shared: Shared,
  ports: { readonly store: Pick<Store, 'goodRules'>; readonly remote: RemoteRules },
): SetUp {
  let operator = operatorLayer(file, text);
  const used = new Used();
  const faults = remembering((layer) => readRules([layer], shared.modules).problems);
  const locks = remembering((layer) => faults(layer).length === 0 && locksExtends(layer));
  const extending = remembering(extendingOf);
  const problems = faults(operator);
  if (problems.length > 0) throw new BrokenRules(problems);
  return {
    last: (repoId) => used.last(repoId),
    async of(subject, file) {
      const top = operator;
      const locked = (above: readonly Layer[]) => [top, ...above].some(locks);
      const layers = await layersFor(subject, file, locked, { ...ports, faults, extending });
      const key = keyOf(top, file, layers);
      const known = used.last(subject.repo.id);
      if (known?.key === key) return known;
      const judged = judgedFrom(top, await judge(top, layers, ports.store, shared));
      const setup: RepoSetup = { ...shared, ...judged, subject, key, seen: layers.seen };
      return used.keep(setup);
    },
    operator(text) {
      const next = operatorLayer(file, text);
      const problems = faults(next);
      if (problems.length === 0) operator = next;
      return problems;
    },
    forget: (repo) => ports.remote.forget(repo),
    known: () => used.all(),
    takeMoved: (repoId) => used.takeMoved(repoId),
  };
}
