import { usageOf } from '../commands/arguments.ts';
import type { Command } from '../commands/command.ts';
import { overrideId } from '../commands/overrides.ts';
import { onlyOnIssues, onlyOnPulls } from '../commands/words.ts';
import type { Facts } from '../facts/fact.ts';
import { code, link, unmentioned } from '../quote.ts';
import { joined, listed, phrase } from '../text.ts';
import type { Quoted, Text } from '../text.ts';
import { commandTable, fitsOn, resolve } from './command-table.ts';
import type { CommandTable } from './command-table.ts';
import { whoOf } from './every-command.ts';
import type { Heard, Ruling } from './report.ts';
import type { Setup } from './set-up.ts';
import { mergeId } from './units.ts';

const nothingLeft = phrase({
  en: 'nothing is open: everything the rules ask for is there',
  'zh-CN': '没有未完成的：规则要求的都已满足',
})();
const left = phrase<{ items: Text }>({ en: 'this is still open:\n\n{items}', 'zh-CN': '还差这些：\n\n{items}' });
const group = phrase<{ who: Text; items: Text }>({ en: '- {who}:\n{items}', 'zh-CN': '- {who}：\n{items}' });
const item = phrase<{ module: Quoted; because: Text }>({
  en: '  - {module}: {because}',
  'zh-CN': '  - {module}：{because}',
});
const mild = phrase<{ text: Text }>({
  en: '{text} (a warning, it holds nothing up)',
  'zh-CN': '{text}（仅提醒，不影响合并）',
});

/** In the order in which they are told. */
const actors: readonly (readonly [Ruling['who'], Text])[] = [
  ['author', phrase({ en: 'the author can act', 'zh-CN': '由作者处理' })()],
  ['reviewer', phrase({ en: 'reviewers can act', 'zh-CN': '由评审人处理' })()],
  ['maintainer', phrase({ en: 'maintainers can act', 'zh-CN': '由维护者处理' })()],
  ['bot', phrase({ en: 'the bot is at it', 'zh-CN': '由机器人处理' })()],
  [null, phrase({ en: 'nobody has to act', 'zh-CN': '无需处理，等待即可' })()],
];
const landing = phrase({ en: 'all that the merge waits for', 'zh-CN': '合并还在等的全部条件' })();
const overridden = phrase({ en: 'overridden, so it holds nothing up', 'zh-CN': '已被放行，不再影响合并' })();

function groupOf(who: Text, rows: readonly Ruling[]): Text[] {
  const items = rows.map(({ module, because, mode }) => {
    const text = item({ module: code(module), because: unmentioned(because) });
    return mode === 'warn' && module !== mergeId ? mild({ text }) : text;
  });
  return items.length === 0 ? [] : [group({ who, items: joined(items) })];
}

/** Everything that is not as the rules want it, by who can act; the merge, which waits for all of it, comes last. */
function why(rows: readonly Ruling[]): Text {
  const open = rows.filter(({ verdict }) => verdict === 'fail' || verdict === 'wait');
  const [merge, others] = [
    open.filter(({ module }) => module === mergeId),
    open.filter(({ module }) => module !== mergeId),
  ];
  const groups = actors.flatMap(([actor, who]) =>
    groupOf(
      who,
      others.filter((row) => row.who === actor),
    ),
  );
  const all = [...groups, ...groupOf(landing, merge)];
  const passed = groupOf(
    overridden,
    rows.filter(({ module, verdict }) => module === overrideId && verdict === 'pass'),
  );
  if (all.length > 0) return left({ items: joined([...all, ...passed]) });
  return passed.length === 0 ? nothingLeft : joined([nothingLeft, ...passed], '\n\n');
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

const more = phrase<{ page: Quoted }>({ en: 'With examples: {page}', 'zh-CN': '示例见 {page}' });

/** Who may not see the repository would find nothing there. */
function furtherOn({ commandsAt }: Setup, { repo }: Facts): Text[] {
  if (!commandsAt || repo.private) return [];
  return [more({ page: link(repo.name, commandsAt(repo.name)) })];
}

const spellings = phrase<{ list: Text }>({ en: 'Other spellings: {list}', 'zh-CN': '其他写法：{list}' });
const spelling = phrase<{ alias: Quoted; stands: Quoted }>({
  en: '{alias} for {stands}',
  'zh-CN': '{alias} 等于 {stands}',
});

function otherSpellings({ aliases, prefix }: CommandTable, names: readonly string[]): Text[] {
  const shown = [...aliases].filter(([, stands]) => names.includes(stands.split(' ', 1)[0]?.toLowerCase() ?? ''));
  const list = shown.map(([alias, stands]) => spelling({ alias: code(prefix + alias), stands: code(prefix + stands) }));
  return list.length === 0 ? [] : [spellings({ list: listed(list) })];
}

const onlyThere = (command: Quoted, { thread }: Facts) =>
  (thread.kind === 'issue' ? onlyOnPulls : onlyOnIssues)({ command });

/** The commands that work on this kind of thread; one alone when it is named, also one for the other kind. */
function commandsHere(setup: Setup, facts: Facts, asked: string): Text {
  const table = commandTable(setup);
  const { entries, prefix } = table;
  const all = [...entries].flatMap(([name, some]) => some.map((entry) => ({ name, entry })));
  const answered = all.filter(({ entry }) => entry.mode !== 'preview');
  const here = answered.filter(({ entry }) => fitsOn(entry, facts.thread.kind));
  const meant = resolve(asked, '', table)?.name ?? asked;
  const isMeant = ({ name }: { readonly name: string }) => name === meant;
  const named = here.some(isMeant) ? here.filter(isMeant) : answered.filter(isMeant);
  if (named.length > 0) {
    const about = named.map(({ name, entry: { command } }) => explained(name, command, prefix));
    const elsewhere = here.some(isMeant) ? [] : [onlyThere(code(prefix + meant), facts)];
    return joined([joined([...about, ...elsewhere]), ...furtherOn(setup, facts)], '\n\n');
  }
  const rows = here.map(({ name, entry: { command } }) => {
    const usage = inCell(code(usageOf(name, command.args, prefix)));
    return row({ usage, who: whoOf(command), summary: command.summary });
  });
  const others = otherSpellings(
    table,
    here.map(({ name }) => name),
  );
  return joined([head({ rows: joined(rows) }), ...others, ...furtherOn(setup, facts)], '\n\n');
}

/** What only the engine knows, in answer to a command. */
export function tellFor(heard: Heard, rows: readonly Ruling[], setup: Setup, facts: Facts): Text | null {
  if (heard.tell === 'why') return why(rows);
  const { prefix } = setup.rules.commands;
  const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(heard.written.slice(prefix.length)) ?? [];
  // An alias may name the command itself.
  const [asked = ''] = (resolve(word, rest, commandTable(setup))?.rest ?? rest).split(/\s/, 1);
  return heard.tell === 'commands' ? commandsHere(setup, facts, asked.toLowerCase().replace(prefix, '')) : null;
}
