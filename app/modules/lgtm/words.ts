import { phrase } from '../../text.ts';
import type { Text } from '../../text.ts';

export const given = phrase<{ people: Text }>({ en: 'looks good to {people}', 'zh-CN': '{people} 已确认' });
export const missing = phrase<{ count: number; missing: number }>({
  en: '{missing} of {count} people still have to say `/lgtm`',
  'zh-CN': '还需要 {missing} 人（共 {count} 人）回复 `/lgtm`',
});
export const fallen = phrase<{ people: Text; missing: number }>({
  en: '{people} looked at an earlier state; {missing, plural, one {one person} other {# people}} still {missing, plural, one {has} other {have}} to say `/lgtm`',
  'zh-CN': '{people} 确认的是之前的版本，还需要 {missing} 人回复 `/lgtm`',
});
export const ownPull = phrase({
  en: 'nobody can say `/lgtm` to their own pull request',
  'zh-CN': '不能对自己的合并请求回复 `/lgtm`',
})();
export const ownCommits = phrase({
  en: 'you wrote a part of it, so somebody else has to say `/lgtm`',
  'zh-CN': '其中有你写的提交，需要别人来回复 `/lgtm`',
})();
