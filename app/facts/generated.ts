import { z } from 'zod';
import { shaped } from './actor.ts';
import type { FactSource } from './fact.ts';
import { generatedBy } from './generated-files.ts';

const text = z.object({ text: z.string().nullish(), isTruncated: z.boolean().optional() }).nullable();
const shape = z.object({ attributeFile: text, generatedList: text });

const textOf = (found: z.output<typeof text>) => (found?.isTruncated === true ? '' : (found?.text ?? ''));

export default {
  permissions: () => ({ contents: 'read' }),
  // What the files of the default branch say now; no pull request is judged anew because they changed.
  changedBy: [],
  select: () => ({
    repository: `attributeFile: object(expression: "HEAD:.gitattributes") { ... on Blob { text isTruncated } }
      generatedList: object(expression: "HEAD:.generated_files") { ... on Blob { text isTruncated } }`,
  }),
  learn({ answer, known }) {
    const { attributeFile, generatedList } = shaped(shape, answer.repository, 'what is generated');
    const isGenerated = generatedBy(textOf(attributeFile), textOf(generatedList));
    return (known.changes?.list ?? []).map(({ path }) => path).filter(isGenerated);
  },
} satisfies FactSource<'generated'>;
