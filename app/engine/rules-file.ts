import { z } from 'zod';
import { entryFields, entryShape, fileFrom } from '../facts/rules-entry.ts';
import type { RulesFile } from '../facts/rules-entry.ts';

/** Selects the rules file of the default branch within `repository`, and when anything was pushed there last. */
export const rulesFields = `pushedAt defaultBranchRef { target { ... on Commit { oid ${entryFields} } } }`;

/** The part of an answer that holds it; an empty repository has no default branch. */
export const withRulesFile = {
  pushedAt: z.string().nullish(),
  defaultBranchRef: z
    .looseObject({ target: z.looseObject({ oid: z.string(), file: entryShape.nullish() }).nullable() })
    .nullable(),
};

/** The file as it was found, or null where there is none. */
export function rulesFileFrom({
  defaultBranchRef,
}: Pick<z.output<z.ZodObject<typeof withRulesFile>>, 'defaultBranchRef'>): RulesFile | null {
  return fileFrom(defaultBranchRef?.target?.file);
}
