import type { Text } from '../text.ts';
import type { Command } from './command.ts';

/** One command as pages and tables show it. */
export interface Listed {
  readonly name: string;
  /** The section of the rules that switches it on; null: it always works. */
  readonly module: string | null;
  readonly usage: string;
  readonly on: Command['on'];
  readonly who: Text;
  readonly summary: Text;
  readonly examples: readonly string[];
}

/** What people can ask of the bot in one repository, as its rules are. */
export interface CommandList {
  readonly commands: readonly Listed[];
  /** Other spellings and what they stand for, as they are written. */
  readonly aliases: readonly (readonly [alias: string, stands: string])[];
}
