import { distance } from 'fastest-levenshtein';
import { isSeen, oneLine } from './visible.ts';
import { faultOf, guessTitle } from './title-grammar.ts';
import type { Title, TitleRule } from './title-grammar.ts';

/** Words that tell what a change is: one line for each kind, what projects call the type among them. */
const kinds = [
  'fix bugfix hotfix fixes fixed fixing bug bugs repair repairs resolve resolves crash crashes error 修复 修正 修改 解决 缺陷',
  'feat feature features add adds added adding support supports implement introduce allow enable new 新增 增加 添加 支持 实现 功能',
  'docs doc documentation document readme changelog typo guide 文档 说明 注释',
  'refactor refactoring restructure rewrite simplify rename move extract clean cleanup 重构 重写 整理',
  'perf performance optimize optimise optimization faster speed 性能 优化 加速 提速',
  'test tests testing coverage 测试 单测 用例',
  'build deps dependency dependencies bump upgrade downgrade 构建 依赖 升级',
  'ci workflow workflows pipeline 流水线',
  'style styles format formatting lint prettier whitespace 样式 格式',
  'revert reverts rollback undo 回滚 撤销 还原',
  'release publish 发布 发版',
  'chore misc update updates remove removes delete 更新 删除 移除',
].map((line) => line.split(' '));

const fixVerb = /^(?:fix(?:e[sd]|ing)?(?![\w-])|修复|修正)[\s:：]*/iu;
const longestRead = 1000;

interface Hint {
  readonly type: string;
  readonly at: number;
}

function typeFor(word: string, types: readonly string[]): string | undefined {
  const kind = kinds.find((words) => words.includes(word));
  return types.find((type) => kind?.includes(type.toLowerCase()));
}

/** The type the earliest telling word speaks of. */
function hintIn(subject: string, types: readonly string[]): Hint | null {
  const hints: Hint[] = [];
  for (const run of subject.toLowerCase().matchAll(/[a-z]+|\p{Script=Han}+/gu)) {
    const words = /^[a-z]/.test(run[0]) ? [run[0]] : kinds.flat().filter((word) => run[0].includes(word));
    for (const word of words) {
      const type = typeFor(word, types);
      if (type !== undefined) hints.push({ type, at: run.index + run[0].indexOf(word) });
    }
    if (hints.length > 0) break;
  }
  return hints.sort((a, b) => a.at - b.at)[0] ?? null;
}

/** How many slips apart; letters in the wrong order are one. */
function slips(a: string, b: string): number {
  const letters = (word: string) => Array.from(word).sort().join('');
  return a !== b && letters(a) === letters(b) ? 1 : distance(a, b);
}

function nearest(name: string, list: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  const same = list.find((one) => one.toLowerCase() === lower);
  // Words of two letters are near to everything, and long ones are no slips.
  if (same !== undefined || name.length < 3 || name.length > 30) return same;
  const near = list
    .map((one) => ({ one, far: slips(lower, one.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)
    .at(0);
  return near && near.one.length > 2 && near.far <= (name.length > 4 ? 2 : 1) ? near.one : undefined;
}

function known(name: string, rule: TitleRule): string | undefined {
  if (rule.types.length === 0) return name;
  return typeFor(name.toLowerCase(), rule.types) ?? nearest(name, rule.types);
}

/** The title with a type in front that its words speak of, else the first one. */
function withType(title: string, rule: TitleRule): Title | null {
  const types = rule.types.length > 0 ? rule.types : ['feat', 'fix', 'docs'];
  const hint = hintIn(title, types);
  const type = hint?.type ?? types[0];
  if (type === undefined) return null;
  // `Add dark mode` starts with a verb; `GitHub` or `Login` may be names and stay as they are.
  const isVerb = hint?.at === 0 && /^[A-Z][a-z]+\b/.test(title);
  const plain = isVerb ? title.charAt(0).toLowerCase() + title.slice(1) : title;
  return { type, scopes: [], breaking: false, subject: hint?.at === 0 ? plain.replace(fixVerb, '') : plain };
}

function scopesFor({ scopes, subject }: Title, rule: TitleRule): readonly string[] {
  const kept = rule.scopes.length === 0 ? scopes : scopes.flatMap((scope) => nearest(scope, rule.scopes) ?? []);
  if (kept.length > 0 || !rule.requireScope) return [...new Set(kept)];
  const words: readonly string[] = subject.toLowerCase().match(/[\p{L}\p{N}_-]+/gu) ?? [];
  return [rule.scopes.find((scope) => words.includes(scope.toLowerCase())) ?? rule.scopes[0] ?? 'scope'];
}

/** A title that keeps the rule and says what this one says; null when there is none to be had from its words. */
export function suggest(title: string, rule: TitleRule): string | null {
  const line = oneLine(title.slice(0, longestRead).toWellFormed());
  const guess = guessTitle(line);
  const type = guess && known(guess.type, rule);
  const seen = guess && type !== undefined ? { ...guess, type: type ?? guess.type } : withType(line, rule);
  if (!seen || !isSeen(seen.subject)) return null;
  const scopes = scopesFor(seen, rule);
  const prefix = `${seen.type}${scopes.length > 0 ? `(${scopes.join(',')})` : ''}${seen.breaking ? '!' : ''}`;
  const better = `${prefix}: ${seen.subject.trim()}`;
  return faultOf(better, rule) === null ? better : null;
}
