import type { z } from 'zod';
import type { Answer, Args, Commands } from '../commands/command.ts';
import type { Actor, FactName, Seen } from '../facts/fact.ts';
import type { Given } from '../facts/plain-facts.ts';
import type { GivenTag } from '../facts/plain-tag.ts';
import type { TagFacts } from '../facts/tag-facts.ts';
import type { Text } from '../text.ts';
import type { PolicyWant, ReleaseWant } from '../wants/want.ts';

export const verdicts = ['pass', 'fail', 'wait', 'skip'] as const;
export type Verdict = (typeof verdicts)[number];

export interface Decision {
  readonly verdict: Verdict;
  /** One line for the check's table. */
  readonly because: Text;
  /** A section for the card: what a person can do now, as Markdown. Left out when there is nothing to do. */
  readonly fix?: Text;
  /** Who can act; left out: the author after `fail`, a maintainer after `wait`. */
  readonly who?: 'author' | 'reviewer' | 'maintainer';
  readonly wants: readonly PolicyWant[];
}

/** The options of another module's section, defaults filled in; null where it is off. */
export type Elsewhere = (module: string) => unknown;

/**
 * One policy. The folder's name is its id. `decide` is pure and total: same facts and options, same decision.
 */
export interface Module<N extends FactName = FactName, S extends z.ZodType = z.ZodType> {
  /** What it checks, one sentence, no full stop. */
  readonly summary: Text;
  readonly on: 'issue' | 'pull' | 'both';
  /** False for a module that only acts and never judges. */
  readonly row: boolean;
  readonly needs: readonly N[];
  /** The kinds of want it may ask for; a law test holds it to that. */
  readonly may: readonly PolicyWant['kind'][];
  /** A zod object without refinements; every key has a default and a description. */
  readonly options: S;
  /** Names of those parts of the options that answer what happens: each only what happened since it is in force. */
  pieces?(options: z.output<S>): readonly string[];
  decide(facts: Seen<N>, options: z.output<S>, elsewhere?: Elsewhere): Decision;
  /** What people can ask of it, by name in lower case, as these options make them. */
  commands?(options: z.output<S>, elsewhere?: Elsewhere): Commands<N>;
  /** Other spellings of its commands: `remove-lgtm` for `lgtm cancel`. */
  readonly aliases?: Readonly<Record<string, string>>;
}

export function defineModule<const N extends FactName, S extends z.ZodType>(module: Module<N, S>): Module<N, S> {
  return module;
}

/** What a module wants for a tag; the engine says the notes in the language of the rules. */
export interface TagDecision {
  readonly verdict: Verdict;
  /** One line without a full stop. */
  readonly because: Text;
  readonly wants: readonly (Omit<ReleaseWant, 'body'> & { readonly body: Text })[];
}

/** One policy about tags. Like a module of threads, but for what it sees; `only` and `except` say nothing about tags. */
export interface TagModule<S extends z.ZodType = z.ZodType> {
  readonly summary: Text;
  readonly on: 'tag';
  readonly row: false;
  readonly needs: readonly never[];
  readonly may: readonly ReleaseWant['kind'][];
  readonly options: S;
  /** The tag since which it has to see the commits; `everything`: all of them; null: none. */
  since(facts: TagFacts, options: z.output<S>): { readonly tag: string } | 'everything' | null;
  /** `commits` are those it asked for. */
  decide(facts: TagFacts, options: z.output<S>): TagDecision;
}

export function defineTagModule<S extends z.ZodType>(module: TagModule<S>): TagModule<S> {
  return module;
}

export type AnyModule = Module | TagModule;

/** A worked case: a test row, a line of the module's page and a preview at once. */
export interface Example {
  readonly title: string;
  /** What differs from `plainFacts` (app/facts/plain-facts.ts). */
  readonly given: Given;
  /** As a maintainer would write them. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** The sections of other modules that are on. */
  readonly elsewhere?: Readonly<Record<string, unknown>>;
  /** A part of the English text people get (`because` and `fix`). */
  readonly says?: string;
  /** A command that is given, instead of a look at the facts. */
  readonly command?: GivenCommand;
  readonly expect: {
    readonly verdict?: Verdict;
    /** What becomes of the command. */
    readonly outcome?: Answer['outcome'];
    readonly wants?: readonly PolicyWant[];
  };
}

/** A command of an example: what is left out is said by `chen` in a comment, now. */
export interface GivenCommand {
  readonly name: string;
  readonly args?: Args;
  readonly by?: Actor;
  /** The rules that are enforced and fail. */
  readonly failing?: readonly string[];
}

/** A worked case of a module of tags. */
export interface TagExample extends Pick<Example, 'title' | 'options' | 'says'> {
  /** What differs from `plainTag` (app/facts/plain-tag.ts). */
  readonly given: GivenTag;
  /** Parts of the English notes. */
  readonly notes?: readonly string[];
  readonly expect: { readonly verdict: Verdict };
}

export type AnyExample = Example | TagExample;
