import { phrase } from '../../text.ts';
import type { Quoted, Text } from '../../text.ts';

export const untouched = phrase({ en: 'it changes no owners file', 'zh-CN': '没有改动负责人文件' })();
export const closed = phrase({ en: 'it is not open any more', 'zh-CN': '已经关闭' })();
export const fine = phrase({ en: 'the owners files are in order', 'zh-CN': '负责人文件没有问题' })();
export const unsure = phrase({
  en: 'GitHub did not tell everything that is changed in owners files, or whom they name',
  'zh-CN': 'GitHub 没有给出负责人文件的全部改动，或其中的人',
})();
export const wrong = phrase<{ count: number; first: Text }>({
  en: '{first}{count, plural, =1 {} one {} other { (and {count} faults in all)}}',
  'zh-CN': '{first}{count, plural, =1 {} other {（共 {count} 处问题）}}',
});
export const item = phrase<{ text: Text }>({ en: '- {text}', 'zh-CN': '- {text}' });
export const more = phrase<{ count: number }>({ en: '- and {count} more', 'zh-CN': '- 另有 {count} 处' });

export const fault = phrase<{ place: Quoted; message: Text }>({
  en: '{place}: {message}',
  'zh-CN': '{place}：{message}',
});
export const denied = phrase<{ file: Quoted; label: Quoted }>({
  en: '{file}: the label {label} is given by rules, not by owners files',
  'zh-CN': '{file}：标签 {label} 由规则决定，不能写在负责人文件里',
});
export const nobody = phrase<{ file: Quoted }>({
  en: '{file} names no approver, and there is nobody above it',
  'zh-CN': '{file} 没有写批准人，上面也没有别的负责人文件',
});
export const stranger = phrase<{ file: Quoted; name: Quoted }>({
  en: '{file}: {name} neither has access here nor belongs to the organisation',
  'zh-CN': '{file}：{name} 在这里没有权限，也不是组织成员',
});
export const noTeam = phrase<{ file: Quoted; name: Quoted }>({
  en: '{file}: there is no team {name} in this organisation',
  'zh-CN': '{file}：这个组织里没有团队 {name}',
});
