import { z } from 'zod';

/** Where a repository's own rules stand. */
export const rulesPath = '.github/github-bot.yml';

/** A rules file as it was found; text null when it is not an ordinary text file. */
export interface RulesFile {
  readonly oid: string;
  readonly text: string | null;
}

/** Selects the rules file within a commit. */
export const entryFields = `file(path: "${rulesPath}") {
  mode type oid object { ... on Blob { text byteSize isBinary isTruncated } } }`;

export const entryShape = z.object({
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

/** No rules file is larger than this, in bytes. */
export const largestRules = 64 * 1024;
// Git's modes of an ordinary file, without and with the right to be run; a link has 120000.
const ordinary = [0o100644, 0o100755];

/** The file as it was found, or null where there is none. */
export function fileFrom(found: z.output<typeof entryShape> | null | undefined): RulesFile | null {
  if (!found) return null;
  const { object } = found;
  const plain = ordinary.includes(found.mode) && object && !object.isBinary && !object.isTruncated;
  const fits = plain && (object.byteSize ?? 0) <= largestRules;
  return { oid: found.oid, text: fits ? (object.text ?? '') : null };
}
