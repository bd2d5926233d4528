import { readCodeOwners } from './codeowners-file.ts';
import type { OwnersEdit } from './command-facts.ts';
import { readAliases, readOwners } from './owners-file.ts';
import type { Aliases } from './owners-file.ts';
import { aliasesPath, codeOwnersPaths } from './owners-of.ts';

/** The text of a file on one side: null where it is no ordinary text, undefined where there is none. */
export type Side = (path: string) => string | null | undefined;

interface Said extends Pick<OwnersEdit, 'faults' | 'labels' | 'empty'> {
  readonly names: readonly string[];
}

const nobody: Said = { faults: [], labels: [], empty: true, names: [] };

function aliasesOn(side: Side): Aliases {
  const text = side(aliasesPath);
  return text === undefined ? { names: new Map(), faults: [] } : readAliases(text);
}

function saidInOwners(text: string | null, { names }: Aliases): Said {
  const { rules, faults } = readOwners(text);
  const named = rules.flatMap(({ approvers, reviewers, required }) => [...approvers, ...reviewers, ...required]);
  return {
    ...{ faults, labels: [...new Set(rules.flatMap(({ labels }) => labels))] },
    empty: rules.every(({ approvers }) => approvers.length === 0),
    names: named.flatMap((name) => names.get(name) ?? [name]),
  };
}

function saidInCodeOwners(text: string | null): Said {
  const { rules, remarks } = readCodeOwners(text);
  const faults = [...rules.flatMap(({ fault }) => fault ?? []), ...remarks];
  const names = rules.flatMap(({ owners }) => owners);
  return { faults, labels: [], empty: names.length === 0, names };
}

function saidIn(path: string, side: Side): Said {
  const text = side(path);
  if (text === undefined) return nobody;
  if (codeOwnersPaths.includes(path)) return saidInCodeOwners(text);
  const aliases = aliasesOn(side);
  if (path !== aliasesPath) return saidInOwners(text, aliases);
  const names = [...aliases.names.values()].flat();
  return { faults: aliases.faults, labels: [], empty: false, names };
}

/** What becomes of one owners file between the base and the head. */
export function editOf(path: string, base: Side, head: Side): OwnersEdit {
  const { names, ...said } = saidIn(path, head);
  const before = new Set(saidIn(path, base).names);
  const added = [...new Set(names)].filter((name) => !before.has(name)).sort();
  return { path, ...said, added };
}
