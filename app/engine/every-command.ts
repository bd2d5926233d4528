import { usageOf } from '../commands/arguments.ts';
import type { Command } from '../commands/command.ts';
import { whoText } from '../commands/who-may.ts';
import { mergeUnit } from '../merge-pool/section.ts';
import { listed, phrase } from '../text.ts';
import type { Text } from '../text.ts';
import type { Modules } from './load.ts';
import { ownCommands } from './own-commands.ts';
import { mergeId } from './units.ts';

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

const anyone = phrase({ en: 'anyone', 'zh-CN': '任何人' })();

/** Who may use it, for people. */
export function whoOf({ who, orElse }: Pick<Command, 'who' | 'orElse'>): Text {
  const named = who.includes('anyone') ? anyone : whoText(who);
  return orElse ? listed([named, orElse.who]) : named;
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
    Object.entries(commands).map(([name, command]) => {
      const { on, args, summary, examples } = command;
      return { name, module, usage: usageOf(name, args), on, who: whoOf(command), summary, examples };
    }),
  );
  return all.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
