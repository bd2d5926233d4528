import { phrase } from '../../text.ts';
import type { Text } from '../../text.ts';

export const asked = phrase<{ people: Text }>({ en: 'asks {people} for a review', 'zh-CN': '请 {people} 评审' });
export const nothingToDo = phrase({ en: 'nobody is to be asked', 'zh-CN': '不需要请人评审' })();
export const nobodyLeft = phrase({
  en: 'the owners of the touched files name nobody whom I could ask besides those who are asked already',
  'zh-CN': '除了已经请过的人，所涉文件的负责人里没有其他人可以请',
})();
