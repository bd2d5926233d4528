import { createHash } from 'node:crypto';
import { code } from '../quote.ts';
import { readRules } from '../rules/read-rules.ts';
import type { Layer, Problem, Rules } from '../rules/rules.ts';
import type { GoodRules, Store } from '../store/store.ts';
import type { ThreadSubject } from '../subject.ts';
import type { Kinds, Modules } from './load.ts';
import { unreadableRules } from './words.ts';

/** Everything that decides besides the facts. */
export interface Setup {
  readonly rules: Rules;
  /** Faults of the repository's own file as it stands now; the rules before it judge meanwhile. */
  readonly broken: readonly Problem[];
  readonly modules: Modules;
  readonly kinds: Kinds;
  readonly identity: 'app' | 'token';
  /** Where "details" of a check leads; '' when nowhere. */
  readonly details: (subject: ThreadSubject, kind: 'issue' | 'pull') => string;
}

/** Where a repository's own rules stand. */
export const rulesPath = '.github/github-bot.yml';

/** The rules file of a default branch as it was found; text null when it is not an ordinary text file. */
export interface RulesFile {
  readonly oid: string;
  readonly text: string | null;
}

/** A setup with what it was made of. */
export interface RepoSetup extends Setup {
  /** Id of the repository's rules file; null when it has none. */
  readonly oid: string | null;
  /** To be remembered as the last rules without fault. */
  readonly good: GoodRules | null;
}

export interface SetUp {
  /** The setup this process used last for a repository; what it was made of may have changed since. */
  last(repoId: number): RepoSetup | null;
  /** The setup for exactly this rules file. */
  of(repoId: number, file: RulesFile | null): Promise<RepoSetup>;
  /** Takes another operator's file from now on; faults are returned and the file before it stays. */
  operator(text: string): readonly Problem[];
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

type Shared = Omit<Setup, 'rules' | 'broken'>;

const mostRemembered = 1000;

function unreadable(): Problem {
  const message = unreadableRules({ file: code(rulesPath) });
  return { layer: 'repository', file: rulesPath, line: 1, column: 1, message };
}

function operatorLayer(file: string, text: string): Layer {
  return { name: 'operator', file, oid: createHash('sha256').update(text).digest('hex').slice(0, 40), text };
}

const repositoryLayer = ({ oid, text }: GoodRules): Layer => ({ name: 'repository', file: rulesPath, oid, text });

interface Read {
  readonly rules: Rules;
  readonly broken: readonly Problem[];
  readonly good: GoodRules | null;
}

/** Reads the repository's file; while it is at fault, the last one without fault stands in for it. */
async function read(
  operator: Layer,
  file: RulesFile | null,
  repoId: number,
  store: Store,
  shared: Shared,
): Promise<Read> {
  const judge = (layers: readonly Layer[]) => readRules(layers, shared.modules);
  if (!file) return { rules: judge([operator]), broken: [], good: null };
  const good = file.text === null ? null : { oid: file.oid, text: file.text };
  const rules = good ? judge([operator, repositoryLayer(good)]) : null;
  const broken = rules ? rules.problems.filter(({ layer }) => layer === 'repository') : [unreadable()];
  if (rules && broken.length === 0) return { rules, broken, good };
  const before = await store.goodRules(repoId);
  return { rules: judge([operator, ...(before ? [repositoryLayer(before)] : [])]), broken, good: null };
}

/** Makes setups and remembers the last one of each repository. Throws `BrokenRules` when the operator's file is at fault. */
export function createSetUp(file: string, text: string, shared: Shared, store: Store): SetUp {
  let operator = operatorLayer(file, text);
  const setups = new Map<number, RepoSetup>();
  const faults = (layer: Layer) => readRules([layer], shared.modules).problems;
  const problems = faults(operator);
  if (problems.length > 0) throw new BrokenRules(problems);
  return {
    last: (repoId) => setups.get(repoId) ?? null,
    async of(repoId, file) {
      const known = setups.get(repoId);
      if (known && known.oid === (file?.oid ?? null)) return known;
      const setup: RepoSetup = {
        ...shared,
        ...(await read(operator, file, repoId, store, shared)),
        oid: file?.oid ?? null,
      };
      setups.delete(repoId);
      setups.set(repoId, setup);
      for (const oldest of [...setups.keys()].slice(0, Math.max(0, setups.size - mostRemembered)))
        setups.delete(oldest);
      return setup;
    },
    operator(text) {
      const next = operatorLayer(file, text);
      const problems = faults(next);
      if (problems.length > 0) return problems;
      operator = next;
      setups.clear();
      return [];
    },
  };
}
