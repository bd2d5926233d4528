import type { CST, Document, ParsedNode } from 'yaml';
import { Composer, isMap, isScalar, isSeq, LineCounter, Parser } from 'yaml';
import { code } from '../quote.ts';
import type { Text } from '../text.ts';
import type { Layer } from './rules.ts';
import type { Branch, Entry, Leaf, Spot, Tree } from './tree.ts';
import { refused, yamlFault } from './yaml-words.ts';

export interface Fault {
  readonly at: Spot;
  readonly message: Text;
}

const most = { bytes: 64 * 1024, depth: 20 };

// Control characters, and what a decoder leaves of bytes that are no UTF-8.
const unreadable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/;

type Report = (offset: number, message: Text) => void;
type Token = CST.Token | CST.SourceToken;

function parts(token: Token): (Token | null | undefined)[] {
  if ('items' in token)
    return token.items.flatMap((item) => [...item.start, item.key, ...(item.sep ?? []), item.value]);
  return token.type === 'document' ? [...token.start, token.value] : [];
}

function refuse(token: Token, report: Report): void {
  const word = 'source' in token ? code(token.source) : code('');
  if (token.type === 'anchor' || token.type === 'alias') report(token.offset, refused.anchor({ word }));
  if (token.type === 'tag') report(token.offset, refused.tag({ word }));
  if (token.type === 'directive') report(token.offset, refused.directive({ word }));
}

/** Refuses what rules do not use; false when they are nested too deeply to be read on. */
function inspect(tokens: readonly CST.Token[], report: Report): boolean {
  // A list of its own, not recursion: the input chooses the depth.
  const left: { token: Token; depth: number }[] = [...tokens].reverse().map((token) => ({ token, depth: -1 }));
  for (let next = left.pop(); next; next = left.pop()) {
    const { token, depth } = next;
    if (depth > most.depth) {
      report(token.offset, refused.depth({ limit: most.depth }));
      return false;
    }
    refuse(token, report);
    const deeper = 'items' in token || token.type === 'document' ? depth + 1 : depth;
    for (const part of parts(token).reverse()) if (part) left.push({ token: part, depth: deeper });
  }
  return true;
}

class Planter {
  readonly #spot: (offset: number) => Spot;
  readonly #report: Report;

  constructor(spot: (offset: number) => Spot, report: Report) {
    this.#spot = spot;
    this.#report = report;
  }

  /** Null for what cannot be a value, which has been reported. */
  plant(node: ParsedNode | null, offset: number): Tree | null {
    const at = this.#spot(node?.range[0] ?? offset);
    if (isMap<ParsedNode, ParsedNode | null>(node)) return this.#map(node.items, at);
    if (isSeq<ParsedNode>(node)) {
      return { kind: 'list', items: node.items.map((item) => this.plant(item, offset)).filter((i) => i !== null), at };
    }
    if (node === null) return { kind: 'leaf', value: null, source: '', at };
    return isScalar(node) ? this.#leaf(node.value, node.source, at) : null;
  }

  #leaf(value: unknown, source: string | undefined, at: Spot): Leaf {
    const known = typeof value === 'number' || typeof value === 'boolean' || value === null;
    const text = source ?? String(value);
    return { kind: 'leaf', value: known ? value : text, source: text, at };
  }

  #map(pairs: readonly { key: ParsedNode; value: ParsedNode | null }[], at: Spot): Branch {
    const entries = new Map<string, Entry>();
    for (const pair of pairs) {
      const offset = pair.key.range[0];
      const name = this.#name(pair.key, offset);
      const value = this.plant(pair.value, pair.key.range[2]);
      if (name === null || value === null) continue;
      const first = entries.get(name);
      if (first) this.#report(offset, refused.twice({ word: code(name), line: first.key.line }));
      else entries.set(name, { key: this.#spot(offset), value });
    }
    return { kind: 'map', entries, at };
  }

  #name(key: ParsedNode, offset: number): string | null {
    const name = isScalar(key) ? (key.source ?? '') : '';
    if (name === '<<') this.#report(offset, refused.mergeKey());
    // Aliases have been refused before.
    else if (name === '' && (isScalar(key) || isMap(key) || isSeq(key))) this.#report(offset, refused.key());
    else if (name !== '') return name;
    return null;
  }
}

// Said once by `inspect`, with the exact place.
const saidBefore = new Set(['ALIAS_PROPS', 'BAD_ALIAS', 'BAD_DIRECTIVE', 'MULTIPLE_ANCHORS', 'MULTIPLE_TAGS']);

function compose(tokens: readonly CST.Token[], length: number, report: Report): Document.Parsed | null {
  const composer = new Composer({ schema: 'core', merge: false, uniqueKeys: false, prettyErrors: false });
  const documents = [...composer.compose(tokens, false, length)];
  const [first = null, second] = documents;
  if (second) report(second.range[0], refused.documents());
  for (const error of documents.flatMap((document) => document.errors)) {
    if (error.code === 'MULTIPLE_DOCS' || saidBefore.has(error.code) || error.code === 'TAG_RESOLVE_FAILED') continue;
    report(error.pos[0], yamlFault(error.code));
  }
  return first;
}

/** A file of rules as a tree with the place of every part, and what is wrong with it as YAML. Never throws. */
export function readYaml(layer: Layer): { root: Branch; faults: Fault[] } {
  const text = layer.text.replace(/^\ufeff/, '');
  const lines = new LineCounter();
  const spot = (offset: number): Spot => {
    const { line, col } = lines.linePos(offset);
    return { layer, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const faults: Fault[] = [];
  const places = new Set<number>();
  const report: Report = (offset, message) => {
    // A second complaint about one place follows from the first.
    if (!places.has(offset)) faults.push({ at: spot(offset), message });
    places.add(offset);
  };
  const empty: Branch = { kind: 'map', entries: new Map(), at: { layer, line: 1, column: 1 } };
  if (Buffer.byteLength(text) > most.bytes) {
    return { root: empty, faults: [{ at: empty.at, message: refused.size({ limit: most.bytes }) }] };
  }
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const odd = unreadable.exec(text);
  if (odd) report(odd.index, refused.characters());
  if (odd || !inspect(tokens, report)) return { root: empty, faults };
  const before = faults.length;
  const document = compose(tokens, text.length, report);
  // What stands behind a syntax error is a guess; complaints about guesses mislead.
  if (faults.length > before || !document?.contents) return { root: empty, faults };
  const tree = new Planter(spot, report).plant(document.contents, 0);
  if (tree?.kind === 'map') return { root: tree, faults };
  if (tree && !(tree.kind === 'leaf' && tree.value === null && tree.source === '')) {
    faults.push({ at: tree.at, message: refused.top() });
  }
  return { root: empty, faults };
}
