import type { VNode } from 'preact';
import type { Report, Ruling } from '../engine/report.ts';
import type { Language } from '../text.ts';
import { html } from './page.ts';

type Verdict = Ruling['verdict'];

const marks: Readonly<Record<Verdict, string>> = { pass: '✓', fail: '✗', wait: '…', skip: '–' };
const chinese: Readonly<Record<Verdict, string>> = { pass: '通过', fail: '未通过', wait: '等待', skip: '不适用' };

/** A verdict in a sign and a word. */
export function verdictName(verdict: Verdict, language: Language): string {
  return `${marks[verdict]} ${language === 'zh-CN' ? chinese[verdict] : verdict}`;
}

/** What the rules said at one look, in a line: those that need something, or how many pass. */
export function verdicts({ rulings }: Report, language: Language): (VNode | string)[] {
  const open = rulings.filter(({ verdict }) => verdict === 'fail' || verdict === 'wait');
  if (open.length > 0)
    return open.map(({ module, verdict }) => html`<span class=${verdict}>${marks[verdict]} ${module} </span>`);
  const passed = rulings.filter(({ verdict }) => verdict === 'pass').length;
  if (passed === 0)
    return [html`<span class="quiet">${language === 'zh-CN' ? '没有适用的规则' : 'no rule applies'}</span>`];
  const text =
    language === 'zh-CN' ? `✓ ${passed} 条规则通过` : `✓ ${passed} ${passed === 1 ? 'rule passes' : 'rules pass'}`;
  return [html`<span class="pass">${text}</span>`];
}
