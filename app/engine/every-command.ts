import { usageOf } from '../commands/arguments.ts';
import type { CommandList, Listed } from '../commands/command-list.ts';
import type { Command } from '../commands/command.ts';
import { whoText } from '../commands/who-may.ts';
import { mergeUnit } from '../merge-pool/section.ts';
import type { Rules } from '../rules/rules.ts';
import { listed, phrase } from '../text.ts';
import type { Text } from '../text.ts';
import { commandTable } from './command-table.ts';
import type { Modules } from './load.ts';
import { ownCommands } from './own-commands.ts';
import type { Setup } from './set-up.ts';
import { mergeId } from './units.ts';

export type { CommandList, Listed } from '../commands/command-list.ts';

const anyone = phrase({ en: 'anyone', 'zh-CN': '任何人' })();

/** Who may use it, for people. */
export function whoOf({ who, orElse }: Pick<Command, 'who' | 'orElse'>): Text {
  const named = who.includes('anyone') ? anyone : whoText(who);
  return orElse ? listed([named, orElse.who]) : named;
}

const lists = new WeakMap<Rules, CommandList>();
const byName = (a: Listed, b: Listed) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

function shownAs(name: string, module: string | null, command: Command, prefix = '/'): Listed {
  const { on, args, summary } = command;
  const examples = command.examples.map((text) => text.replace(/^\//, prefix));
  return { name, module, usage: usageOf(name, args, prefix), on, who: whoOf(command), summary, examples };
}

/** The commands that are switched on by these rules; those of a preview are answered by nobody. */
export function commandsIn(setup: Setup): CommandList {
  const known = lists.get(setup.rules);
  if (known) return known;
  const { entries, aliases, prefix } = commandTable(setup);
  const commands = [...entries].flatMap(([name, all]) =>
    all
      .filter(({ mode }) => mode !== 'preview')
      .map(({ section, command }) => shownAs(name, section?.module ?? null, command, prefix)),
  );
  const isShown = (stands: string) => commands.some(({ name }) => name === stands.split(' ', 1)[0]?.toLowerCase());
  const others = [...aliases]
    .filter(([, stands]) => isShown(stands))
    .map(([alias, stands]) => [prefix + alias, prefix + stands] as const)
    .sort();
  const list = { commands: commands.sort(byName), aliases: others };
  lists.set(setup.rules, list);
  return list;
}

/** Every command there is, as the default options make it; by name. */
export function everyCommand(modules: Modules): readonly Listed[] {
  const found: [string | null, Readonly<Record<string, Command>>][] = [[null, ownCommands]];
  for (const [id, module] of modules) {
    if (module.on === 'tag' || !module.commands) continue;
    found.push([id, module.commands(module.options.parse({}))]);
  }
  if (!modules.has(mergeId)) found.push([mergeId, mergeUnit.commands()]);
  const all = found.flatMap(([module, commands]) =>
    Object.entries(commands).map(([name, command]) => shownAs(name, module, command)),
  );
  return all.sort(byName);
}
