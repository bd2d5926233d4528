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

/** The check exists when a module that judges pull requests is on, or the rules themselves are at fault or being edited. */
export function hasCheck({ rules, broken, modules }: Setup, { proposal }: Facts): boolean {
  if (broken.length > 0 || proposal) return true;
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
  const { checkName, checks, warnings } = setup.rules;
  const base = checkName === 'fixed' ? '' : ` (${pull.base})`;
  const place = { head: pull.head, details: setup.details(subject, thread.kind) };
  const all = [...siblings, { number: thread.number, rows }].sort((a, b) => a.number - b.number);
  const want = (name: string, shown: readonly Sibling[], warned: typeof warnings): Claim => {
    const said = checkTextFor(shown, warned, voice);
    const judged = shown.flatMap((sibling) => sibling.rows);
    return {
      by: 'engine',
      want: verdictWant(
        { ...place, name: `${name}${base}`, annotations: name === 'github-bot' ? notes : [] },
        judged,
        said,
        setup.identity,
      ),
    };
  };
  const ids = new Set(all.flatMap((one) => one.rows.map(({ module }) => module)));
  const each = checks === 'each' ? [...ids].filter((id) => id !== mergeId) : [];
  return [
    want('github-bot', all, warnings),
    ...each.map((module) => {
      const own = all.map((one) => ({ ...one, rows: one.rows.filter((row) => row.module === module) }));
      const shown = own.filter((one) => one.rows.length > 0);
      return want(`github-bot/${module}`, shown, []);
    }),
  ];
}
