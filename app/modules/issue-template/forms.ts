import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { IssueForm } from '../../facts/fact.ts';
import type { Outline } from '../markdown.ts';
import { seenOf } from '../markdown.ts';
import { bare } from '../visible.ts';

/** What an issue form asks for, by the labels people see. */
export interface Form {
  /** Of every field with an answer; GitHub writes each as a `### label` heading. */
  readonly labels: readonly string[];
  readonly required: readonly string[];
  /** The boxes that must be ticked. */
  readonly boxes: readonly string[];
}

const longest = 64 * 1024;
/** GitHub writes the answers under headings of this level. */
export const answerLevel = 3;

const option = z.object({ label: z.string(), required: z.boolean().catch(false) });
const field = z.object({
  type: z.enum(['input', 'textarea', 'dropdown', 'checkboxes']),
  attributes: z.object({ label: z.string().min(1), options: z.array(z.unknown()).catch([]) }),
  validations: z.object({ required: z.boolean().catch(false) }).catch({ required: false }),
});
const shape = z.object({ body: z.array(z.unknown()) });

function fitting<T>(schema: z.ZodType<T>, values: readonly unknown[]): T[] {
  return values.flatMap((value) => schema.safeParse(value).data ?? []);
}

function yaml(text: string): unknown {
  try {
    const document = parseDocument(text, { logLevel: 'silent' });
    return document.errors.length > 0 ? null : document.toJS();
  } catch {
    // Aliases that multiply without end, or nesting deeper than the stack.
    return null;
  }
}

/** What the form asks for; null when it is no form GitHub could show. */
export function readForm({ text }: IssueForm): Form | null {
  const body = text.length > longest ? null : shape.safeParse(yaml(text)).data?.body;
  const fields = fitting(field, body ?? []);
  if (fields.length === 0) return null;
  const boxes = fields.filter(({ type }) => type === 'checkboxes').flatMap(({ attributes }) => attributes.options);
  return {
    labels: fields.map(({ attributes }) => attributes.label),
    required: fields.filter(({ validations }) => validations.required).map(({ attributes }) => attributes.label),
    boxes: fitting(option, boxes).flatMap(({ label, required }) => (required ? [label] : [])),
  };
}

/** The form the text was made from: the one most of whose labels stand in it as headings, at least half of them and two, or all. */
export function formOf(outline: Outline, forms: readonly IssueForm[]): Form | null {
  const titles = new Set(outline.sections.filter(({ level }) => level === answerLevel).map(({ title }) => bare(title)));
  let best: { form: Form; hits: number; share: number } | null = null;
  for (const form of forms.map(readForm)) {
    if (!form) continue;
    const hits = form.labels.filter((label) => titles.has(bare(seenOf(label)))).length;
    const share = hits / form.labels.length;
    if (share < 1 && (hits < 2 || share < 0.5)) continue;
    if (!best || hits > best.hits || (hits === best.hits && share > best.share)) best = { form, hits, share };
  }
  return best?.form ?? null;
}
