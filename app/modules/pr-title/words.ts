import { code, ours } from '../../quote.ts';
import { joined, listed, phrase } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';
import type { Fault, TitleRule } from '../title-grammar.ts';

export type Bad = Fault | { readonly kind: 'pattern'; readonly pattern: string };

const form = ours('`type(scope)!: subject`');
const mostListed = 20;

export const followsForm = phrase<{ form: Quoted }>({
  en: 'the title follows {form}',
  'zh-CN': '标题符合 {form}',
})({ form });
export const matchesPattern = phrase<{ pattern: Quoted }>({
  en: 'the title matches {pattern}',
  'zh-CN': '标题符合 {pattern}',
});
export const fromGitHub = phrase({ en: 'GitHub wrote this title', 'zh-CN': '这是 GitHub 自己写的标题' })();
export const brokenPattern = phrase<{ pattern: Quoted }>({
  en: 'the pattern {pattern} in the rules cannot be read, a maintainer has to correct it',
  'zh-CN': '规则里的表达式 {pattern} 无法识别，需要维护者修正',
});

const noType = phrase({ en: 'the title needs a type', 'zh-CN': '标题还差一个类型前缀' })();
const shape = phrase<{ form: Quoted }>({
  en: 'the start of the title is not quite {form}',
  'zh-CN': '标题开头的写法还差一点，应为 {form}',
})({ form });
const noScope = phrase({ en: 'the title needs a scope', 'zh-CN': '标题还差一个范围' })();
const type = phrase<{ name: Quoted }>({ en: '{name} is not one of the types', 'zh-CN': '{name} 不是可用的类型' });
const scope = phrase<{ name: Quoted }>({ en: '{name} is not one of the scopes', 'zh-CN': '{name} 不是可用的范围' });
const noSubject = phrase<{ name: Quoted }>({
  en: 'the title needs a few words after {name}',
  'zh-CN': '标题在 {name} 之后还差一句说明',
});
const length = phrase<{ count: number; max: number }>({
  en: 'the title has {count} characters, {max} at most',
  'zh-CN': '标题有 {count} 个字符，最多 {max} 个',
});
const unlike = phrase<{ name: Quoted }>({ en: 'the title does not match {name}', 'zh-CN': '标题不符合 {name}' });

/** What is wrong, in one line without a full stop. */
export function what(fault: Bad, rule: TitleRule): Text {
  if (fault.kind === 'no-type') return noType;
  if (fault.kind === 'shape') return shape;
  if (fault.kind === 'no-scope') return noScope;
  if (fault.kind === 'length') return length({ count: fault.count, max: rule.maxLength });
  if (fault.kind === 'pattern') return unlike({ name: code(fault.pattern) });
  const name = code(fault.kind === 'no-subject' ? `${fault.name}:` : fault.name, 50);
  return { type, scope, 'no-subject': noSubject }[fault.kind]({ name });
}

const tryThis = phrase<{ what: Text; better: Quoted }>({
  en: '{what}. Try {better}. I recheck on edit.',
  'zh-CN': '{what}。可以改成：{better}。改完会自动复查。',
});
const plain = phrase<{ what: Text }>({
  en: '{what}. Edit the title and I recheck.',
  'zh-CN': '{what}。改好标题会自动复查。',
});
const types = phrase<{ names: Text }>({ en: 'Types: {names}.', 'zh-CN': '可用的类型：{names}。' });
const scopes = phrase<{ names: Text }>({ en: 'Scopes: {names}.', 'zh-CN': '可用的范围：{names}。' });

function names(list: readonly string[]): Text {
  const more = list.length > mostListed ? [ours('…')] : [];
  return listed([...list.slice(0, mostListed).map((name) => code(name, 50)), ...more]);
}

function capital({ en, 'zh-CN': zh }: Text): Text {
  return { en: en.charAt(0).toUpperCase() + en.slice(1), 'zh-CN': zh };
}

/** The section of the card: what is wrong, a title to copy, and what can be chosen from. */
export function fix(fault: Bad, rule: TitleRule, better: string | null): Text {
  const wrong = capital(what(fault, rule));
  const lines = [better === null ? plain({ what: wrong }) : tryThis({ what: wrong, better: code(better, 300) })];
  if ((fault.kind === 'no-type' || fault.kind === 'type') && rule.types.length > 0) {
    lines.push(types({ names: names(rule.types) }));
  }
  if ((fault.kind === 'no-scope' || fault.kind === 'scope') && rule.scopes.length > 0) {
    lines.push(scopes({ names: names(rule.scopes) }));
  }
  return joined(lines);
}
