import type { IssueForm } from '../../facts/fact.ts';
import { outlineOf, seenOf } from '../markdown.ts';
import type { Section, Task } from '../markdown.ts';
import { bare, isSeen } from '../visible.ts';
import { answerLevel, formOf } from './forms.ts';

/** A part the issue lacks, by the name maintainers gave it; `there` when only its text or its tick is missing. */
export interface Missing {
  readonly kind: 'heading' | 'box' | 'marker';
  readonly name: string;
  readonly there: boolean;
}

export interface Wanted {
  readonly headings: readonly string[];
  readonly checkboxes: readonly string[];
  /** '' asks for none. */
  readonly marker: string;
  readonly forms: readonly IssueForm[];
}

type Named<T> = T & { readonly name: string };
/** Whether the next heading ends the part under `own`. */
type Ends = (next: Named<Section>, own: Named<Section>) => boolean;

const longest = 64 * 1024;
/** What GitHub's forms write for a field that was left empty. */
const noResponse = 'no response';

const nameOf = (line: string) => bare(seenOf(line));
const isAnswer = (text: string) => isSeen(text) && bare(text) !== noResponse;

function isAnswered(name: string, sections: readonly Named<Section>[], ends: Ends): boolean {
  let own: Named<Section> | null = null;
  for (const section of sections) {
    if (section.name === name) own = section;
    else if (own && ends(section, own)) own = null;
    if (own && isAnswer(section.text)) return true;
  }
  return false;
}

function headings(labels: readonly string[], sections: readonly Named<Section>[], ends: Ends): Missing[] {
  return labels.flatMap((label) => {
    const name = nameOf(label);
    if (isAnswered(name, sections, ends)) return [];
    return [{ kind: 'heading' as const, name: label, there: sections.some((section) => section.name === name) }];
  });
}

function boxes(labels: readonly string[], tasks: readonly Named<Task>[]): Missing[] {
  return labels.flatMap((label) => {
    const name = nameOf(label);
    const own = tasks.filter((task) => task.name === name);
    return own.some(({ ticked }) => ticked) ? [] : [{ kind: 'box' as const, name: label, there: own.length > 0 }];
  });
}

function once(missing: readonly Missing[]): Missing[] {
  return [...new Map(missing.map((part) => [`${part.kind} ${nameOf(part.name)}`, part])).values()];
}

const lineEnds = (text: string) => text.replaceAll('\r\n', '\n');

/** What the text lacks of what is wanted; null when nothing is asked of it. */
export function missingIn(body: string, wanted: Wanted): readonly Missing[] | null {
  const text = lineEnds(body.slice(0, longest));
  const outline = outlineOf(text);
  const form = formOf(outline, wanted.forms);
  if (!form && wanted.headings.length + wanted.checkboxes.length === 0 && wanted.marker === '') return null;
  const sections = outline.sections.map((section) => ({ ...section, name: bare(section.title) }));
  const tasks = outline.tasks.map((task) => ({ ...task, name: bare(task.text) }));
  const parts = new Set(wanted.headings.map(nameOf));
  const fields = new Set(form?.labels.map(nameOf));
  // A deeper heading belongs to the part above it, unless it is asked for itself.
  const endsPart: Ends = (next, own) => next.level <= own.level || parts.has(next.name);
  // Within an answer people write headings of any level: only another field ends it.
  const endsAnswer: Ends = (next) => next.level === answerLevel && fields.has(next.name);
  const hasMarker = wanted.marker === '' || text.includes(lineEnds(wanted.marker));
  return once([
    ...(hasMarker ? [] : [{ kind: 'marker' as const, name: wanted.marker, there: false }]),
    ...headings(wanted.headings, sections, endsPart),
    ...headings(form?.required ?? [], sections, endsAnswer),
    ...boxes(wanted.checkboxes, tasks),
    ...boxes(form?.boxes ?? [], tasks),
  ]);
}
