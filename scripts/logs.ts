import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Said } from '../config/env-words.ts';
import { BadSettings, loadSettings } from '../config/env.ts';
import { logsFolder } from '../config/log-files.ts';
import { writeLine, type LogLine } from '../config/log-line.ts';
import { inOrder, Tail, writtenIn, type Written } from './log-lines/read-files.ts';
import { Story } from './log-lines/story.ts';
import { fits, readWish, type Wish } from './log-lines/wish.ts';
import { noFiles, nothing, skippedLines, toConsole, unreadable, usage } from './log-lines/words.ts';
import { readArguments } from './usage.ts';
import { settingsLanguage } from './words.ts';

const tell = (said: Said) => process.stderr.write(`${said[settingsLanguage]}\n`);
const pollEvery = 300;

/** Where the bot writes; null where its settings are at fault, which is not this command's business. */
function logType(): 'console' | 'file' | null {
  try {
    return loadSettings('server', { tell: () => {} }).logType;
  } catch (error) {
    if (error instanceof BadSettings) return null;
    throw error;
  }
}

const print = (line: LogLine, { json }: Wish) => process.stdout.write(`${writeLine(json ? 'json' : 'text', line)}\n`);

/** Shows the lines that are wanted; they come in order of time. */
function chooser(wish: Wish) {
  const { delivery, report } = wish;
  const named = { ...(delivery !== undefined && { delivery }), ...(report !== undefined && { report }) };
  const story = Object.keys(named).length > 0 ? new Story(named) : null;
  const show = (line: LogLine): boolean => {
    const tells = story?.tells(line) ?? true;
    if (!tells || !fits(wish, line, Date.now())) return false;
    print(line, wish);
    return true;
  };
  return { story, show };
}

type Choice = ReturnType<typeof chooser>;

async function showAll(written: readonly Written[], { story, show }: Choice): Promise<number> {
  let [shown, skipped] = [0, 0];
  if (story) for await (const line of inOrder(written, () => {})) story.learn(line);
  story?.rewind();
  for await (const line of inOrder(written, () => skipped++)) if (show(line)) shown++;
  if (skipped > 0) tell(skippedLines(skipped));
  return shown;
}

async function follow(folder: string, written: readonly Written[], choice: Choice): Promise<never> {
  const tails = new Map(written.map(({ process, now }) => [process, new Tail(now)]));
  const ends = await Promise.all([...tails.values()].map((tail) => tail.skip()));
  const sofar = written.map((one, at) => ({ ...one, until: ends[at] ?? 0 }));
  await showAll(sofar, choice);
  for (;;) {
    await setTimeout(pollEvery);
    for (const { process, now } of await writtenIn(folder)) if (!tails.has(process)) tails.set(process, new Tail(now));
    const fresh = await Promise.all([...tails.values()].map((tail) => tail.more()));
    for (const line of fresh.flat().sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))) choice.show(line);
  }
}

async function logs(wish: Wish): Promise<0 | 1 | 3> {
  const folder = wish.dir ?? logsFolder;
  const isConsole = wish.dir === undefined && logType() === 'console';
  if (isConsole) tell(toConsole(join(process.env['PM2_HOME'] || join(homedir(), '.pm2'), 'logs')));
  let written: readonly Written[];
  try {
    written = await writtenIn(folder);
  } catch (error) {
    tell(unreadable(folder, error instanceof Error && 'code' in error ? String(error.code) : String(error)));
    return 3;
  }
  if (written.length === 0 && (!wish.follow || isConsole)) {
    if (!isConsole) tell(noFiles(folder));
    return 3;
  }
  const choice = chooser(wish);
  if (wish.follow) return follow(folder, written, choice);
  const shown = await showAll(written, choice);
  if (shown === 0) tell(nothing);
  return shown > 0 ? 0 : 1;
}

// `| head` closes the pipe before all is written.
process.stdout.on('error', () => process.exit(0));
process.exitCode = await logs(readArguments(usage[settingsLanguage], readWish));
