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

/** Our names on this head for this base that somebody may still wait for, although no module speaks there any more. */
function leftOn(setup: Setup, { pull, checks }: Facts): string[] {
  if (!pull) return [];
  const suffix = suffixOf(setup, pull.base);
  const here = [...checks.ours, ...(setup.identity === 'app' ? [] : checks.statuses)].filter(
    ({ name, head }) => head === pull.head && name.startsWith('github-bot') && name.endsWith(suffix),
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

/** Which rows each of our checks shows, by the check's name without its base. */
function shownOn(all: readonly Sibling[], facts: Facts, setup: Setup): Map<string, readonly Sibling[]> {
  const suffix = suffixOf(setup, facts.pull?.base ?? '');
  const shown = new Map<string, readonly Sibling[]>(
    leftOn(setup, facts).map((name) => [name.slice(0, name.length - suffix.length), [{ number: 0, rows: [] }]]),
  );
  shown.set('github-bot', all);
  const ids = new Set(all.flatMap((one) => one.rows.map(({ module }) => module)));
  for (const id of setup.rules.checks === 'each' ? ids : []) {
    const own = all.map((one) => ({ ...one, rows: one.rows.filter((row) => row.module === id) }));
    if (id !== mergeId)
      shown.set(
        `github-bot/${id}`,
        own.filter((one) => one.rows.length > 0),
      );
  }
  return shown;
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
  return [...shownOn(all, facts, setup)].map(([check, shown]) => {
    const whole = check === 'github-bot';
    const said = checkTextFor(shown, whole ? setup.rules.warnings : [], voice);
    const judged = shown.flatMap((sibling) => sibling.rows);
    const name = `${check}${suffixOf(setup, pull.base)}`;
    const want = verdictWant({ ...place, name, annotations: whole ? notes : [] }, judged, said, setup.identity);
    return { by: 'engine', want };
  });
}
