import { done, refused } from '../commands/answers.ts';
import type { Commands } from '../commands/command.ts';
import type { FactName } from '../facts/fact.ts';
import { code } from '../quote.ts';
import { listed } from '../text.ts';
import { allowedMethods } from './method.ts';
import * as words from './words.ts';

/** What people can ask of the pool. */
export const mergeCommands: Commands<Extract<FactName, 'head' | 'required'>> = {
  merge: {
    summary: {
      en: 'Asks for the merge of this version once nothing is missing, says how, or stops it',
      'zh-CN': '请求在条件满足后合并当前版本，可指定方式，也可取消',
    },
    on: 'pull',
    args: [
      { name: 'how', type: 'choice', of: ['squash', 'merge', 'rebase', 'cancel'], optional: true },
      { name: 'sha', type: 'sha', optional: true },
    ],
    who: ['write'],
    examples: ['/merge', '/merge squash', '/merge cancel'],
    binds: ({ how }) => how !== 'cancel',
    holdsBack: ({ how }) => how === 'cancel',
    keeps: true,
    run(facts, { args }) {
      const allowed = allowedMethods(facts);
      const how = String(args['how'] ?? '');
      if (how === '' || how === 'cancel' || allowed.some((one) => one === how)) return done();
      const names = listed(allowed.map((one) => code(one)));
      return refused(words.badMethod({ method: code(how), allowed: names }));
    },
  },
};
