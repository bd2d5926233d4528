/** What a line is about, in the order in which it is written. */
export const fieldNames = ['delivery', 'repo', 'lane', 'report'] as const;
export type FieldName = (typeof fieldNames)[number];

/** One line of the log. A line about several deliveries holds their ids with commas between. */
export interface LogLine extends Readonly<Partial<Record<FieldName, string>>> {
  /** ISO 8601 in UTC. */
  readonly time: string;
  readonly level: string;
  readonly text: string;
}

export type LogFormat = 'text' | 'json';

const longest = 8 * 1024;

// Control characters, line ends that only some programs know, marks that turn, join or hide text on a terminal, letters of
// the block of tags (in two halves), and halves of a letter that stand alone.
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const escaped = (letters: string): string =>
  Array.from({ length: letters.length }, (_, at) => `\\u${letters.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
    '',
  );

function capped(text: string): string {
  if (Buffer.byteLength(text) <= longest) return text;
  // Cutting bytes may split the last letter; what is left of it decodes to U+FFFD.
  return `${Buffer.from(text)
    .subarray(0, longest - 3)
    .toString('utf8')
    .replace(/\ufffd$/, '')}…`;
}

/** A text that stays on its line and acts on no terminal, 8 KB at most. */
export const visible = (text: string): string => capped(text.replace(unseen, escaped));

const names = fieldNames.join('|');
// A title or branch that somebody chose must not read as one of our fields.
const lookalike = new RegExp(`(^| )(${names})=`, 'g');
const form = new RegExp(`^(\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z) ([A-Z ]{5}) (.*?)((?: (?:${names})=[^ ]*)*)$`);

/** One event on one line, without its end. */
export function writeLine(format: LogFormat, { time, level, text, ...fields }: LogLine): string {
  const known = fieldNames.flatMap((name) =>
    fields[name] === undefined ? [] : [[name, visible(fields[name])] as const],
  );
  const said = visible(text);
  if (format === 'json') return JSON.stringify({ time, level, text: said, ...Object.fromEntries(known) });
  const unlike = said.replace(lookalike, '$1$2\\u003d');
  const tokens = known.map(([name, value]) => `${name}=${value.replaceAll(' ', '\\u0020')}`);
  return [time, level.toUpperCase().padEnd(5), unlike, ...tokens].join(' ');
}

function readJson(line: string): LogLine | null {
  let read: Readonly<Record<string, unknown>>;
  try {
    read = JSON.parse(line) as typeof read;
  } catch {
    return null;
  }
  const { time, level, text } = read;
  if (typeof time !== 'string' || typeof level !== 'string' || typeof text !== 'string') return null;
  if (Number.isNaN(Date.parse(time))) return null;
  const fields = fieldNames.flatMap((name) => (typeof read[name] === 'string' ? [[name, read[name]]] : []));
  return { time, level, text, ...(Object.fromEntries(fields) as Partial<Record<FieldName, string>>) };
}

/** The event on a line of either format; null where the line is none of ours. */
export function readLine(line: string): LogLine | null {
  if (line.startsWith('{')) return readJson(line);
  const [, time = '', level = '', text = '', tail = ''] = form.exec(line) ?? [];
  if (time === '') return null;
  const fields = tail.split(' ').flatMap((token) => {
    const at = token.indexOf('=');
    return at < 0 ? [] : [[token.slice(0, at), token.slice(at + 1).replaceAll('\\u0020', ' ')]];
  });
  return {
    time,
    level: level.trim().toLowerCase(),
    text,
    ...(Object.fromEntries(fields) as Partial<Record<FieldName, string>>),
  };
}
