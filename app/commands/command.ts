import type { Asked } from '../facts/command-facts.ts';
import type { FactName, Seen } from '../facts/fact.ts';
import type { Text } from '../text.ts';
import type { PolicyWant } from '../wants/want.ts';

/**
 * What an argument may look like. `user`: a login with or without `@`; `team`: `@org/team`; `people`: either; `label`,
 * `branch`: GitHub's own limits; `sha`: 7 to 64 hex digits; `duration`: `30m`, `2d`; `date`: `2026-01-31`; `number`: `#12` or
 * `12`; `check`: the name of a check or status; `text`: anything; `choice`: one of the words of `of`.
 */
export const argumentTypes = [
  ...['user', 'team', 'people', 'label', 'branch', 'sha', 'duration', 'date', 'number', 'check', 'text', 'choice'],
] as const;
export type ArgumentType = (typeof argumentTypes)[number];

/**
 * One argument, in its place or under its name: `sha=0123abc`, `reason="two words"`. A word that does not fit an optional one
 * is tried against the next.
 */
export interface Argument {
  /** What it is called where usage is shown, and in `Args`. */
  readonly name: string;
  readonly type: ArgumentType;
  /** The words of a `choice`. */
  readonly of?: readonly string[];
  readonly optional?: true;
  /** One or more of them; of a `text`: the rest of the line as it is. */
  readonly many?: true;
  /** Only under its name, never in a place. */
  readonly named?: true;
  /** What stands in front of the rest of the line: `--`. */
  readonly after?: string;
}

/** What was given, by the argument's name; one of `many` is a list, one left out is not there. */
export type Args = Readonly<Record<string, string | readonly string[]>>;

/** One command line, understood. */
export interface Call {
  /** The comment's (or review's, or body's) own key and the line. */
  readonly key: string;
  /** The name it was given by, in lower case: `remove-kind`. */
  readonly name: string;
  readonly args: Args;
  /** As it was written, without the prefix. */
  readonly written: string;
  readonly by: Asked['by'];
  /** When it was said, by GitHub's clock. */
  readonly at: string;
  readonly surface: Asked['surface'];
  /** Said in a review: the commit that was looked at, as GitHub has it; '' where it does not tell. */
  readonly seen?: string;
  /** It was accepted in a look that never ended, which may have done a part of it. */
  readonly again?: true;
}

/** What becomes of a command. */
export interface Answer {
  /** `refused`: the person may not, or it cannot be done; `unclear`: it was not understood. */
  readonly outcome: 'done' | 'refused' | 'unclear';
  /** One line for the person; what is done needs none unless it answers a question. */
  readonly say?: Text;
  /** Something that only the engine knows is told: everything the merge waits for, or the commands that work here. */
  readonly tell?: 'why' | 'commands';
  readonly wants: readonly PolicyWant[];
  /** False: the command is not kept among `asks` although its declaration says so; arguments: these are kept instead. */
  readonly keep?: false | Args;
}

/**
 * Who may use a command: the words of a `who` list (levels, `member`, `author`, teams, logins), and besides them `anyone`;
 * `some-right`: triage or more, or a member of the organisation; `reviewer`: triage or more, or named in the owners of a
 * touched file; `collaborator`: triage or more; `nobody`: only who is named otherwise.
 */
export type Who = readonly string[];

/** One command of a module. */
export interface Command<N extends FactName = FactName> {
  /** What it does, one sentence, no full stop. */
  readonly summary: Text;
  readonly on: 'issue' | 'pull' | 'both';
  readonly args: readonly Argument[];
  readonly who: Who;
  /** Whom it is for besides, as the facts have it. */
  readonly orElse?: {
    /** `everybody once …`, for pages and refusals. */
    readonly who: Text;
    holds(facts: Seen<N | CommandFact>): boolean;
  };
  /** As people write it, with the prefix `/`; each is understood and allowed by its own grammar. */
  readonly examples: readonly string[];
  /**
   * An approval: it is bound to the head the person could have seen, and not accepted where that is in doubt. An argument of
   * type `sha` names the head in so many words.
   */
  readonly binds?: (args: Args) => boolean;
  /** It only keeps the bot from acting: it counts however late it is heard. */
  readonly holdsBack?: (args: Args) => boolean;
  /** An accepted one stays in `facts.asks`, where `decide` finds it. */
  readonly keeps?: true;
  /** Also on closed and merged threads. */
  readonly evenClosed?: true;
  /** `failing` names the rules that are enforced and fail, or broke, as things are now. */
  run(facts: Seen<N | CommandFact>, call: Call, failing: () => readonly string[]): Answer;
}

/** The commands of a module by name, as its options make them. */
export type Commands<N extends FactName = FactName> = Readonly<Record<string, Command<N>>>;

/** What the engine adds to the facts of every command. */
export type CommandFact = 'thread' | 'pull' | 'repo' | 'asks';
