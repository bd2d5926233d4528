import { z } from 'zod';
import { rulesPath } from './set-up.ts';
import type { RulesFile } from './set-up.ts';

/** Selects the rules file of the default branch within `repository`. */
export const rulesFields = `defaultBranchRef { target { ... on Commit { oid file(path: "${rulesPath}") {
  mode type oid object { ... on Blob { text byteSize isBinary isTruncated } } } } } }`;

const entry = z.object({
  mode: z.number(),
  type: z.string(),
  oid: z.string(),
  object: z
    .object({
      text: z.string().nullish(),
      byteSize: z.number().optional(),
      isBinary: z.boolean().nullish(),
      isTruncated: z.boolean().optional(),
    })
    .nullable(),
});

/** The part of an answer that holds it; an empty repository has no default branch. */
export const withRulesFile = {
  defaultBranchRef: z
    .looseObject({ target: z.looseObject({ oid: z.string(), file: entry.nullish() }).nullable() })
    .nullable(),
};

const largest = 64 * 1024;
// Git's modes of an ordinary file, without and with the right to be run; a link has 120000.
const ordinary = [0o100644, 0o100755];

/** The file as it was found, or null where there is none. */
export function rulesFileFrom({ defaultBranchRef }: z.output<z.ZodObject<typeof withRulesFile>>): RulesFile | null {
  const found = defaultBranchRef?.target?.file;
  if (!found) return null;
  const { object } = found;
  const plain = ordinary.includes(found.mode) && object && !object.isBinary && !object.isTruncated;
  const fits = plain && (object.byteSize ?? 0) <= largest;
  return { oid: found.oid, text: fits ? (object.text ?? '') : null };
}
