import type { VNode } from 'preact';
import type { Mode, Report, Ruling } from '../engine/report.ts';
import { people } from '../engine/words.ts';
import type { Language } from '../text.ts';
import { anchorOf, factsIn } from './facts.ts';
import type { FactSources } from './facts.ts';
import { html } from './page.ts';
import { inline } from './prose.ts';
import { tableHead } from './table.ts';
import { rowsOf, verdictName } from './verdict.ts';
import { sayIn } from './view.ts';
import type { Say } from './view.ts';

type Needs = FactSources['needs'];

const modes: Readonly<Record<Mode, string>> = { off: '关闭', preview: '预览', warn: '警告', enforce: '强制' };

function looked(ruling: Ruling, report: Report, needs: Needs, say: Say): VNode | null {
  const known = factsIn(report).map(([name]) => name);
  const names = [...new Set(needs(ruling.module))].filter((name) => known.includes(name));
  if (names.length === 0) return null;
  const last = names.length - 1;
  const links = names.map((name, at) => {
    const link = html`<a href=${`#${anchorOf(report, name)}`}>${name}</a>`;
    return html`<span class="whole">${link}${at < last ? ',' : ''}</span>${' '}`;
  });
  return html`<p class="quiet">${say('Looked at: ', '依据：')}${links}</p>`;
}

function row(ruling: Ruling, report: Report, needs: Needs, language: Language): VNode {
  const say = sayIn({ language });
  const { module, mode, verdict, because, fix, who, broke } = ruling;
  return html`<tr>
    <th scope="row" class="rule">
      <code>${module}</code> <span class="quiet">${language === 'zh-CN' ? modes[mode] : mode}</span>
    </th>
    <td class=${verdict}>${verdictName(verdict, language)}</td>
    <td class="prose">
      <p>${inline(because[language])}</p>
      ${fix && html`<p>${say('To do: ', '怎么改：')}${inline(fix[language])}</p>`}
      ${who && html`<p>${say('Who can act: ', '谁来处理：')}<strong>${people[who][language]}</strong></p>`}
      ${
        broke !== null &&
        html`<details>
          <summary>${say('What broke', '出错内容')}</summary>
          <pre lang="en" tabindex="0">${broke}</pre>
        </details>`
      }
      ${looked(ruling, report, needs, say)}
    </td>
  </tr>`;
}

/** Every ruling of one look: the rule, what it said, why, who can act, and what it looked at. */
export function rulingsTable(report: Report, needs: Needs, language: Language): VNode {
  const say = sayIn({ language });
  const rows = rowsOf(report);
  if (rows.length === 0) return html`<p class="quiet">${say('No rule applies here.', '没有适用的规则。')}</p>`;
  return html`<table class="rulings">
    <caption>
      ${say('What each rule said', '每条规则的结论')}
    </caption>
    ${tableHead([say('rule, mode', '规则、模式'), say('verdict', '结论'), say('why', '原因')])}
    <tbody>
      ${rows.map((ruling) => row(ruling, report, needs, language))}
    </tbody>
  </table>`;
}
