import { usageOf } from '../commands/arguments.ts';
import type { Command } from '../commands/command.ts';
import type { Facts } from '../facts/fact.ts';
import { code } from '../quote.ts';
import { joined, listed, phrase } from '../text.ts';
import type { Quoted, Text } from '../text.ts';
import { commandTable, fitsOn } from './command-table.ts';
import { whoOf } from './every-command.ts';
import type { Heard, Ruling } from './report.ts';
import type { Setup } from './set-up.ts';

const nothingLeft = phrase({ en: 'everything the rules ask for is there', 'zh-CN': '规则要求的都已满足' })();
const left = phrase<{ items: Text }>({ en: 'this is still open:\n\n{items}', 'zh-CN': '还差这些：\n\n{items}' });
const item = phrase<{ module: Quoted; because: Text }>({
  en: '- {module}: {because}',
  'zh-CN': '- {module}：{because}',
});

/** Everything that is not as the rules want it, row by row as in the check. */
function why(rows: readonly Ruling[]): Text {
  const open = rows.filter(({ verdict }) => verdict === 'fail' || verdict === 'wait');
  if (open.length === 0) return nothingLeft;
  return left({ items: joined(open.map(({ module, because }) => item({ module: code(module), because }))) });
}

const head = phrase<{ rows: Text }>({
  en: 'these commands work here:\n\n| command | who | what it does |\n| --- | --- | --- |\n{rows}',
  'zh-CN': '这里可以用这些指令：\n\n| 指令 | 谁可以用 | 作用 |\n| --- | --- | --- |\n{rows}',
});
const row = phrase<{ usage: Quoted; who: Text; summary: Text }>({
  en: '| {usage} | {who} | {summary} |',
  'zh-CN': '| {usage} | {who} | {summary} |',
});
const inCell = (quoted: Quoted): Quoted => ({ markdown: quoted.markdown.replaceAll('|', '\\|') });

const one = phrase<{ usage: Quoted; who: Text; summary: Text; examples: Text }>({
  en: '{usage}: {summary}. For: {who}. For example: {examples}',
  'zh-CN': '{usage}：{summary}。可用者：{who}。例如：{examples}',
});

function explained(name: string, command: Command, prefix: string): Text {
  const examples = listed(command.examples.map((text) => code(text.replace(/^\//, prefix))));
  const { summary } = command;
  return one({ usage: code(usageOf(name, command.args, prefix)), who: whoOf(command), summary, examples });
}

/** The commands that work on this kind of thread; of one alone when it is named. */
function commandsHere(setup: Setup, facts: Facts, asked: string): Text {
  const { entries, prefix } = commandTable(setup);
  const all = [...entries].flatMap(([name, some]) => some.map((entry) => ({ name, entry })));
  const here = all.filter(({ entry }) => fitsOn(entry, facts.thread.kind) && entry.mode !== 'preview');
  const named = here.filter(({ name }) => name === asked);
  if (named.length > 0) return joined(named.map(({ name, entry: { command } }) => explained(name, command, prefix)));
  const rows = here.map(({ name, entry: { command } }) => {
    const usage = inCell(code(usageOf(name, command.args, prefix)));
    return row({ usage, who: whoOf(command), summary: command.summary });
  });
  return head({ rows: joined(rows) });
}

/** What only the engine knows, in answer to a command. */
export function tellFor(heard: Heard, rows: readonly Ruling[], setup: Setup, facts: Facts): Text | null {
  if (heard.tell === 'why') return why(rows);
  const { prefix } = setup.rules.commands;
  const [, asked = ''] = /^\S+\s+(\S+)/.exec(heard.written) ?? [];
  return heard.tell === 'commands' ? commandsHere(setup, facts, asked.toLowerCase().replace(prefix, '')) : null;
}
