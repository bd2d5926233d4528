import type { FactName } from '../facts/fact.ts';
import type { Commands } from '../commands/command.ts';
import { mergeUnit } from '../merge-pool/section.ts';
import type { Elsewhere } from '../modules/module.ts';
import type { Modules } from './load.ts';

/** What the engine needs to know of a section of the rules, be it a module's or the merge pool's. */
export interface Unit {
  readonly on: 'issue' | 'pull' | 'both' | 'tag';
  readonly row: boolean;
  readonly needs: readonly FactName[];
  commands?(options: unknown, elsewhere?: Elsewhere): Commands;
  readonly aliases?: Readonly<Record<string, string>>;
}

export const mergeId = 'merge';

/** Null for a section that nobody here answers for. */
export function unitOf(modules: Modules, id: string): Unit | null {
  if (id === mergeId) return mergeUnit;
  const module = modules.get(id);
  if (!module) return null;
  return module.on === 'tag' ? { on: 'tag', row: false, needs: [] } : module;
}
