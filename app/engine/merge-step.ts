import type { Facts } from '../facts/fact.ts';
import { nobody } from '../merge-pool/line.ts';
import type { Line, Turn } from '../merge-pool/line.ts';
import { nextStep } from '../merge-pool/next-step.ts';
import type { MergeOptions } from '../merge-pool/options.ts';
import * as say from '../merge-pool/words.ts';
import { code } from '../quote.ts';
import type { Section } from '../rules/rules.ts';
import { inScope } from '../rules/scope.ts';
import type { Text } from '../text.ts';
import type { Want } from '../wants/want.ts';
import { project } from './reconcile.ts';
import type { Claim } from './reconcile.ts';
import type { Ruling } from './report.ts';
import type { Setup } from './set-up.ts';
import { mergeId } from './units.ts';
import { brokeHere } from './words.ts';

export interface MergeStep {
  /** The row `merge`, which never touches the conclusion; none where the section is off or leaves the thread out. */
  readonly rulings: readonly Ruling[];
  readonly claims: readonly Claim[];
  readonly turn: Turn | null;
}

const nothing: MergeStep = { rulings: [], claims: [], turn: null };

interface Asked {
  readonly report: string;
  /** The label under which everything is left alone. */
  readonly ignore: string;
  readonly line?: Line | undefined;
}

/** What holds every merge, whatever is said of the pull request itself. */
function heldBy(section: Section, rows: readonly Ruling[], facts: Facts, setup: Setup, ignore: string): Text[] {
  const told = rows.some(({ module, verdict }) => module === 'rules' && (verdict === 'fail' || verdict === 'wait'));
  const { fault, only, except } = section;
  const place = fault && code(`${fault.file}:${fault.line}:${fault.column}`);
  const paths = [only, except].some((scope) => scope?.paths !== undefined);
  return [
    ...(setup.broken.length > 0 && !told ? [say.rulesBroken] : []),
    ...(fault && place ? [say.rulesHeld({ place, message: fault.message })] : []),
    ...(facts.thread.labels.some((name) => name.toLowerCase() === ignore)
      ? [say.ignored({ label: code(ignore) })]
      : []),
    ...(paths && !facts.files.complete ? [say.unsureScope] : []),
  ];
}

function rulingFor(
  section: Section,
  rows: readonly Ruling[],
  facts: Facts,
  held: readonly Text[],
  { report, line = nobody }: Asked,
) {
  const mode = section.mode === 'enforce' || section.mode === 'warn' ? section.mode : ('preview' as const);
  const shown = { module: mergeId, mode, row: mode !== 'preview', fix: null };
  try {
    const options = section.options as MergeOptions;
    const { verdict, because, who, wants, revisitAt, turn } = nextStep({ facts, rows, options, mode, held, line });
    return { ruling: { ...shown, verdict, because, who, wants, broke: null } satisfies Ruling, revisitAt, turn };
  } catch (error) {
    const broke = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const because = brokeHere({ report: code(report) });
    const ruling: Ruling = { ...shown, verdict: 'wait', because, who: 'bot', wants: [], broke };
    return { ruling, revisitAt: null, turn: null };
  }
}

/**
 * The pool's part: it acts on the facts as they will be once the modules' wants are true, and on all rulings. With a bad
 * title and a merge as two policies side by side, the pull request would land before it is told.
 */
export function mergeStep(
  setup: Setup,
  facts: Facts,
  wants: readonly Want[],
  rows: readonly Ruling[],
  asked: Asked,
): MergeStep {
  const section = setup.rules.sections.find(({ module }) => module === mergeId);
  if (!section || facts.pull === null || !inScope(section, facts)) return nothing;
  const held = heldBy(section, rows, facts, setup, asked.ignore);
  const { ruling, revisitAt, turn } = rulingFor(section, rows, project(wants, facts, setup.kinds), held, asked);
  const revisit: Want[] = revisitAt === null ? [] : [{ kind: 'revisit', at: revisitAt }];
  return { rulings: [ruling], claims: [...ruling.wants, ...revisit].map((want) => ({ by: mergeId, want })), turn };
}
