import type { Quoted, Text } from './text.ts';

const longest = 200;

// C0 and C1 controls, zero-width and bidirectional marks: they hide or reorder what a reader sees.
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g;

function tidy(text: string, limit: number): string {
  const flat = text.replace(unseen, ' ').trim();
  const letters = Array.from(flat);
  return letters.length > limit ? `${letters.slice(0, limit - 1).join('')}…` : flat;
}

/** A person's text as a code span: nobody is mentioned, no markup, reference, link or command in it works. */
export function code(text: string, limit = longest): Quoted {
  const flat = tidy(text, limit) || ' ';
  const runs = flat.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = runs.length > 0 || /^ .* $/.test(flat) ? ' ' : '';
  return { markdown: `${fence}${pad}${flat}${pad}${fence}` };
}

/**
 * A person's text as it reads, within a line of ours: markup, mentions, references and links in it do not work. For lists
 * that people read; `code` for what they copy.
 */
export function prose(text: string, limit = longest): Quoted {
  const escaped = tidy(text, limit).replace(/[\\`*[\]<>~$&]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&');
  // At the start of an item of a list these would open another list or a heading.
  const inline = escaped.replace(/^[-+=#]/, '\\$&').replace(/^(\d+)([.)])/, '$1\\$2');
  // GitHub finds mentions, references and bare addresses after Markdown is done, so only a mark in between stops it.
  const mark = '\u200b';
  const still = inline.replace(/@|#(?=\d)|\bGH-(?=\d)|:(?=\/\/)|\bwww(?=\.)/gi, `$&${mark}`);
  return { markdown: still };
}

/** `@login` for a login GitHub gave us; anything that cannot be one is shown as code. */
export function mention(login: string): Quoted {
  return /^[a-z\d](?:[a-z\d-]{0,38})$/i.test(login) ? { markdown: `@${login}` } : code(login);
}

/** The same text with nobody mentioned: in a check a mention reaches nobody, and in a comment it would. */
export function unmentioned(text: Text): Text {
  const still = (markdown: string) =>
    markdown.replace(/(`+)[^]*?\1|@(?=\w)/g, (found) => (found === '@' ? '@\u200b' : found));
  return { en: still(text.en), 'zh-CN': still(text['zh-CN']) };
}

/** Words of ours (option values from the bot's own metadata, file names we chose): shown as they are. */
export function ours(markdown: string): Quoted {
  return { markdown };
}

/** A link whose text is ours and whose address is one the bot made. */
export function link(text: string, address: string): Quoted {
  return { markdown: `[${text}](${encodeURI(address)})` };
}
