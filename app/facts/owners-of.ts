import type { Changes, FileChange, OwnedFile, Owners, OwnersFault } from './command-facts.ts';
import { readCodeOwners, ruleFor } from './codeowners-file.ts';
import { readAliases, readOwners } from './owners-file.ts';
import type { Aliases, Named, OwnersFile } from './owners-file.ts';

/** What is in a file of the base commit: its text; null where it is no ordinary text; undefined: there is none. */
export type TextAt = (path: string) => string | null | undefined;

export const aliasesPath = 'OWNERS_ALIASES';
/** In the order in which GitHub looks (docs.github.com, "About code owners"). */
export const codeOwnersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** Whether who owns what may hang on a file. */
export const isOwnersFile = (path: string): boolean =>
  /(?:^|\/)OWNERS$/.test(path) || path === aliasesPath || codeOwnersPaths.includes(path);

type Choice = 'auto' | 'OWNERS' | 'CODEOWNERS';
type Found = Pick<Owners, 'source' | 'broken' | 'files'>;

/** The folders a path lies in, deepest first; the root is ''. */
export function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), ''];
}

export const ownersPath = (folder: string) => (folder === '' ? 'OWNERS' : `${folder}/OWNERS`);

interface Touched {
  readonly path: string;
  readonly change: string;
}

/** A renamed file is gone from where it was; its owners there have a say, too. */
function touchedBy({ path, previous }: FileChange): Touched[] {
  const touched = [{ path, change: path }];
  return previous === null || previous === path ? touched : [...touched, { path: previous, change: path }];
}

/** Every path whose owners count. */
export const touchedIn = ({ list }: Changes): readonly Touched[] => list.flatMap(touchedBy);

const union = (lists: readonly (readonly string[])[]) => [...new Set(lists.flat())].sort();

/** Names with aliases replaced by those they stand for. */
const people = (names: readonly string[], { names: known }: Aliases) =>
  names.flatMap((name) => known.get(name) ?? [name]);

/** What one OWNERS file says of a path. */
function saidBy({ rules }: OwnersFile, below: string, aliases: Aliases): Named {
  const those = rules.filter(({ covers }) => covers(below));
  const named = (list: 'approvers' | 'reviewers' | 'required') =>
    union(those.map((rule) => people(rule[list], aliases)));
  return {
    ...{ approvers: named('approvers'), reviewers: named('reviewers'), required: named('required') },
    labels: union(those.map(({ labels }) => labels)),
  };
}

interface Walk extends Named {
  readonly by: string;
  readonly free: boolean;
  /** Broken files that would have had a say. */
  readonly holding: readonly string[];
}

/** From the deepest folder up to the root, or to the first `no_parent_owners` at or above somebody who was found. */
function walk(path: string, read: (folder: string) => OwnersFile | null, aliases: Aliases): Walk {
  const own = foldersOf(path)[0] ?? '';
  const steps: Named[] = [];
  const holding: string[] = [];
  let [by, free] = ['', false];
  for (const folder of foldersOf(path)) {
    const file = read(folder);
    if (!file) continue;
    if (file.faults.length > 0) holding.push(ownersPath(folder));
    const said = saidBy(file, folder === '' ? path : path.slice(folder.length + 1), aliases);
    steps.push(said);
    if (by === '' && said.approvers.length > 0) {
      by = ownersPath(folder);
      free = file.freeSubfolders && folder !== own;
    }
    if (file.noParents && by !== '') break;
  }
  const all = (list: keyof Named) => union(steps.map((step) => step[list]));
  const named = { approvers: all('approvers'), reviewers: all('reviewers'), required: all('required') };
  return { ...named, labels: all('labels'), by, free: free && holding.length === 0, holding };
}

const nobody: Named = { approvers: [], reviewers: [], required: [], labels: [] };

/** Nobody can be told who owns it, and it is what would say so. */
const byAdmins = (path: string) => ({ ...nobody, by: path, free: false, least: 'admin' }) as const;

/**
 * Who approves that a broken owners file is mended: not those whom it names, but those above it, and admins where nobody
 * above is known or it may have meant to keep them out.
 */
function mended(path: string, text: string | null, read: (folder: string) => OwnersFile | null, aliases: Aliases) {
  const own = foldersOf(path)[0] ?? '';
  const { holding, ...above } = walk(path, (folder) => (folder === own ? null : read(folder)), aliases);
  const isTold = above.by !== '' && holding.length === 0 && aliases.faults.length === 0;
  return isTold && text !== null && !text.includes('no_parent') ? { ...above, free: false } : byAdmins(path);
}

function fromOwners(touched: readonly Touched[], textAt: TextAt): Found {
  const kept = new Map<string, OwnersFile | null>();
  const read = (folder: string) => {
    const text = textAt(ownersPath(folder));
    if (!kept.has(folder)) kept.set(folder, text === undefined ? null : readOwners(text));
    return kept.get(folder) ?? null;
  };
  const aliasText = textAt(aliasesPath);
  const aliases: Aliases = aliasText === undefined ? { names: new Map(), faults: [] } : readAliases(aliasText);
  const held = new Map<string, string[]>();
  const files = touched.map(({ path, change }): OwnedFile => {
    if (path === aliasesPath && aliases.faults.length > 0) return { path, change, ...byAdmins(path) };
    const own = foldersOf(path)[0] ?? '';
    if (path === ownersPath(own) && (read(own)?.faults.length ?? 0) > 0)
      return { path, change, ...mended(path, textAt(path) ?? null, read, aliases) };
    const { holding, ...walked } = walk(path, read, aliases);
    // A name that an alias stands for could be somebody's login.
    const all = aliases.faults.length > 0 ? [...holding, aliasesPath] : holding;
    for (const file of all) held.set(file, [...(held.get(file) ?? []), path]);
    return { path, change, ...walked, ...(all.length > 0 && { ...nobody, free: false }) };
  });
  const faultsOf = (file: string) =>
    file === aliasesPath ? aliases.faults : (read(file.split('/').slice(0, -1).join('/'))?.faults ?? []);
  const broken = [...held].flatMap(([file, paths]) =>
    faultsOf(file).map((fault): OwnersFault => ({ file, ...fault, paths: [...new Set(paths)] })),
  );
  return { source: 'OWNERS', broken, files };
}

function fromCodeOwners(touched: readonly Touched[], file: string, textAt: TextAt): Found {
  const code = readCodeOwners(textAt(file) ?? null);
  const held = new Map<number, OwnersFault>();
  const files = touched.map(({ path, change }): OwnedFile => {
    const rule = ruleFor(path, code);
    if (rule?.fault && path === file) return { path, change, ...byAdmins(path) };
    if (rule?.fault) {
      const paths = [...(held.get(rule.line)?.paths ?? []), path];
      held.set(rule.line, { file, ...rule.fault, paths });
    }
    const owners = [...new Set(rule?.owners)].sort();
    const by = rule && (owners.length > 0 || rule.fault) ? `${file}:${rule.line}` : '';
    return { path, change, ...nobody, approvers: owners, reviewers: owners, by, free: false };
  });
  const remarks = code.remarks.map((fault): OwnersFault => ({ file, ...fault, paths: [] }));
  return { source: 'CODEOWNERS', broken: [...held.values(), ...remarks], files };
}

const notOwned = (touched: readonly Touched[]): Found => ({
  ...{ source: 'none', broken: [] },
  files: touched.map((one): OwnedFile => ({ ...one, ...nobody, by: '', free: false })),
});

/** Who owns what a pull request touches, by the owners files of its base commit. */
export function ownersOf(changes: Changes, choice: Choice, textAt: TextAt): Found {
  const touched = touchedIn(changes);
  const hasOwners = ({ path }: Touched) => foldersOf(path).some((folder) => textAt(ownersPath(folder)) !== undefined);
  const code = codeOwnersPaths.find((path) => textAt(path) !== undefined);
  const byCode = (some: readonly Touched[]) =>
    code === undefined ? notOwned(some) : fromCodeOwners(some, code, textAt);
  if (choice === 'CODEOWNERS') return byCode(touched);
  const isOwned = touched.some(hasOwners);
  if (!isOwned) return choice === 'OWNERS' ? notOwned(touched) : byCode(touched);
  // Who owns a file does not hang on what else is touched: where no OWNERS file speaks, CODEOWNERS does.
  const others = choice === 'auto' && code !== undefined ? touched.filter((one) => !hasOwners(one)) : [];
  if (others.length === 0) return fromOwners(touched, textAt);
  const [owners, rest] = [fromOwners(touched.filter(hasOwners), textAt), byCode(others)];
  const files = new Map([...owners.files, ...rest.files].map((file) => [`${file.path}\n${file.change}`, file]));
  return {
    ...{ source: owners.source, broken: [...owners.broken, ...rest.broken] },
    files: touched.flatMap(({ path, change }) => files.get(`${path}\n${change}`) ?? []),
  };
}
