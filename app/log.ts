/** What a line is about; each is optional, none ever holds a header or a body. */
export interface LogFields {
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
