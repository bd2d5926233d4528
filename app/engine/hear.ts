import { refused, unclear } from '../commands/answers.ts';
import { readArguments, usageOf } from '../commands/arguments.ts';
import type { Answer, Args, Call, Command } from '../commands/command.ts';
import type { CommandLine } from '../commands/read-lines.ts';
import { readLines } from '../commands/read-lines.ts';
import { couldSee } from '../commands/seen-head.ts';
import { hasSomeRight, mayUse } from '../commands/who-may.ts';
import * as words from '../commands/words.ts';
import { acceptedKey, heardKey, isLate } from '../facts/callers.ts';
import { blobsOf } from '../facts/reviewed-blobs.ts';
import type { Asked, Spoken } from '../facts/command-facts.ts';
import type { Facts } from '../facts/fact.ts';
import { code } from '../quote.ts';
import { inScope } from '../rules/scope.ts';
import { listed } from '../text.ts';
import type { Quoted, Text } from '../text.ts';
import type { Want } from '../wants/want.ts';
import { commandTable, fitsOn, grammarOf, nearMiss, resolve } from './command-table.ts';
import type { CommandTable, Entry } from './command-table.ts';
import { unlessDeclined } from './declined.ts';
import { whoOf } from './every-command.ts';
import { ignoreLabel, isIgnored, isSilenced, ownModule } from './own-commands.ts';
import { project } from './reconcile.ts';
import type { Heard } from './report.ts';
import type { Setup } from './set-up.ts';

/** What became of the commands that nobody had dealt with yet. */
export interface Hearing {
  /** The facts once the commands are carried out. */
  readonly facts: Facts;
  readonly heard: readonly Heard[];
  /** What they want of GitHub; of two that contradict each other the later one. */
  readonly wants: readonly { readonly by: string; readonly want: Want }[];
  /** Newly accepted, to be kept. */
  readonly asked: readonly Asked[];
}

interface Room {
  readonly setup: Setup;
  readonly table: CommandTable;
  readonly report: string;
  readonly failing: (facts: Facts) => readonly string[];
  facts: Facts;
  readonly heard: Heard[];
  readonly wants: Map<string, { by: string; want: Want }>;
  readonly asked: Asked[];
}

type Spoke = Answer & { readonly broke?: string };

/** The same command for exactly this head. What takes the rest of the line has the head in front, under its name. */
function withHead({ written, name }: Call, args: Command['args'], head: string): string {
  const last = args.at(-1);
  if (last?.type !== 'text' || last.many !== true) return `${written} ${head}`;
  const named = args.find(({ type }) => type === 'sha')?.name ?? 'sha';
  return `${name} ${named}=${head}${written.slice(name.length)}`;
}

/** Why an approval cannot be bound to the head as it is; null when it can. */
function doubtOn({ head, pull }: Facts, call: Call, { args }: Command, prefix: string): Text | null {
  if (!pull) return null;
  const short = pull.head.slice(0, 12);
  const given = args.flatMap(({ name, type }) => (type === 'sha' ? (call.args[name] ?? []) : []))[0];
  if (given !== undefined) {
    const fits = pull.head.startsWith(given.toLowerCase());
    if (!fits) return words.otherHead({ given: code(given), head: code(short) });
    // Fewer digits than we write ourselves can be found by trying: they settle nothing.
    if (given.length >= short.length) return null;
  }
  const named = given === undefined ? withHead(call, args, short) : call.written.replace(given, short);
  const repeat = code(prefix + named);
  if (call.seen !== undefined) return call.seen === pull.head ? null : words.headMoved({ repeat });
  return couldSee(head, call.at) ? null : words.headInDoubt({ command: code(`${prefix}${call.written}`), repeat });
}

function callOf(said: Spoken, { line, rest }: CommandLine, name: string, args: Args, { facts }: Room): Call {
  const key = `${said.key}:${line}`;
  const written = [name, rest].filter((part) => part !== '').join(' ');
  const again = facts.done.includes(acceptedKey(key)) && { again: true as const };
  const seen = said.commit !== undefined && { seen: said.commit };
  return { key, name, args, written, by: said.by, at: said.at, surface: said.surface, ...seen, ...again };
}

function carriedOut(entry: Entry, call: Call, room: Room): Spoke {
  const { facts, table } = room;
  const command = code(`${table.prefix}${call.name}`);
  const { who, orElse, evenClosed, binds } = entry.command;
  const standing = facts.callers[String(call.by.id)] ?? null;
  const isAuthor = call.by.id !== null && call.by.id === facts.thread.author.id;
  const caller = { by: call.by, standing, isAuthor, owners: facts.owners };
  if (!mayUse(who, caller) && orElse?.holds(facts) !== true)
    return refused(standing ? words.notAllowed({ command, who: whoOf(entry.command) }) : words.notChecked({ command }));
  if (facts.thread.state !== 'open' && !evenClosed) return refused(words.closedAlready({ command }));
  const doubt = binds?.(call.args) === true ? doubtOn(facts, call, entry.command, table.prefix) : null;
  if (doubt) return refused(doubt);
  try {
    const spoke = entry.command.run(facts, call, () => room.failing(facts));
    // Carried out in a look that never ended, it finds what it did itself: no refusal, though there may be more to say.
    if (spoke.outcome !== 'done' && call.again) return { ...spoke, outcome: 'done' };
    const closes = spoke.wants.some((want) => want.kind === 'state' && !want.open);
    if (closes && room.setup.broken.length > 0) return refused(words.rulesBroken({ command }));
    return unlessSilenced(unlessDeclined(spoke, command, facts.done, room.setup.kinds), command, entry, facts);
  } catch (error) {
    const broke = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...refused(words.brokeOn({ command, report: code(room.report) })), broke };
  }
}

/** The answer without what the ignore label stops; refused where nothing of it is left. */
function unlessSilenced(answer: Answer, command: Quoted, { command: { keeps }, module }: Entry, facts: Facts): Answer {
  if (answer.outcome !== 'done' || module === ownModule || !isIgnored(facts)) return answer;
  const wants = answer.wants.filter((want) => !isSilenced(want));
  const isAll = keeps !== true && answer.wants.length > 0 && wants.length === 0;
  return isAll ? refused(words.silenced({ command, label: code(ignoreLabel) })) : { ...answer, wants };
}

/** Bound to what the person could see. */
function askedFrom(entry: Entry, call: Call, { facts }: Room): Asked {
  const { pull, head, callers, changes, tip } = facts;
  const blobs = blobsOf(changes.list);
  return {
    ...{ key: call.key, name: call.name, module: entry.module, args: call.args, surface: call.surface },
    ...{ by: call.by, level: callers[String(call.by.id)]?.level ?? 'none', at: call.at },
    ...{ head: pull?.head ?? '', tree: head?.tree ?? '', base: pull?.base ?? '', withdrawn: false },
    ...(tip !== null && { tip }),
    ...(changes.list.length > 0 && { blobs }),
  };
}

/** The entry that a line means here, and its arguments; or what is wrong with it, and in which mode that is said. */
function understood(
  name: string,
  rest: string,
  { table, facts }: Room,
): { entry: Entry; args: Args } | { mode: Heard['mode']; spoke: Spoke } {
  const kind = facts.thread.kind;
  const all = table.entries.get(name) ?? [];
  const fitting = all.filter((entry) => fitsOn(entry, kind));
  const here = fitting.filter(({ section }) => !section || inScope(section, facts));
  for (const entry of here) {
    const args = readArguments(entry.command.args, rest);
    if (args) return { entry, args };
  }
  const mode = (here[0] ?? fitting[0] ?? all[0])?.mode ?? 'enforce';
  const command = code(`${table.prefix}${name}`);
  if (fitting.length === 0)
    return { mode, spoke: refused((kind === 'issue' ? words.onlyOnPulls : words.onlyOnIssues)({ command })) };
  if (here.length === 0) return { mode, spoke: refused(words.notHere({ command })) };
  const written = code(`${table.prefix}${name} ${rest}`.trim());
  const usage = listed(here.map((entry) => code(usageOf(name, entry.command.args, table.prefix))));
  return { mode, spoke: unclear(words.notUnderstood({ written, usage })) };
}

function note(room: Room, said: Spoken, line: CommandLine, module: string, mode: Heard['mode'], spoke: Spoke): void {
  const { outcome, say = null, tell = null, broke = null } = spoke;
  const written = `${room.table.prefix}${line.word} ${line.rest}`.trim().slice(0, 200);
  room.heard.push({
    ...{ key: `${said.key}:${line.line}`, spoken: said.key, by: said.by },
    ...{ module, mode, written, outcome, say, tell, broke },
  });
}

function obey(said: Spoken, line: CommandLine, room: Room): void {
  const found = resolve(line.word, line.rest, room.table);
  if (!found) return correct(said, line, room);
  const meant = understood(found.name, found.rest, room);
  if ('spoke' in meant) return note(room, said, line, '', meant.mode, meant.spoke);
  const { entry, args } = meant;
  const call = callOf(said, { ...line, rest: found.rest }, found.name, args, room);
  const spoke = carriedOut(entry, call, room);
  note(room, said, line, entry.module, entry.mode, spoke);
  if (spoke.outcome !== 'done') return;
  if (entry.mode !== 'preview') act(entry, spoke, room);
  keep(entry, call, spoke, {}, room);
}

function keep(entry: Entry, call: Call, { keep: kept = call.args }: Spoke, lost: Partial<Asked>, room: Room): void {
  if (entry.command.keeps !== true || kept === false) return;
  const asked = { ...askedFrom(entry, { ...call, args: kept }, room), ...lost };
  room.asked.push(asked);
  room.facts = { ...room.facts, asks: [...room.facts.asks, asked] };
}

/** What each reaction of ours says of a command. */
const answered = new Map<string, Answer['outcome']>([
  ['rocket', 'done'],
  ['-1', 'refused'],
  ['confused', 'unclear'],
]);

/**
 * A command that was dealt with before what we knew of it was lost: it is not carried out again, only kept where it is kept.
 * Reactions are to a text, so where they differ each of its lines is judged by what it would be today.
 */
function remember(said: Spoken, line: CommandLine, before: readonly Answer['outcome'][], room: Room): void {
  const found = resolve(line.word, line.rest, room.table);
  if (!found) return;
  const [first = 'refused'] = before;
  const meant = understood(found.name, found.rest, room);
  if ('spoke' in meant) return note(room, said, line, '', meant.mode, { outcome: first, wants: [] });
  const { entry, args } = meant;
  const call = callOf(said, { ...line, rest: found.rest }, found.name, args, room);
  const known = room.facts.asks.find(({ key }) => key === call.key);
  if (known) {
    room.asked.push(known);
    return note(room, said, line, entry.module, entry.mode, { outcome: 'done', wants: [] });
  }
  const isKept = before.includes('done') && entry.command.keeps === true;
  const today = isKept ? carriedOut(entry, call, room) : null;
  // Where the base was when it was said is lost with the rest.
  if (today?.outcome === 'done') keep(entry, call, today, { tip: '' }, room);
  const likely = today && before.includes(today.outcome) ? today.outcome : first;
  const outcome = call.again ? 'done' : likely;
  note(room, said, line, entry.module, entry.mode, { outcome, wants: [] });
}

/** What is only recorded changes nothing that others look at. */
function act(entry: Entry, spoke: Spoke, room: Room): void {
  for (const want of spoke.wants) {
    const id = room.setup.kinds.get(want.kind)?.id(want) ?? '';
    room.wants.delete(id);
    room.wants.set(id, { by: entry.module, want });
  }
  room.facts = project(spoke.wants, room.facts, room.setup.kinds);
}

/** A near miss gets one word of help, and only where it comes from somebody with some right. */
function correct(said: Spoken, line: CommandLine, room: Room): void {
  const near = nearMiss(line.word, room.table);
  const standing = room.facts.callers[String(said.by.id)] ?? null;
  if (near === null || !hasSomeRight(standing)) return;
  const { prefix } = room.table;
  const say = words.didYouMean({ written: code(`${prefix}${line.word}`), nearest: code(`${prefix}${near}`) });
  note(room, said, line, '', 'enforce', unclear(say));
}

/** It was said since the thread was looked at last; of a thread that is new to us, since the repository is known. */
function isNews({ at }: Spoken, { considered, since, now }: Facts): boolean {
  return Date.parse(at) > Date.parse(considered ?? since[''] ?? now);
}

/** What only keeps the bot from acting, and was not known when the thread was looked at last. */
function holdsBack(said: Spoken, line: CommandLine, room: Room): boolean {
  const found = resolve(line.word, line.rest, room.table);
  const meant = found && understood(found.name, found.rest, room);
  if (!meant || 'spoke' in meant || !isNews(said, room.facts)) return false;
  const { who, holdsBack: is } = meant.entry.command;
  const isKnown = who.includes('anyone') || room.facts.callers[String(said.by.id)] !== undefined;
  return isKnown && is?.(meant.args) === true;
}

/** What came too late is answered when it is news, and never carried out. */
function decline(said: Spoken, line: CommandLine, room: Room): void {
  const found = resolve(line.word, line.rest, room.table);
  const [entry] = found ? (room.table.entries.get(found.name) ?? []) : [];
  if (!entry || !isNews(said, room.facts) || entry.command.who.includes('anyone')) return;
  const command = code(`${room.table.prefix}${line.word}`);
  note(room, said, line, entry.module, entry.mode, refused(words.expired({ command })));
}

/** What was accepted in a look that never ended counts where the person was answered: the text has a reaction of ours. */
function standing({ asks, done: keys, spoken }: Facts): readonly Asked[] {
  const isAnswered = ({ key, reactions }: Spoken, ask: string) =>
    ask.startsWith(`${key}:`) && reactions.some((one) => answered.has(one));
  return asks.filter(({ key }) => keys.includes(heardKey(key)) || spoken.some((said) => isAnswered(said, key)));
}

/** Carries out what people asked for and nobody dealt with yet, in the order in which they said it. Pure. */
export function hear(
  facts: Facts,
  setup: Setup,
  report: string,
  failing: (facts: Facts) => readonly string[] = () => [],
): Hearing {
  const table = commandTable(setup);
  const reading = { ...grammarOf(setup), us: facts.repo.us };
  const known = { ...facts, asks: standing(facts) };
  const room: Room = { setup, table, report, failing, facts: known, heard: [], wants: new Map(), asked: [] };
  const isSilent = (said: Spoken) => said.edited || said.by.bot || said.by.us || said.by.id === null;
  for (const said of facts.spoken.filter((one) => !isSilent(one))) {
    const isOld = isLate(said, facts.now);
    const before = said.reactions.flatMap((reaction) => answered.get(reaction) ?? []);
    for (const line of readLines(said.text, reading)) {
      if (facts.done.includes(heardKey(`${said.key}:${line.line}`))) continue;
      if (before.length > 0) remember(said, line, before, room);
      else if (isOld && !holdsBack(said, line, room)) decline(said, line, room);
      else obey(said, line, room);
    }
  }
  return { facts: room.facts, heard: room.heard, wants: [...room.wants.values()], asked: room.asked };
}
