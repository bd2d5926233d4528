import { mergeUnit } from '../merge-pool/section.ts';
import type { Catalogue } from './rules.ts';

/** The catalogue with the sections that are no modules. */
export function withOwnSections(catalogue: Catalogue): Catalogue {
  return catalogue.has('merge') ? catalogue : new Map([...catalogue, ['merge', mergeUnit]]);
}
