import type { Facts } from '../facts/fact.ts';
import { rulesPath } from '../facts/rules-entry.ts';
import type { RulesFile } from '../facts/rules-entry.ts';
import { code } from '../quote.ts';
import { faultsIn, readRules } from '../rules/read-rules.ts';
import { extendingOf } from '../rules/extending.ts';
import type { Layer, Problem } from '../rules/rules.ts';
import type { Annotation } from '../wants/want.ts';
import { rulesRow } from './check.ts';
import { forbids } from './layers.ts';
import { ownRow } from './present.ts';
import type { Ruling } from './report.ts';
import { unreadable } from './set-up.ts';
import type { Setup } from './set-up.ts';
import { proposedFault, proposedFine } from './words.ts';

/** What a file extends is read once it counts; whom it may name at all is known before. */
function extendsFault(layer: Layer, repo: string): readonly Problem[] {
  const extending = extendingOf(layer);
  const message = extending && forbids(extending, repo.split('/', 1)[0] ?? '', [repo]);
  return extending && message ? [extending.fault(message)] : [];
}

function readFaults({ oid, text }: RulesFile, { above, modules }: Setup, repo: string): readonly Problem[] {
  if (text === null) return [unreadable('repository', rulesPath)];
  const layer: Layer = { name: 'repository', file: rulesPath, oid, text };
  const faults = faultsIn(readRules([...above, layer], modules)).filter((problem) => problem.layer === 'repository');
  return faults.length > 0 ? faults : extendsFault(layer, repo);
}

/** Of the file that was looked at last: most pull requests bring the one that is in force. */
const lastFaults = new WeakMap<Setup, { readonly oid: string; readonly faults: readonly Problem[] }>();

/** What is wrong with a rules file that a pull request brings; it is only looked at here and judges nothing. */
function faultsOf(file: RulesFile, setup: Setup, repo: string): readonly Problem[] {
  const last = lastFaults.get(setup);
  if (last?.oid === file.oid) return last.faults;
  const faults = readFaults(file, setup, repo);
  lastFaults.set(setup, { oid: file.oid, faults });
  return faults;
}

function failed(first: Problem, more: number): Ruling {
  const place = code(`${first.file}:${first.line}:${first.column}`);
  const fix = proposedFault({ place, message: first.message, more });
  return { ...ownRow, module: 'rules', verdict: 'fail', because: fix, fix, who: 'author' };
}

/** Faults of the default branch, which this pull request may be about to mend. */
function mends({ broken }: Setup, { pull, repo }: Facts): boolean {
  return pull?.base === repo.defaultBranch && broken.every(({ layer }) => layer === 'repository');
}

/** The row `rules`: of the file this pull request brings, else of the rules in force when they are at fault. */
export function rulesRows(facts: Facts, setup: Setup): Ruling[] {
  const { proposal, pull } = facts;
  if (!proposal || !pull) return rulesRow(setup.broken);
  const [first, ...rest] = faultsOf(proposal, setup, facts.repo.name);
  if (first) return [failed(first, rest.length)];
  if (setup.broken.length > 0 && !mends(setup, facts)) return rulesRow(setup.broken);
  return [{ ...ownRow, module: 'rules', verdict: 'pass', because: proposedFine(), who: null }];
}

/** The same faults on their lines of the pull request's own file; both languages, as nobody chooses one there. */
export function annotationsOf({ proposal, repo }: Facts, setup: Setup): readonly Annotation[] {
  const faults = proposal ? faultsOf(proposal, setup, repo.name) : [];
  return faults.map(({ file, line, message }) => ({ path: file, line, message: `${message.en}\n${message['zh-CN']}` }));
}
