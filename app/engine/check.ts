import type { Facts } from '../facts/fact.ts';
import { code } from '../quote.ts';
import type { Problem } from '../rules/rules.ts';
import type { ThreadSubject } from '../subject.ts';
import type { Annotation, Want } from '../wants/want.ts';
import type { Setup } from './set-up.ts';
import { checkTextFor, conclusionOf, ownRow } from './present.ts';
import type { CheckText, Voice } from './present.ts';
import type { Claim } from './reconcile.ts';
import type { Ruling } from './report.ts';
import { mergeId, unitOf } from './units.ts';
import { rulesBroken } from './words.ts';

/** Another open pull request with the same head and base, with the rows it had when it was last considered. */
export interface Sibling {
  readonly number: number;
  readonly rows: readonly Ruling[];
}

/** The row for rules of the repository that are at fault. */
export function rulesRow(broken: readonly Problem[]): Ruling[] {
  const [first, ...rest] = broken;
  if (!first) return [];
  const place = code(`${first.file}:${first.line}:${first.column}`);
  const because = rulesBroken({ place, message: first.message, more: rest.length });
  return [{ ...ownRow, module: 'rules', because, who: 'maintainer' }];
}

const suffixOf = ({ rules }: Setup, base: string) => (rules.checkName === 'fixed' ? '' : ` (${base})`);

/** One of our names for this base, whichever form `check-name` gave it, without the base; null where it is none. */
function bareName(name: string, base: string): string | null {
  const suffix = ` (${base})`;
  const bare = name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
  return /^github-bot(?:\/[a-z0-9-]+)?$/.test(bare) ? bare : null;
}

/** Our names on this head for this base that somebody may still wait for, although nothing is written under them any more. */
function leftOn(setup: Setup, { pull, checks }: Facts): string[] {
  if (!pull) return [];
  const here = [...checks.ours, ...(setup.identity === 'app' ? [] : checks.statuses)].filter(
    ({ name, head }) => head === pull.head && bareName(name, pull.base) !== null,
  );
  return [...new Set(here.map(({ name }) => name))];
}

/**
 * The check exists when a module that judges pull requests is on, or the rules themselves are at fault or being edited; one
 * that was written before a module was switched off is released.
 */
export function hasCheck(setup: Setup, facts: Facts): boolean {
  const { rules, broken, modules } = setup;
  if (broken.length > 0 || facts.proposal || leftOn(setup, facts).length > 0) return true;
  return rules.sections.some(({ module, mode }) => {
    const unit = unitOf(modules, module);
    return unit?.row === true && unit.on !== 'issue' && mode !== 'preview';
  });
}

const states = { success: 'success', neutral: 'success', failure: 'failure', action_required: 'pending' } as const;

interface Place {
  readonly name: string;
  readonly head: string;
  readonly details: string;
  readonly annotations: readonly Annotation[];
}

function verdictWant(place: Place, rows: readonly Ruling[], said: CheckText, identity: Setup['identity']): Want {
  const conclusion = conclusionOf(rows);
  const { annotations, ...where } = place;
  const notes = annotations.length > 0 ? { annotations } : {};
  if (identity === 'app') return { kind: 'check', ...where, conclusion, ...said, ...notes };
  return { kind: 'status', ...where, state: states[conclusion], description: said.title };
}

/** Which rows each of our checks shows, by its whole name; under a name from before it was changed the same as now. */
function shownOn(all: readonly Sibling[], facts: Facts, setup: Setup): Map<string, readonly Sibling[]> {
  const base = facts.pull?.base ?? '';
  const bare = new Map<string, readonly Sibling[]>([['github-bot', all]]);
  const ids = new Set(all.flatMap((one) => one.rows.map(({ module }) => module)));
  for (const id of setup.rules.checks === 'each' ? ids : []) {
    const own = all.map((one) => ({ ...one, rows: one.rows.filter((row) => row.module === id) }));
    if (id !== mergeId)
      bare.set(
        `github-bot/${id}`,
        own.filter((one) => one.rows.length > 0),
      );
  }
  const released = [{ number: 0, rows: [] }];
  const left = leftOn(setup, facts).map((name) => [name, bare.get(bareName(name, base) ?? '') ?? released] as const);
  return new Map([...left, ...[...bare].map(([name, shown]) => [`${name}${suffixOf(setup, base)}`, shown] as const)]);
}

/** A delivery that comes late may know the repository by a name it gave up; GitHub answered with the present one. */
function asNamedNow(subject: ThreadSubject, { repo }: Facts): ThreadSubject {
  const [owner = '', name = ''] = repo.name.split('/');
  return owner === '' || name === '' ? subject : { ...subject, repo: { ...subject.repo, owner, name } };
}

/**
 * The verdict on the head of an open pull request. Pull requests that share head and base share the check, so it shows the
 * worst of them, each in a table of its own.
 */
export function checkClaims(
  rows: readonly Ruling[],
  siblings: readonly Sibling[],
  facts: Facts,
  setup: Setup,
  subject: ThreadSubject,
  voice: Voice,
  notes: readonly Annotation[],
): Claim[] {
  const { pull, thread } = facts;
  if (!pull || thread.state !== 'open' || !hasCheck(setup, facts)) return [];
  const place = { head: pull.head, details: setup.details(asNamedNow(subject, facts), thread.kind) };
  const all = [...siblings, { number: thread.number, rows }].sort((a, b) => a.number - b.number);
  return [...shownOn(all, facts, setup)].map(([name, shown]) => {
    const whole = bareName(name, pull.base) === 'github-bot';
    const said = checkTextFor(shown, whole ? setup.rules.warnings : [], voice);
    const judged = shown.flatMap((sibling) => sibling.rows);
    const want = verdictWant({ ...place, name, annotations: whole ? notes : [] }, judged, said, setup.identity);
    return { by: 'engine', want };
  });
}
