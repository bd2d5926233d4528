import log4js, { type Configuration, type LayoutFunction, type LoggingEvent } from 'log4js';
import type { Settings } from './env.ts';
import { fileSize, keptFiles, logFile, logsFolder } from './log-files.ts';
import { fieldNames, writeLine, type FieldName } from './log-line.ts';
import { redactor } from './redact.ts';

type Fields = { readonly [F in FieldName]?: string };

type Write = (text: string, fields?: Fields) => void;

/** What the bot writes its lines with; none of these throws. */
export interface Logs {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  /** Takes a rejection nobody awaits: true when it was a log file that cannot be begun; lines go to the console from then on. */
  readonly rescue: (error: unknown) => boolean;
  /** Resolves when everything is written, or cannot be within some seconds. */
  readonly close: () => Promise<void>;
}

/** One line per event: secrets out, control characters escaped, every field at most 8 KB. */
function layout(settings: Settings): LayoutFunction {
  const redact = redactor(settings);
  // Redacted before it is cut: half a token would no longer look like one.
  const clean = (value: unknown) => redact(String(value));
  return ({ data, level, startTime }: LoggingEvent) => {
    const [text, fields = {}] = data as [unknown, Fields?];
    const known = fieldNames.flatMap((name) => (fields[name] === undefined ? [] : [[name, clean(fields[name])]]));
    return writeLine(settings.logFormat, {
      ...{ time: startTime.toISOString(), level: level.levelStr.toLowerCase(), text: clean(text) },
      ...(Object.fromEntries(known) as Fields),
    });
  };
}

function appender(settings: Settings, folder: string, maxLogSize: number): Configuration['appenders'][string] {
  const shaped = { layout: { type: 'bot' } };
  if (settings.logType === 'console') return { type: 'stdout', ...shaped };
  return {
    type: 'dateFile',
    filename: logFile(settings.role, folder),
    pattern: 'yyyy-MM-dd',
    keepFileExt: true,
    maxLogSize,
    numBackups: keptFiles,
    mode: 0o640,
    ...shaped,
  };
}

function useAppender(bot: Configuration['appenders'][string], level: string): void {
  log4js.configure({
    appenders: { bot },
    categories: { default: { appenders: ['bot'], level } },
    // pm2 starts the server as a cluster worker; without this its lines would go to a primary that is not ours.
    disableClustering: true,
  });
}

/** The rolling file of log4js throws where nobody catches it; the bot is not to end for want of a log. */
const isFromFile = (error: unknown): error is Error =>
  error instanceof Error && /[\\/]streamroller[\\/]/.test(error.stack ?? '');

const closingPatience = 3_000;

/** Sets logging up for this process. Lines go to the console, or to a file that is put away each day and when it is full. */
export function configureLogs(settings: Settings, folder = logsFolder, size = fileSize): Logs {
  log4js.addLayout('bot', () => layout(settings));
  useAppender(appender(settings, folder, size), settings.logLevel);
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
    rescue(error) {
      if (!isFromFile(error)) return false;
      useAppender(appender({ ...settings, logType: 'console' }, folder, size), settings.logLevel);
      logger.error(`the log file cannot be begun, so lines go to the console until the next start: ${error.message}`);
      return true;
    },
    close: () =>
      new Promise((resolve) => {
        // A disk that hangs must not keep the process from ending.
        setTimeout(resolve, closingPatience).unref();
        log4js.shutdown(() => resolve());
      }),
  };
}
