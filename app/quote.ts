import type { Quoted } from './text.ts';

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

/** `@login` for a login GitHub gave us; anything that cannot be one is shown as code. */
export function mention(login: string): Quoted {
  return /^[a-z\d](?:[a-z\d-]{0,38})$/i.test(login) ? { markdown: `@${login}` } : code(login);
}

/** Words of ours (option values from the bot's own metadata, file names we chose): shown as they are. */
export function ours(markdown: string): Quoted {
  return { markdown };
}

/** A link whose text is ours and whose address is one the bot made. */
export function link(text: string, address: string): Quoted {
  return { markdown: `[${text}](${encodeURI(address)})` };
}
