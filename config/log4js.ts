import log4js, { type Configuration, type LayoutFunction, type LoggingEvent } from 'log4js';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Settings } from './env.ts';
import { redactor } from './redact.ts';

/** What a line is about. */
const fieldNames = ['delivery', 'repo', 'lane', 'report'] as const;
type Fields = { readonly [F in (typeof fieldNames)[number]]?: string };

type Write = (text: string, fields?: Fields) => void;

/** What the bot writes its lines with; none of these throws. */
export interface Logs {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  /** Resolves when everything is written. */
  readonly close: () => Promise<void>;
}

const longest = 8 * 1024;
const projectLogs = fileURLToPath(new URL('../logs/', import.meta.url));

// Control characters, line ends that only some programs know, and marks that turn or hide text on a terminal.

const unseen = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

function capped(text: string): string {
  if (Buffer.byteLength(text) <= longest) return text;
  // Cutting bytes may split the last letter; what is left of it decodes to U+FFFD.
  return `${Buffer.from(text)
    .subarray(0, longest - 3)
    .toString('utf8')
    .replace(/\ufffd$/, '')}…`;
}

/** One line per event: secrets out, control characters escaped, every field at most 8 KB. */
function layout(settings: Settings): LayoutFunction {
  const redact = redactor(settings);
  // Redacted before it is cut: half a token would no longer look like one.
  const clean = (value: unknown) => capped(redact(String(value)).replace(unseen, escaped));
  return ({ data, level, startTime }: LoggingEvent) => {
    const [text, fields = {}] = data as [unknown, Fields?];
    const known = fieldNames.flatMap((name) =>
      fields[name] === undefined ? [] : [[name, clean(fields[name])] as const],
    );
    const [time, said] = [startTime.toISOString(), clean(text)];
    if (settings.logFormat === 'json') {
      return JSON.stringify({ time, level: level.levelStr.toLowerCase(), text: said, ...Object.fromEntries(known) });
    }
    return [time, level.levelStr.padEnd(5), said, ...known.map(([name, value]) => `${name}=${value}`)].join(' ');
  };
}

function appender(settings: Settings, folder: string): Configuration['appenders'][string] {
  const shaped = { layout: { type: 'bot' } };
  if (settings.logType === 'console') return { type: 'stdout', ...shaped };
  const filename = join(folder, settings.role === 'worker' ? 'github-bot-worker.log' : 'github-bot.log');
  return {
    type: 'dateFile',
    filename,
    pattern: 'yyyy-MM-dd',
    keepFileExt: true,
    numBackups: 14,
    mode: 0o640,
    ...shaped,
  };
}

/** Sets logging up for this process. Lines go to the console, or to a file that is started anew each day and kept for 14. */
export function configureLogs(settings: Settings, folder = projectLogs): Logs {
  log4js.addLayout('bot', () => layout(settings));
  log4js.configure({
    appenders: { bot: appender(settings, folder) },
    categories: { default: { appenders: ['bot'], level: settings.logLevel } },
    // pm2 starts the server as a cluster worker; without this its lines would go to a primary that is not ours.
    disableClustering: true,
  });
  const logger = log4js.getLogger();
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error'): Write =>
    (text, fields) =>
      logger[level](text, fields);
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    close: () => new Promise((resolve) => log4js.shutdown(() => resolve())),
  };
}
