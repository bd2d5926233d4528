import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FactSource } from './fact.ts';

const entry = z.object({
  name: z.string(),
  object: z.object({ text: z.string().nullish(), isTruncated: z.boolean().optional() }).nullable(),
});
const shape = z.object({ formFolder: z.object({ entries: z.array(entry).optional() }).nullable() });

const isForm = (name: string) => /\.ya?ml$/i.test(name) && !/^config\.ya?ml$/i.test(name);

export default {
  permissions: () => ({ contents: 'read' }),
  // A changed form does not judge old issues anew; it is read whenever one is looked at.
  changedBy: [],
  select: () => ({
    repository: `formFolder: object(expression: "HEAD:.github/ISSUE_TEMPLATE") {
      ... on Tree { entries { name object { ... on Blob { text isTruncated } } } } }`,
  }),
  learn({ answer }) {
    const { formFolder } = shaped(shape, answer.repository, 'the issue forms');
    return (formFolder?.entries ?? []).flatMap(({ name, object }) =>
      isForm(name) && object?.text && !object.isTruncated ? [{ file: name, text: object.text }] : [],
    );
  },
} satisfies FactSource<'forms'>;
