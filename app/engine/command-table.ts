import type { Command } from '../commands/command.ts';
import type { Grammar, Thread } from '../facts/fact.ts';
import type { Elsewhere } from '../modules/module.ts';
import { nearest } from '../rules/nearest.ts';
import type { Rules, Section } from '../rules/rules.ts';
import { ownAliases, ownCommands, ownModule } from './own-commands.ts';
import type { Mode } from './report.ts';
import type { Setup } from './set-up.ts';
import { unitOf } from './units.ts';

/** A command as it is switched on here. */
export interface Entry {
  readonly module: string;
  readonly mode: Mode;
  readonly command: Command;
  /** Null for the engine's own. */
  readonly section: Section | null;
}

export interface CommandTable {
  /** By name in lower case; several modules may have one of the same name for other kinds of threads. */
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  /** Other spellings, in lower case and without prefix, and what they stand for: `remove-lgtm` to `lgtm cancel`. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly prefix: string;
}

/** What an alias stands for in the end, where that is an alias itself; two that stand for each other stand for nothing. */
function inFull(stands: string, entries: Map<string, unknown>, aliases: Map<string, string>): string {
  let [full, left] = [stands, aliases.size];
  for (; left > 0; left--) {
    const [, first = '', after = ''] = /^(\S+)\s*(.*)$/.exec(full) ?? [];
    const next = entries.has(first.toLowerCase()) ? undefined : aliases.get(first.toLowerCase());
    if (next === undefined) return full;
    full = `${next} ${after}`.trim();
  }
  return stands;
}

const made = new WeakMap<Rules, CommandTable>();

function entriesOf(setup: Setup): CommandTable {
  const entries = new Map<string, Entry[]>();
  const aliases = new Map<string, string>(Object.entries(ownAliases));
  const elsewhere: Elsewhere = (id) => setup.rules.sections.find(({ module }) => module === id)?.options ?? null;
  const add = (name: string, entry: Entry) => entries.set(name, [...(entries.get(name) ?? []), entry]);
  for (const section of setup.rules.sections) {
    const unit = unitOf(setup.modules, section.module);
    if (!unit?.commands || unit.on === 'tag') continue;
    const { module, mode } = section;
    for (const [name, command] of Object.entries(unit.commands(section.options, elsewhere)))
      add(name, { module, mode, command, section });
    for (const [name, stands] of Object.entries(unit.aliases ?? {})) aliases.set(name, stands);
  }
  for (const [name, command] of Object.entries(ownCommands))
    add(name, { module: ownModule, mode: 'enforce', command, section: null });
  const { prefix, alias } = setup.rules.commands;
  const bare = (text: string) => (text.startsWith(prefix) ? text.slice(prefix.length) : text.replace(/^\//, ''));
  for (const [name, stands] of Object.entries(alias)) aliases.set(bare(name).toLowerCase(), bare(stands));
  for (const [name, stands] of aliases) aliases.set(name, inFull(stands, entries, aliases));
  return { entries, aliases, prefix };
}

/** The commands of one repository, from the rules that are in force there. */
export function commandTable(setup: Setup): CommandTable {
  const known = made.get(setup.rules);
  if (known) return known;
  const table = entriesOf(setup);
  made.set(setup.rules, table);
  return table;
}

/** ASCII only, so that nothing that merely looks like a command is one. */
const name = /^[a-z][a-z\d-]{0,39}$/i;

/** What a word stands for: the command's name and what an alias puts before its arguments; null where nobody answers for it. */
export function resolve(word: string, rest: string, { entries, aliases }: CommandTable) {
  const stands = aliases.get(word.toLowerCase());
  const [, first = '', after = ''] = /^(\S+)\s*(.*)$/.exec(stands ?? '') ?? [];
  const found = stands === undefined ? word.toLowerCase() : first.toLowerCase();
  if (stands === undefined && !name.test(word)) return null;
  return entries.has(found) ? { name: found, rest: [after, rest].filter((part) => part !== '').join(' ') } : null;
}

/** The command a misspelt word may have meant. */
export function nearMiss(word: string, { entries, aliases }: CommandTable): string | null {
  if (!name.test(word) || word.length < 3) return null;
  return nearest(word, [...entries.keys(), ...aliases.keys()]);
}

/** How commands are written in a repository. */
export function grammarOf(setup: Setup): Grammar {
  const table = commandTable(setup);
  return {
    prefix: table.prefix,
    concerns: (word) => resolve(word, '', table) !== null || nearMiss(word, table) !== null,
    means: (word) => resolve(word, '', table)?.name ?? null,
    before: (word) => resolve(word, '', table)?.rest ?? '',
  };
}

/** Whether a command can be used on this kind of thread. */
export const fitsOn = ({ command }: Entry, kind: Thread['kind']): boolean =>
  command.on === 'both' || command.on === kind;
