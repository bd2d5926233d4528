import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';

/** A heading of a text, with what a reader sees between it and the next heading of any level. */
export interface Section {
  readonly title: string;
  readonly level: number;
  /** Without HTML comments and task lines; a picture stands as U+FFFC. */
  readonly text: string;
  readonly tasks: readonly Task[];
}

/** A line of a task list: `- [x] text`. */
export interface Task {
  readonly text: string;
  readonly ticked: boolean;
}

export interface Outline {
  readonly sections: readonly Section[];
  readonly tasks: readonly Task[];
}

const longest = 64 * 1024;
const picture = '\ufffc';
const markdown = new MarkdownIt({ html: true });

/** Reads on from piece to piece, because a raw `<!--` hides everything until a raw `-->`, whatever stands between. */
class Eye {
  private closed = true;

  html(raw: string): string {
    let [shown, rest] = ['', raw];
    for (;;) {
      if (!this.closed) {
        const end = rest.indexOf('-->');
        if (end < 0) break;
        rest = rest.slice(end + 3);
        this.closed = true;
      }
      const start = rest.indexOf('<!--');
      if (start < 0) {
        shown += rest;
        break;
      }
      shown += rest.slice(0, start);
      rest = rest.slice(start + 4);
      const empty = /^-?>/.exec(rest);
      if (empty) rest = rest.slice(empty[0].length);
      else this.closed = false;
    }
    const pictures = shown.replace(/<(?:img|video|picture|svg)\b[^<>]*>/gi, picture);
    return markdown.utils.unescapeAll(pictures.replace(/<\/?[a-z][^<>]*>/gi, ' '));
  }

  plain(text: string): string {
    return this.closed ? text : '';
  }

  inline(token: Token): string {
    return (token.children ?? []).map((child) => this.piece(child)).join('');
  }

  private piece(token: Token): string {
    if (token.type === 'html_inline') return this.html(token.content);
    if (token.type === 'image') return this.plain(picture);
    if (token.type === 'softbreak' || token.type === 'hardbreak') return '\n';
    return this.plain(token.content);
  }
}

function taskOf(token: Token, shown: string): Task | null {
  // The source is asked too: an escaped `\[x]` looks the same once it is read.
  const mark = /^\[([ xX])\]\s/;
  const ticked = mark.test(token.content) && mark.exec(shown)?.[1];
  return ticked ? { text: shown.slice(3), ticked: ticked !== ' ' } : null;
}

function shownOf(token: Token, eye: Eye): string {
  if (token.type === 'html_block') return eye.html(token.content);
  if (token.type === 'fence' || token.type === 'code_block') return eye.plain(token.content);
  return token.type === 'inline' ? eye.inline(token) : '';
}

/** The outline of the first 64 KB of a text; never throws, takes time in proportion. Headings in quotes and lists are none. */
export function outlineOf(body: string): Outline {
  const eye = new Eye();
  const sections: { title: string; level: number; texts: string[]; tasks: Task[] }[] = [];
  const tasks: Task[] = [];
  const tokens = markdown.parse(body.slice(0, longest), {});
  for (const [at, token] of tokens.entries()) {
    const shown = shownOf(token, eye);
    const [before, item] = [tokens[at - 1], tokens[at - 2]];
    const isHeading = token.type === 'inline' && before?.type === 'heading_open' && before.level === 0;
    const task = token.type === 'inline' && item?.type === 'list_item_open' ? taskOf(token, shown) : null;
    if (isHeading) sections.push({ title: shown, level: Number(before.tag.slice(1)), texts: [], tasks: [] });
    else if (task) [tasks, sections.at(-1)?.tasks].forEach((list) => list?.push(task));
    else if (shown) sections.at(-1)?.texts.push(shown);
  }
  return { sections: sections.map(({ texts, ...rest }) => ({ ...rest, text: texts.join('\n') })), tasks };
}

/** What a reader sees of one line of Markdown. */
export function seenOf(line: string): string {
  const eye = new Eye();
  return markdown
    .parseInline(line.slice(0, longest), {})
    .map((token) => eye.inline(token))
    .join('');
}

function* commentsOf(raw: string): Generator<string> {
  // By hand: a regular expression would look for the end of each comment that has none again and again.
  for (let start = raw.indexOf('<!--'); start >= 0;) {
    const end = raw.indexOf('-->', start + 2);
    if (end < 0) return;
    yield raw.slice(start + 4, end).trim();
    start = raw.indexOf('<!--', end + 3);
  }
}

/** What stands in the HTML comments of the first 64 KB of a text; a comment within code is none. */
export function commentsIn(body: string): string[] {
  const tokens = markdown.parse(body.slice(0, longest), {}).flatMap((token) => [token, ...(token.children ?? [])]);
  const raw = tokens.filter(({ type }) => type === 'html_block' || type === 'html_inline');
  return raw.flatMap(({ content }) => [...commentsOf(content)]);
}
