import { commands } from './chapters/commands.ts';
import { delivery } from './chapters/delivery.ts';
import { ingress } from './chapters/ingress.ts';
import { merging } from './chapters/merging.ts';
import { operations } from './chapters/operations.ts';
import { outbound } from './chapters/outbound.ts';
import { output } from './chapters/output.ts';
import { parsers } from './chapters/parsers.ts';
import { robots } from './chapters/robots.ts';
import { secrets } from './chapters/secrets.ts';
import { tenancy } from './chapters/tenancy.ts';

/** Something that may go wrong or be tried against the bot, and what shows that it holds. */
export interface Case {
  /** A letter for its chapter and a number. */
  readonly id: string;
  /** One of those that come first. */
  readonly starred?: true;
  readonly title: string;
  /** `file › title` of tests, suites and scenarios; a title with values in it as it stands in the file. */
  readonly shownBy: readonly string[];
  /** What is not shown, and why not. */
  readonly open?: string;
}

/** How many cases each chapter has. */
export const chapters = { E: 13, D: 13, N: 14, C: 16, M: 19, P: 11, T: 9, U: 9, S: 10, R: 8, O: 9 } as const;

/** Everything the bot is to withstand. */
export const cases: readonly Case[] = [
  ...ingress,
  ...delivery,
  ...outbound,
  ...commands,
  ...merging,
  ...parsers,
  ...tenancy,
  ...output,
  ...secrets,
  ...robots,
  ...operations,
];
