import MarkdownIt from 'markdown-it';

// Deeper than anybody writes, and what is deeper costs time.
const reader = new MarkdownIt({ html: true, maxNesting: 20 });
// Blocks are all that is asked for, and what stands within their lines takes far longer.
reader.core.ruler.enableOnly(['normalize', 'block']);
reader.block.ruler.disable(['reference', 'table']);

/** The lines of a text, from 0, that Markdown shows as blocks of code or as quotes. */
export function shownAsCode(text: string): ReadonlySet<number> {
  const hidden = new Set<number>();
  let quotes = 0;
  for (const { type, map } of reader.parse(text, {})) {
    if (type === 'blockquote_open') quotes++;
    if (type === 'blockquote_close') quotes--;
    const isHidden = type === 'fence' || type === 'code_block' || quotes > 0;
    const [from, to] = map ?? [0, 0];
    for (let line = from; isHidden && line < to; line++) hidden.add(line);
  }
  return hidden;
}
