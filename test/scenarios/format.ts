import { LineCounter, parseAllDocuments, type Document } from 'yaml';
import type { World } from '../fake-github/fake-github.ts';
import type { Parsed, Step } from './scenario.ts';
import { list, offsetOf, Reading, record, text } from './shapes.ts';
import { oneStep, stepShapes } from './step-shapes.ts';
import { worldShape } from './world-shape.ts';

const scenarioShape = record(
  'a scenario',
  { title: text, world: worldShape, rules: text, steps: list(oneStep(stepShapes)) },
  ...['title', 'steps'],
);

interface Draft {
  readonly title?: string;
  readonly world?: World;
  readonly rules?: string;
  readonly steps?: readonly (Omit<Step, 'number'> | undefined)[];
}

function readDocument(document: Document, lines: LineCounter, file: string): Parsed {
  const read = new Reading(document, lines);
  const at = offsetOf(document.contents, document.range?.[0] ?? 0);
  const line = read.line(at);
  for (const error of document.errors) read.wrong(error.pos[0], error.message.split(' at line ')[0] ?? error.message);
  const draft = (scenarioShape(read.resolve(document.contents), at, read) ?? {}) as Draft;
  read.finish();
  const title = typeof draft.title === 'string' ? draft.title : '(no title)';
  if (read.problems.length > 0) return { kind: 'broken', title, file, line, problems: inOrder(read.problems) };
  const steps = (draft.steps ?? []).flatMap((step, index) => (step ? [{ ...step, number: index + 1 }] : []));
  const scenario = { title, file, line, world: draft.world ?? {}, rules: draft.rules ?? '', steps };
  return { kind: 'scenario', scenario };
}

const inOrder = (problems: Reading['problems']) =>
  problems.toSorted((one, other) => one.line - other.line || one.column - other.column);

/** Every document of a scenario file, in order; documents without content are left out. */
export function parseScenarios(source: string, file: string): Parsed[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(source, { lineCounter: lines, prettyErrors: false });
  if (!Array.isArray(documents)) return [];
  return (documents as Document[])
    .filter((document) => document.contents !== null || document.errors.length > 0)
    .map((document) => readDocument(document, lines, file));
}
