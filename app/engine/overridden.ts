import { nameOfRule, overrideId, overridesOn } from '../commands/overrides.ts';
import type { Facts } from '../facts/fact.ts';
import { code, mention } from '../quote.ts';
import { phrase } from '../text.ts';
import type { Quoted, Text } from '../text.ts';
import type { Ruling } from './report.ts';

const overridden = phrase<{ who: Quoted; reason: Quoted; because: Text }>({
  en: 'overridden by {who} because {reason}; it said: {because}',
  'zh-CN': '已由 {who} 放行，理由：{reason}；原结论：{because}',
});

/** A rule that failed, or that broke on our side; what only waits for somebody's word is not for others to give. */
export const mayBeOverridden = ({ mode, row, verdict, broke }: Ruling): boolean =>
  mode === 'enforce' && row && (verdict === 'fail' || broke !== null);

/** What the modules said, as far as nobody overrode it. */
export function underOverrides(rulings: readonly Ruling[], facts: Facts): Ruling[] {
  const own = rulings.find(({ module }) => module === overrideId);
  const { standing } = overridesOn(facts);
  if (own?.mode !== 'enforce' || own.verdict !== 'pass') return [...rulings];
  return rulings.map((ruling) => {
    const found = standing.find(({ name }) => name === nameOfRule(ruling.module));
    if (!found || !mayBeOverridden(ruling)) return ruling;
    const said = { who: mention(found.by.login), reason: code(found.reason), because: ruling.because };
    return { ...ruling, verdict: 'pass', because: overridden(said), fix: null, who: null };
  });
}
