import type { TagCommit, TagCommits, TagFacts } from '../../facts/tag-facts.ts';
import { code, mention, ours, prose } from '../../quote.ts';
import { joined, languages } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';
import { usualTypes } from '../title-grammar.ts';
import { isSeen } from '../visible.ts';
import { entriesOf } from './entries.ts';
import type { Entry } from './entries.ts';
import * as words from './words.ts';

export interface Layout {
  /** Type -> title of its group. */
  readonly sections: Readonly<Record<string, string>>;
  readonly contributors: boolean;
}

/** GitHub takes 125,000 characters, and both languages may have to stand in one release. */
const longest = 60_000;

function authorName({ login, name }: TagCommit['author']): Quoted {
  if (login !== null) return mention(login);
  return isSeen(name) ? prose(name, 60) : words.nobody;
}

function lineOf({ sha, scopes, text, pull, author }: Entry): Text {
  const what = isSeen(text) ? prose(text) : code(sha.slice(0, 7));
  const scope = scopes.length > 0 ? `**${scopes.map((one) => prose(one, 50).markdown).join(', ')}**: ` : '';
  return words.line(ours(`${scope}${what.markdown}`), pull === null ? null : ours(`#${pull}`), authorName(author));
}

interface Group {
  readonly title: Text;
  readonly entries: readonly Entry[];
}

/** Breaking changes, then the groups in the order of the rules, then the rest. */
function groupsOf(entries: readonly Entry[], sections: Layout['sections']): readonly Group[] {
  const titles = new Map(Object.entries(sections).map(([type, title]) => [type.toLowerCase(), title]));
  const titleOf = ({ type }: Entry) => titles.get(type) ?? null;
  const calm = entries.filter(({ breaking }) => !breaking);
  const named = [...new Set(titles.values())].map((title) => ({
    title: words.sectionTitle(title, prose(title, 100)),
    entries: calm.filter((entry) => titleOf(entry) === title),
  }));
  const all = [
    { title: words.breakingTitle, entries: entries.filter(({ breaking }) => breaking) },
    ...named,
    { title: words.otherTitle, entries: calm.filter((entry) => titleOf(entry) === null) },
  ];
  return all.filter((group) => group.entries.length > 0);
}

const size = (text: Text) => Math.max(...languages.map((language) => text[language].length)) + 1;

/** The groups as Markdown, as far as there is room, and how many entries that are. */
function written(groups: readonly Group[]): { readonly parts: readonly Text[]; readonly listed: number } {
  const parts: Text[] = [];
  let [left, listed] = [longest, 0];
  for (const { title, entries } of groups) {
    const lines: Text[] = [words.heading({ title })];
    for (const line of entries.map(lineOf)) {
      left -= size(line);
      if (left < 0) break;
      lines.push(line);
      listed += 1;
    }
    if (lines.length > 1) parts.push(joined(lines));
  }
  return { parts, listed };
}

/** Everybody once, in the order of their first commit; bots are none. */
function contributorsOf(entries: readonly Entry[]): Text[] {
  const people = new Map<string, Quoted>();
  for (const { author } of entries) {
    const key = author.login === null ? `name ${author.name}` : `login ${author.login.toLowerCase()}`;
    if (author.bot || people.has(key) || (author.login === null && !isSeen(author.name))) continue;
    people.set(key, authorName(author));
  }
  const names = [...people.values()].slice(0, 500).map(({ markdown }) => markdown);
  const list = { en: names.join(', '), 'zh-CN': names.join('、') };
  return names.length > 0 ? [joined([words.heading({ title: words.contributorsTitle }), list])] : [];
}

// What else git allows in a tag could end the link.
const plainName = /^[\w./+@-]+$/;

function comparisonOf(since: string | null, { tag, repo }: TagFacts): Text[] {
  if (since === null || !plainName.test(since) || !plainName.test(tag.name)) return [];
  return [words.comparison({ address: ours(`${repo.url}/compare/${since}...${tag.name}`) })];
}

/** The notes of a release, as Markdown. */
export function notesFor(facts: TagFacts, commits: TagCommits, { sections, contributors }: Layout): Text {
  const types = [...usualTypes, ...Object.keys(sections).map((type) => type.toLowerCase())];
  const entries = entriesOf(commits.list, types);
  const { since, total } = commits;
  const { parts, listed } = written(groupsOf(entries, sections));
  const opening = since === null ? [words.first] : entries.length === 0 ? [words.empty({ tag: code(since) })] : [];
  // Merges that are no lines of their own are not missing.
  const missing = total > commits.list.length || listed < entries.length;
  return joined(
    [
      ...opening,
      ...parts,
      ...(missing ? [words.cut({ listed, total })] : []),
      ...(contributors ? contributorsOf(entries) : []),
      ...comparisonOf(since, facts),
    ],
    '\n\n',
  );
}
