import type { Facts } from '../facts/fact.ts';
import { isLabelOurs } from '../facts/label-history.ts';
import type { Module } from '../modules/module.ts';
import type { Section } from '../rules/rules.ts';
import type { LabelWant } from '../wants/want.ts';

export interface LeftOut {
  readonly section: Section;
  readonly module: Module;
}

/** Labels that say what the row says; those of modules that only act stay where they are. */
function projections({ section, module }: LeftOut, facts: Facts): string[] {
  if (!module.row) return [];
  try {
    const { wants } = module.decide(facts, section.options);
    return wants.flatMap((want) => (want.kind === 'label' && !want.once && !want.evenClosed ? [want.name] : []));
  } catch {
    // A module that breaks has a row of its own wherever it is asked.
    return [];
  }
}

/** A module that `only` or `except` leave out by now takes its labels along: nobody else would ever take them off. */
export function released(leftOut: readonly LeftOut[], facts: Facts): { by: string; want: LabelWant }[] {
  if (facts.thread.state !== 'open') return [];
  return leftOut.flatMap((one) => {
    if (one.section.mode === 'preview') return [];
    const names = projections(one, facts).filter((name) => isLabelOurs(name, facts));
    return names.map((name) => ({ by: one.section.module, want: { kind: 'label', name, on: false } as const }));
  });
}
