import { AsyncLocalStorage } from 'node:async_hooks';

/** What a line is about; each is optional, none ever holds a header or a body. */
export interface LogFields {
  /** GitHub's ids of the deliveries, with commas between when a line is about several. */
  readonly delivery?: string;
  readonly repo?: string;
  readonly lane?: string;
  readonly report?: string;
}

/** Where the bot writes what it does; never throws and never waits. */
export interface Log {
  debug(text: string, fields?: LogFields): void;
  info(text: string, fields?: LogFields): void;
  warn(text: string, fields?: LogFields): void;
  error(text: string, fields?: LogFields): void;
}

const context = new AsyncLocalStorage<LogFields>();

/** Does some work whose lines, however deep in it they are written, are about these things. */
export function within<T>(fields: LogFields, work: () => T): T {
  return context.run(fields, work);
}

/** A log whose lines say what work they were written in; what a line itself says comes first. */
export function inContext(log: Log): Log {
  const write =
    (level: keyof Log): Log[keyof Log] =>
    (text, fields) => {
      const around = context.getStore();
      log[level](text, around || fields ? { ...around, ...fields } : undefined);
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
