import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';

const markdown = new MarkdownIt({ html: true });
const longest = 64 * 1024;

// `#12`, `org/repo#12`, `GH-12`; never a part of a word, an entity or an address.
const short = /(?<![\w&/.#-])(?:(?<repo>[\w.-]{1,100}\/[\w.-]{1,100})?#|GH-)(?<number>[1-9]\d{0,9})(?![\w-])/g;
const address = /https?:\/\/[\w.:-]{1,200}\/[\w.-]{1,100}\/[\w.-]{1,100}\/issues\/[1-9]\d{0,9}(?!\w)/;

const textsIn = (tokens: readonly Token[]): string[] =>
  tokens.flatMap((token) => {
    if (token.type === 'inline') return textsIn(token.children ?? []);
    if (token.type === 'text' || token.type === 'softbreak') return [token.content || '\n'];
    return token.type === 'link_open' ? [` ${token.attrGet('href') ?? ''} `] : [];
  });

/** Whether a text names an issue other than the pull request itself, outside code and comments. */
export function namesIssue(body: string, own: number): boolean {
  const text = textsIn(markdown.parse(body.slice(0, longest), {})).join('');
  if (address.test(text)) return true;
  return [...text.matchAll(short)].some(
    ({ groups }) => groups?.['repo'] !== undefined || groups?.['number'] !== String(own),
  );
}
