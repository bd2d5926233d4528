import type { VNode } from 'preact';
import { conclusionOf, conflictRow, headline } from '../engine/present.ts';
import type { Report, Ruling } from '../engine/report.ts';
import { nothingApplies, people } from '../engine/words.ts';
import type { Language } from '../text.ts';
import { html } from './page.ts';
import { inline } from './prose.ts';
import { sayIn } from './view.ts';

type Verdict = Ruling['verdict'];

const marks: Readonly<Record<Verdict, string>> = { pass: '✓', fail: '✗', wait: '…', skip: '–' };
const chinese: Readonly<Record<Verdict, string>> = { pass: '通过', fail: '未通过', wait: '等待', skip: '不适用' };

/** A verdict in a sign and a word. */
export function verdictName(verdict: Verdict, language: Language): string {
  return `${marks[verdict]} ${language === 'zh-CN' ? chinese[verdict] : verdict}`;
}

/** Everything that was ruled, contradictions between rules among it. */
export const rowsOf = ({ rulings, conflicts }: Report): readonly Ruling[] => [
  ...rulings,
  ...conflicts.map(conflictRow),
];

const isOpen = ({ verdict }: Ruling) => verdict === 'fail' || verdict === 'wait';

/** What the rules said at one look, in a line: those that need something, or how many pass. */
export function verdicts(report: Report, language: Language): (VNode | string)[] {
  const rows = rowsOf(report);
  const open = rows.filter(isOpen);
  if (open.length > 0)
    return open.map(
      ({ module, verdict }) =>
        html`<span class=${verdict}
          >${module}${language === 'zh-CN' ? '：' : ': '}${verdictName(verdict, language)}</span
        > `,
    );
  const passed = rows.filter(({ verdict }) => verdict === 'pass').length;
  if (passed === 0)
    return [html`<span class="quiet">${language === 'zh-CN' ? '没有适用的规则' : 'no rule applies'}</span>`];
  const text =
    language === 'zh-CN' ? `✓ ${passed} 条规则通过` : `✓ ${passed} ${passed === 1 ? 'rule passes' : 'rules pass'}`;
  return [html`<span class="pass">${text}</span>`];
}

const verdictOf = { success: 'pass', neutral: 'pass', failure: 'fail', action_required: 'wait' } as const;

/** The verdict in one sentence: the very one that the check on GitHub has for a title. */
export function verdictLine(report: Report, language: Language): VNode {
  const rows = rowsOf(report).filter(({ row }) => row);
  // Rules about issues and tags have no check, and so no row of their own there.
  const shown = rows.length > 0 ? rows : rowsOf(report);
  const applies = shown.some((row) => row.verdict !== 'skip');
  const verdict = applies ? verdictOf[report.conclusion ?? conclusionOf(shown)] : 'skip';
  const [only, ...others] = shown;
  const sentence = applies ? headline(shown) : only && others.length === 0 ? only.because : nothingApplies();
  return html`<p class="verdict">
    <strong class=${verdict}>${verdictName(verdict, language)}</strong> ${inline(sentence[language])}
  </p>`;
}

const order = ['author', 'reviewer', 'maintainer', 'bot'] as const;

/** Who has to act, each with what they can do; nothing where nobody has to. */
export function toDo(report: Report, language: Language): VNode | null {
  const say = sayIn({ language });
  const open = rowsOf(report).filter(isOpen);
  const groups = order.flatMap((who) => {
    const theirs = open.filter((row) => row.who === who);
    return theirs.length > 0 ? [{ who, theirs }] : [];
  });
  if (groups.length === 0) return null;
  const item = ({ module, fix, because }: Ruling) =>
    html`<li>
      <code>${module}</code>${say(': ', '：')}<span class="prose">${inline((fix ?? because)[language])}</span>
    </li>`;
  return html`<section>
    <h3>${say('Who can act', '谁来处理')}</h3>
    <dl class="people">
      ${groups.map(
        ({ who, theirs }) =>
          html`<dt>${people[who][language]}</dt>
            <dd>
              <ul>
                ${theirs.map(item)}
              </ul>
            </dd>`,
      )}
    </dl>
  </section>`;
}
