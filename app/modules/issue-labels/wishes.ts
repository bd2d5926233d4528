import { commentsIn, outlineOf, seenOf } from '../markdown.ts';
import type { Section } from '../markdown.ts';
import { bare, oneLine } from '../visible.ts';
import { isSameLabel } from '../../facts/label-history.ts';

/** Titles of form fields, with the label each answer asks for. */
export type Fields = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The level of the headings GitHub writes for the fields of a form. */
const answerLevel = 3;
const marker = /^label:\s*(\S.*)$/i;

/** The label of the first marker `<!-- label: bug -->`, as the list spells it; null when it is not on the list. */
export function markedLabel(body: string, allow: readonly string[]): string | null {
  const first = commentsIn(body).flatMap((comment) => marker.exec(comment)?.[1]?.trim() ?? [])[0];
  return allow.find((name) => first !== undefined && isSameLabel(name, first)) ?? null;
}

/** Where several answers may be chosen, GitHub writes them with commas; checkboxes stay a list of tasks. */
function answersIn({ text, tasks }: Section): readonly string[] {
  const line = oneLine(text);
  const ticked = tasks.filter((task) => task.ticked).map((task) => task.text);
  return [line, ...line.split(','), ...ticked].map(bare);
}

/** The labels that the answers of an issue form ask for. */
export function answeredLabels(body: string, fields: Fields): readonly string[] {
  const sections = outlineOf(body).sections.filter(({ level }) => level === answerLevel);
  const found = Object.entries(fields).flatMap(([title, labels]) => {
    const section = sections.find((one) => bare(one.title) === bare(seenOf(title)));
    const answers = section ? answersIn(section) : [];
    return Object.entries(labels).flatMap(([answer, label]) => (answers.includes(bare(seenOf(answer))) ? [label] : []));
  });
  return [...new Set(found)];
}
