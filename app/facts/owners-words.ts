import { phrase } from '../text.ts';
import type { Quoted } from '../text.ts';

export const notText = phrase({ en: 'this is no ordinary text file', 'zh-CN': '这不是普通的文本文件' });
export const tooLarge = phrase({ en: 'this file is too large to be read', 'zh-CN': '文件太大，无法读取' });
export const notYaml = phrase<{ reason: Quoted }>({
  en: 'this cannot be read as YAML: {reason}',
  'zh-CN': '无法按 YAML 读取：{reason}',
});
export const notAMap = phrase({ en: 'here keys with values are expected', 'zh-CN': '这里应是“键: 值”' });
export const notAList = phrase({ en: 'here a list of names is expected', 'zh-CN': '这里应是名称列表' });
export const notABoolean = phrase<{ key: Quoted }>({
  en: '{key} is `true` or `false`',
  'zh-CN': '{key} 只能是 `true` 或 `false`',
});
export const notAName = phrase<{ name: Quoted }>({
  en: '{name} cannot be a login, an alias or a team',
  'zh-CN': '{name} 不可能是用户名、别名或团队',
});
export const unknownKey = phrase<{ key: Quoted }>({ en: 'there is no option {key}', 'zh-CN': '没有 {key} 这个选项' });
export const badPattern = phrase<{ pattern: Quoted; reason: Quoted }>({
  en: 'the pattern {pattern} cannot be used: {reason}',
  'zh-CN': '正则 {pattern} 不能用：{reason}',
});
export const bothForms = phrase({
  en: 'besides `filters` nobody can be named directly: write the pattern `.*` for everything',
  'zh-CN': '有 `filters` 时不能再直接写名单：请用 `.*` 表示全部文件',
});
export const negated = phrase({
  en: 'GitHub knows no `!` in CODEOWNERS',
  'zh-CN': 'GitHub 的 CODEOWNERS 不支持 `!`',
});
export const bracketed = phrase({
  en: 'GitHub knows no `[ ]` in CODEOWNERS',
  'zh-CN': 'GitHub 的 CODEOWNERS 不支持 `[ ]`',
});
export const escaped = phrase({
  en: 'a pattern of CODEOWNERS cannot start with `#`, not even behind `\\`',
  'zh-CN': 'CODEOWNERS 的匹配式不能以 `#` 开头，加 `\\` 也不行',
});
export const mail = phrase<{ address: Quoted }>({
  en: 'I cannot tell whose address {address} is; write a login or a team',
  'zh-CN': '无法得知邮箱 {address} 属于谁，请写用户名或团队',
});
export const notAnOwner = phrase<{ name: Quoted }>({
  en: '{name} is neither `@login` nor `@org/team`',
  'zh-CN': '{name} 既不是 `@用户名` 也不是 `@组织/团队`',
});
