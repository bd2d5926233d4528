import type { Commit } from '../../facts/fact.ts';
import { code, ours } from '../../quote.ts';
import { joined, listed, phrase, same } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';
import { suggest } from '../title-suggestion.ts';
import { isSeen } from '../visible.ts';
import type { CommitRule, Flaw } from './flaws.ts';

/** A commit and what is wrong with it. */
export interface Bad {
  readonly commit: Commit;
  readonly flaws: readonly Flaw[];
}

const mostCommits = 10;
const mostTypes = 20;
const form = ours('`type(scope)!: subject`');

export const noCommits = phrase({ en: 'there are no commits to check', 'zh-CN': '没有需要检查的提交' })();
export const allGood = phrase<{ count: number }>({
  en: '{count, plural, one {the commit message is} other {all # commit messages are}} fine',
  'zh-CN': '{count} 个提交的说明都符合要求',
});
export const titleGood = phrase({
  en: 'the commits are squashed, and the title is fine',
  'zh-CN': '合并时会压缩提交，标题符合要求',
})();
export const someBad = phrase<{ bad: number; total: number }>({
  en: '{bad} of {total} commits {bad, plural, one {needs} other {need}} a change',
  'zh-CN': '{total} 个提交里有 {bad} 个需要修改',
});
export const titleBad = phrase<{ what: Text }>({
  en: 'the commits are squashed, so the title counts: {what}',
  'zh-CN': '合并时会压缩提交，以标题为准：{what}',
});
export const unverified = phrase<{ seen: number; total: number }>({
  en: 'cannot verify the commits: GitHub lists {seen} of {total}',
  'zh-CN': '无法核对全部提交：GitHub 只列出 {total} 个中的 {seen} 个',
});
export const tooMany = phrase<{ most: number; total: number; squash: Quoted; rebase: Quoted }>({
  en: 'GitHub lists only {most} of the {total} commits, so I cannot check them all. Put some together with {rebase}, or a maintainer sets {squash} in the rules.',
  'zh-CN':
    'GitHub 只列出 {total} 个提交中的 {most} 个，无法全部检查。请用 {rebase} 合并一些提交，或请维护者在规则里设置 {squash}。',
});

const fixed = {
  empty: phrase({ en: 'the message is empty', 'zh-CN': '没有写说明' })(),
  merge: phrase({ en: 'merge commits are not used here', 'zh-CN': '这里不用合并提交' })(),
  'sign-off': phrase<{ line: Quoted }>({
    en: 'needs a line {line}',
    'zh-CN': '还差一行 {line}',
  })({ line: ours('`Signed-off-by: Name <mail>`') }),
  'no-type': phrase({ en: 'needs a type', 'zh-CN': '还差一个类型前缀' })(),
  'no-scope': phrase({ en: 'needs a scope', 'zh-CN': '还差一个范围' })(),
  shape: phrase<{ form: Quoted }>({
    en: 'the start is not quite {form}',
    'zh-CN': '开头的写法还差一点，应为 {form}',
  })({ form }),
} as const;

const named = {
  fixup: phrase<{ name: Quoted }>({ en: '{name} is still to be folded in', 'zh-CN': '{name} 提交还没有合并进去' }),
  closing: phrase<{ name: Quoted }>({
    en: '{name} closes an issue, which belongs in the description of the pull request',
    'zh-CN': '{name} 会关闭 issue，应写在合并请求的正文里',
  }),
  type: phrase<{ name: Quoted }>({ en: '{name} is not one of the types', 'zh-CN': '{name} 不是可用的类型' }),
  scope: phrase<{ name: Quoted }>({ en: '{name} is not one of the scopes', 'zh-CN': '{name} 不是可用的范围' }),
  'no-subject': phrase<{ name: Quoted }>({
    en: 'needs a few words after {name}',
    'zh-CN': '{name} 之后还差一句说明',
  }),
} as const;

const tooLong = phrase<{ count: number; max: number }>({
  en: 'the subject has {count} characters, {max} at most',
  'zh-CN': '首行有 {count} 个字符，最多 {max} 个',
});

function flawText(flaw: Flaw, rule: CommitRule): Text {
  if (flaw.kind === 'length') return tooLong({ count: flaw.count, max: rule.subject.maxLength });
  if (!('name' in flaw)) return fixed[flaw.kind];
  return named[flaw.kind]({ name: code(flaw.kind === 'no-subject' ? `${flaw.name}:` : flaw.name, 60) });
}

/** What is wrong, within a sentence. */
export const what = (flaws: readonly Flaw[], rule: CommitRule): Text =>
  listed(flaws.map((flaw) => flawText(flaw, rule)));

const inFormat = new Set<Flaw['kind']>(['no-type', 'shape', 'type', 'no-subject', 'length']);

function better(headline: string, flaws: readonly Flaw[], rule: CommitRule): string | null {
  return flaws.some(({ kind }) => inFormat.has(kind)) ? suggest(headline, rule.subject) : null;
}

const withTry = phrase<{ what: Text; better: Quoted }>({
  en: '{what}; try {better}',
  'zh-CN': '{what}，可以改成 {better}',
});
const line = phrase<{ sha: Quoted; subject: Text; what: Text }>({
  en: '- {sha} {subject}: {what}',
  'zh-CN': '- {sha} {subject}：{what}',
});
const noMessage = phrase({ en: '(no message)', 'zh-CN': '（没有说明）' })();

function commitLine({ commit, flaws }: Bad, rule: CommitRule): Text {
  const { sha, headline } = commit;
  const subject = isSeen(headline) ? same(code(headline, 80)) : noMessage;
  const wrong = what(flaws, rule);
  const tip = better(headline, flaws, rule);
  const said = tip === null ? wrong : withTry({ what: wrong, better: code(tip, 120) });
  return line({ sha: code(sha.slice(0, 7)), subject, what: said });
}

const head = phrase<{ count: number }>({
  en: '{count, plural, one {One commit needs} other {# commits need}} a change:',
  'zh-CN': '有 {count} 个提交需要修改：',
});
const more = phrase<{ count: number }>({ en: '- and {count} more', 'zh-CN': '- 另有 {count} 个' });

/** What to type, by what is wrong. */
const ways = [
  [['fixup'], 'git rebase -i --autosquash'],
  [['merge'], 'git rebase'],
  [['sign-off'], 'git rebase --signoff'],
  [['empty', 'closing', ...inFormat], 'git rebase -i'],
] as const satisfies readonly (readonly [readonly Flaw['kind'][], string])[];

const how = phrase<{ ways: Text; push: Quoted }>({
  en: 'Change them with {ways}, push with {push}, and I recheck.',
  'zh-CN': '可以用 {ways} 修改，再用 {push} 推送，会自动复查。',
});
const types = phrase<{ names: Text }>({ en: 'Types: {names}.', 'zh-CN': '可用的类型：{names}。' });

function typesLine(flaws: readonly Flaw[], { subject }: CommitRule): Text[] {
  const asked = flaws.some(({ kind }) => kind === 'no-type' || kind === 'type');
  if (!asked || subject.types.length === 0) return [];
  const rest = subject.types.length > mostTypes ? [ours('…')] : [];
  return [types({ names: listed([...subject.types.slice(0, mostTypes).map((name) => code(name, 50)), ...rest]) })];
}

/** The section of the card: the commits, what is wrong with each and what to type. */
export function fix(bad: readonly Bad[], rule: CommitRule): Text {
  const flaws = bad.flatMap((one) => one.flaws);
  const rest = bad.length - mostCommits;
  const used = ways.filter(([kinds]) => kinds.some((kind) => flaws.some((flaw) => flaw.kind === kind)));
  return joined([
    head({ count: bad.length }),
    ...bad.slice(0, mostCommits).map((one) => commitLine(one, rule)),
    ...(rest > 0 ? [more({ count: rest })] : []),
    joined([same(ours('')), how({ ways: listed(used.map(([, way]) => code(way))), push: code('--force-with-lease') })]),
    ...typesLine(flaws, rule),
  ]);
}

const titlePlain = phrase<{ what: Text }>({
  en: 'The title becomes the commit here: {what}. Edit the title and I recheck.',
  'zh-CN': '这里合并后只留标题作为提交说明：{what}。改好标题会自动复查。',
});
const titleTry = phrase<{ what: Text; better: Quoted }>({
  en: 'The title becomes the commit here: {what}. Try {better}. I recheck on edit.',
  'zh-CN': '这里合并后只留标题作为提交说明：{what}。可以改成：{better}。改完会自动复查。',
});

/** The section where only the title counts. */
export function titleFix(title: string, flaws: readonly Flaw[], rule: CommitRule): Text {
  const wrong = what(flaws, rule);
  const tip = better(title, flaws, rule);
  const said = tip === null ? titlePlain({ what: wrong }) : titleTry({ what: wrong, better: code(tip, 300) });
  return joined([said, ...typesLine(flaws, rule)]);
}
