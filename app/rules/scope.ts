import type { FactName, Facts } from '../facts/fact.ts';
import { isAmong } from '../facts/who.ts';
import { matchesGlob } from '../modules/glob.ts';
import { withOwnSections } from './own-sections.ts';
import type { Catalogue, Scope, Section } from './rules.ts';
import { noted, sectionSchema, walk } from './schemas.ts';

/** What scopes look at; `standing` and `files` only where `factsForScopes` asks for them. */
export type ScopeFacts = Pick<Facts, 'thread' | 'pull'> & Partial<Pick<Facts, 'standing' | 'files'>>;

/** Null: the facts do not tell. */
type Answer = boolean | null;
type Paths = (globs: readonly string[], facts: ScopeFacts) => Answer;

function isAny(globs: readonly string[], text: string, anyCase = false): boolean {
  return globs.some((glob) => matchesGlob(glob, text, anyCase));
}

const anyPath: Paths = (globs, { pull, files }) => {
  if (!pull) return false;
  if (files?.paths.some((path) => isAny(globs, path))) return true;
  return files?.complete ? false : null;
};

const everyPath: Paths = (globs, { pull, files }) => {
  if (!pull) return false;
  if (files?.paths.some((path) => !isAny(globs, path))) return false;
  // No file at all is no reason to leave a pull request out.
  return files?.complete ? files.paths.length > 0 : null;
};

/** One answer for each key the scope names; an empty list names nothing. */
function answers(scope: Scope, facts: ScopeFacts, isPaths: Paths): Answer[] {
  const { thread, pull, standing } = facts;
  const { authors, bots, branches, labels, paths, drafts } = scope;
  const all: Answer[] = [];
  if (authors?.length) all.push(standing ? isAmong(authors, standing, thread.author) : null);
  if (bots !== undefined) all.push(thread.author.bot === bots);
  if (branches?.length) all.push(pull !== null && isAny(branches, pull.base));
  if (labels?.length) all.push(thread.labels.some((label) => isAny(labels, label, true)));
  if (paths?.length) all.push(isPaths(paths, facts));
  if (drafts !== undefined) all.push(pull?.draft === drafts);
  return all;
}

/**
 * Whether a module looks at this thread. What the facts do not tell keeps it in: a module only adds conditions to a merge,
 * so looking at too much holds something up, while leaving a thread out would let it pass unseen. (A section that
 * allows something, such as `merge`, must not be asked before the files are complete.)
 */
export function inScope(section: Pick<Section, 'only' | 'except'>, facts: ScopeFacts): boolean {
  if (section.only && answers(section.only, facts, anyPath).includes(false)) return false;
  const left = section.except ? answers(section.except, facts, everyPath) : [];
  return left.length === 0 || !left.every((answer) => answer === true);
}

type Scoped = Pick<Section, 'only' | 'except'>;

function scopesOf(sections: readonly Scoped[]): Scope[] {
  return sections.flatMap(({ only, except }) => [only, except]).filter((scope) => scope !== null);
}

/** The facts `inScope` looks at for these sections, besides the thread. */
export function factsForScopes(sections: readonly Scoped[]): FactName[] {
  const names = new Set<FactName>();
  for (const { authors, branches, labels, paths, drafts } of scopesOf(sections)) {
    // What is left out by now may carry a label, and only ours is taken off.
    if ([authors, branches, labels, paths].some((list) => list?.length) || drafts !== undefined) names.add('happened');
    if (authors?.length) names.add('standing');
    if (paths?.length) names.add('files');
    if (branches?.length || paths?.length || drafts !== undefined) names.add('pull');
  }
  return [...names].sort();
}

/** Every entry of the `who` lists of these sections, once each: of `authors` and of options marked with `who`. */
export function whoIn(sections: readonly Section[], catalogue: Catalogue): string[] {
  const who = new Set(scopesOf(sections).flatMap(({ authors }) => authors ?? []));
  for (const { module, options } of sections) {
    const owner = catalogue.get(module);
    if (!owner) continue;
    walk(sectionSchema(owner), options, (schema, value) => {
      // What is marked with `ask` is about other people than the author.
      if (noted(schema, 'who') !== true || noted(schema, 'ask') !== undefined || !Array.isArray(value)) return;
      for (const entry of value) if (typeof entry === 'string') who.add(entry);
    });
  }
  return [...who].sort();
}

/** What options marked with `.meta({ ask })` hold, by that mark: entries of lists, keys of maps, texts; once each. */
export function markedIn(sections: readonly Section[], modules: Catalogue): Readonly<Record<string, string[]>> {
  const catalogue = withOwnSections(modules);
  const found = new Map<string, Set<string>>();
  for (const { module, options } of sections) {
    const owner = catalogue.get(module);
    if (!owner) continue;
    walk(sectionSchema(owner), options, (schema, value) => {
      const mark = noted(schema, 'ask');
      if (typeof mark !== 'string') return;
      const held = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : value;
      const texts = [held].flat().filter((part) => typeof part === 'string');
      found.set(mark, new Set([...(found.get(mark) ?? []), ...texts]));
    });
  }
  return Object.fromEntries([...found].map(([mark, texts]) => [mark, [...texts].sort()]));
}
