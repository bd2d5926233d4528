import type { Quoted, Text } from '../text.ts';
import { phrase } from '../text.ts';

/** What is wrong with a line `extends`. */

export const extendsCircle = phrase<{ way: Text }>({
  en: '`extends` goes in a circle: {way}. Take it out in one of these files.',
  'zh-CN': '`extends` 绕成了一圈：{way}。请去掉其中一处。',
});

export const extendsDeep = phrase<{ target: Quoted; limit: number }>({
  en: '{target} is one step too many: `extends` may lead over {limit, number} repositories. Name one further up.',
  'zh-CN': '到 {target} 就太远了：`extends` 最多连续 {limit, number} 个仓库。请直接写更上层的仓库。',
});

export const extendsForeign = phrase<{ target: Quoted; owner: Quoted }>({
  en: '{target} belongs to another owner. `extends` can name repositories of {owner} only.',
  'zh-CN': '{target} 属于别的所有者，`extends` 只能写 {owner} 的仓库。',
});

export const extendsNowhere = phrase<{ target: Quoted }>({
  en: 'I cannot read {target}: there is no such repository, or this App is not installed on it. Check the name, or give the App access.',
  'zh-CN': '读不到 {target}：没有这个仓库，或没有在上面安装这个 App。请检查名称，或给 App 访问权限。',
});

export const extendsEmpty = phrase<{ target: Quoted; file: Quoted }>({
  en: '{target} has no {file} on its default branch. Add it there, or take this line out.',
  'zh-CN': '{target} 的默认分支上没有 {file}。请在那里添加，或去掉这一行。',
});
