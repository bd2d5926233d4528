import type { Facts } from '../facts/fact.ts';
import { code, ours } from '../quote.ts';
import { joined, languages, listed, phrase, same } from '../text.ts';
import type { Language, Text } from '../text.ts';
import type { Problem } from '../rules/rules.ts';
import type { Conclusion } from '../wants/want.ts';
import type { Conflict, Ruling } from './report.ts';
import { mergeId } from './units.ts';
import * as words from './words.ts';

/** Which language a thread is answered in, and whether the other one stands folded below. */
export interface Voice {
  readonly first: Language;
  readonly both: boolean;
}

const han = /\p{Script=Han}/u;

/** `auto`: Chinese when one of these texts has Han letters, else English. */
export function voiceOf(setting: Language | 'auto' | 'both', texts: readonly string[]): Voice {
  if (setting === 'en' || setting === 'zh-CN') return { first: setting, both: false };
  return { first: texts.some((text) => han.test(text)) ? 'zh-CN' : 'en', both: setting === 'both' };
}

/** A thread is answered in the language of its own text, else in that of the repository's description. */
export function voiceFor(setting: Language | 'auto' | 'both', { thread, repo }: Facts): Voice {
  return voiceOf(setting, [thread.title, thread.body, repo.description]);
}

/** The text for one thread. */
export function speak(text: Text, voice: Voice): string {
  if (text.en === '') return '';
  if (!voice.both) return text[voice.first];
  const other = languages.find((language) => language !== voice.first) ?? voice.first;
  return `${text[voice.first]}\n\n<details><summary>${words.otherLanguage[other]}</summary>\n\n${text[other]}\n\n</details>`;
}

const named = (ruling: Pick<Ruling, 'module'>) => code(ruling.module);

const section = phrase<{ module: ReturnType<typeof code>; fix: Text }>({
  en: '{module} – {fix}',
  'zh-CN': '{module}：{fix}',
});

/** The card's text, or null when nobody has anything to do. */
export function cardFor(rulings: readonly Ruling[], voice: Voice): string | null {
  const sections = rulings.flatMap((ruling) =>
    ruling.fix ? [section({ module: named(ruling), fix: ruling.fix })] : [],
  );
  return sections.length === 0 ? null : speak(joined(sections, '\n\n'), voice);
}

/** The row of the pool says what a merge waits for; it is no verdict on the pull request. */
const judges = ({ module }: Ruling) => module !== mergeId;

export function conclusionOf(rows: readonly Ruling[]): Conclusion {
  const at = (mode: string) => rows.filter((row) => row.mode === mode && judges(row));
  if (at('enforce').some((row) => row.verdict === 'fail')) return 'failure';
  if (at('enforce').some((row) => row.verdict === 'wait')) return 'action_required';
  if (at('warn').some((row) => row.verdict === 'fail' || row.verdict === 'wait')) return 'neutral';
  return 'success';
}

const isOpen = (row: Ruling) => row.verdict === 'fail' || row.verdict === 'wait';

/** The verdict in one sentence, as Markdown. */
export function headline(all: readonly Ruling[]): Text {
  const rows = all.filter(judges);
  const left = rows.filter(isOpen);
  const [first] = left;
  if (!first) return rows.length > 0 ? words.allPass() : words.nothingApplies();
  if (left.length === 1) return words.oneLeft({ module: ours(first.module), because: first.because });
  return words.severalLeft({ count: left.length, modules: listed(left.map((row) => ours(row.module))) });
}

/** A check's title is plain text in one line. */
const flat = (markdown: string) => markdown.replaceAll('`', '').replace(/\s+/g, ' ').trim().slice(0, 250);

/** A bar or a line break would end the cell, also within a code span. */
const inCell = (markdown: string) => markdown.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');

function rowText(row: Ruling): Text {
  const line = (language: Language) => {
    const who = words.people[row.who ?? 'nobody'][language];
    return `| ${named(row).markdown} | ${row.verdict} | ${inCell(row.because[language])} | ${who} |`;
  };
  return { en: line('en'), 'zh-CN': line('zh-CN') };
}

export interface CheckText {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
}

const warned = ({ file, line, column, message }: Problem) =>
  words.warning({ place: code(`${file}:${line}:${column}`), message });

/** The rows of one of the pull requests that share a check. */
export interface Rows {
  readonly number: number;
  readonly rows: readonly Ruling[];
}

function table({ number, rows }: Rows, many: boolean): Text[] {
  const head = many ? [same(ours(`### #${number}\n`))] : [];
  return [...head, ...(rows.length > 0 ? [words.tableHead(), ...rows.map(rowText)] : [words.nothingApplies()])];
}

const item = phrase<{ row: ReturnType<typeof code>; what: Text }>({
  en: '- {row}: {what}',
  'zh-CN': '- {row}：{what}',
});

/** What a check says of its rows, and what the rules files have that is ignored. */
export function checkTextFor(all: readonly Rows[], warnings: readonly Problem[], voice: Voice): CheckText {
  const rows = all.flatMap((one) => one.rows);
  const left = rows.filter(isOpen);
  const items = left.map((row) => item({ row: named(row), what: row.fix ?? row.because }));
  return {
    title: flat(headline(rows)[voice.first]),
    summary: speak(
      joined(
        all.map((one) => joined(table(one, all.length > 1))),
        '\n\n',
      ),
      voice,
    ),
    text: speak(joined([...(left.length > 0 ? [words.waitsFor(), ...items] : []), ...warnings.map(warned)]), voice),
  };
}

/** A row for a contradiction between modules. */
export function conflictRow({ id, modules }: Conflict): Ruling {
  const because = words.modulesDisagree({ what: code(id), modules: listed(modules.map((name) => same(code(name)))) });
  return { ...ownRow, module: 'conflict', because, who: 'maintainer' };
}

/** What a row of the engine's own has in common. */
export const ownRow = {
  mode: 'enforce',
  row: true,
  verdict: 'wait',
  fix: null,
  wants: [],
  broke: null,
} as const satisfies Partial<Ruling>;
